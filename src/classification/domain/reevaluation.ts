import type { Tier } from '../../kernel/tier.js';
import { addMonths, dayOf, type Instant, startOfDay } from '../../kernel/time.js';
import type { Governance } from './pack.js';

/**
 * Why somebody has to look at a tier again. `schedule`: its time has come; `pack`: the rules behind it changed; `returned`:
 * an officer gave a proposal back, and nobody has proposed or ruled since.
 */
export const REVIEW_CAUSES = ['schedule', 'pack', 'join', 'late-update', 'complaint', 'objection', 'returned'] as const;
export type ReviewCause = (typeof REVIEW_CAUSES)[number];
/** The causes a person may name. */
export const ASKED_CAUSES = ['join', 'late-update', 'complaint'] as const;

/** `scheduled`: nobody has to do anything yet. `due`: it stands in the queue until a person has looked. */
export const REVIEW_STATES = ['scheduled', 'due'] as const;
export type ReviewState = (typeof REVIEW_STATES)[number];

/** When a tier that was looked at has to be looked at again, by its pack: the start of that day in Shanghai. */
export const nextReview = ({ reviewMonths }: Governance, tier: Tier, lookedAt: Instant): Instant =>
  startOfDay(addMonths(dayOf(lookedAt), reviewMonths[tier]));

/** How a note names the fusion assessment that put a dataset into the queue; the last line of what people wrote. */
const FUSION = /\n?fusion:(\S+)$/;

/** The note with the newest fusion assessment named in it. */
export const notedFusion = (note: string | null, fusion: string): string =>
  `${note === null ? '' : note.replace(FUSION, '')}\nfusion:${fusion}`.trimStart();

/** Characters of what people wrote that are kept; the oldest give way. */
const NOTE = 8000;

/** The note with what somebody asks for now below what was said before; a fusion assessment that was named stays so. */
export function notedToo(note: string | null, asked: string): string {
  const { text, fusion } = readNote(note);
  const said = (text === null ? asked : `${text}\n${asked}`).slice(-NOTE);
  return fusion === null ? said : notedFusion(said, fusion);
}

/** What people wrote, and the fusion assessment that was named with it. */
export function readNote(note: string | null): { readonly text: string | null; readonly fusion: string | null } {
  const [, fusion] = FUSION.exec(note ?? '') ?? [];
  if (note === null || fusion === undefined) return { text: note, fusion: null };
  const text = note.replace(FUSION, '');
  return { text: text === '' ? null : text, fusion };
}
