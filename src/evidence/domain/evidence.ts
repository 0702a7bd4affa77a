import type { Id } from '../../kernel/ids.js';
import { addDays, type Day, dayOf, endOfDay, type Instant, startOfDay } from '../../kernel/time.js';

/**
 * `filed` waits for a verifier; `verified` counts for everything of the organisation; the others no longer do: turned
 * down, over, another one took its place, taken back by the organisation, struck out because it proved to be false.
 */
export const EVIDENCE_STATES = [
  'filed',
  'verified',
  'rejected',
  'lapsed',
  'replaced',
  'withdrawn',
  'struck-out',
] as const;
export type EvidenceState = (typeof EVIDENCE_STATES)[number];

/** What the organisation says of a proof; its days are those of the paper, both inclusive. */
export interface Filing {
  /** A kind of condition that asks for evidence. */
  readonly kind: string;
  readonly issuer: string;
  /** Its number, or another reference that the issuer can be asked about. */
  readonly reference: string;
  readonly validFrom: Day | null;
  readonly validUntil: Day | null;
  /** A document of the organisation, and the hash of its bytes. */
  readonly attachment: Id | null;
  readonly sha256: string | null;
  /** The one it takes the place of, once it is verified and its own time has come. */
  readonly replaces: Id | null;
}

/** A proof that belongs to an organisation: the fold of its events. */
export interface Evidence extends Filing {
  readonly id: Id;
  readonly organisation: Id;
  readonly state: EvidenceState;
  readonly filedBy: Id;
  readonly filedAt: Instant;
  /** Who verified or rejected it. */
  readonly judged: { readonly by: Id; readonly at: Instant; readonly reason: string | null } | null;
  /** Since when it counts: verified, and its first day has come. */
  readonly countsSince: Instant | null;
  readonly ended: { readonly at: Instant; readonly reason: string | null; readonly by: Id | null } | null;
}

/** The next instant at which time itself changes it: its first day comes, its last one is over. */
export function dueAt({ state, validFrom, validUntil, countsSince }: Evidence): Instant | null {
  if (state !== 'filed' && state !== 'verified') return null;
  const over = validUntil === null ? [] : [endOfDay(validUntil)];
  const begins = state === 'verified' && countsSince === null && validFrom !== null ? [startOfDay(validFrom)] : [];
  const due = [...over, ...begins];
  return due.length === 0 ? null : Math.min(...due);
}

/** What an organisation has to show for a kind of condition today. */
export interface Standing {
  readonly evidence: Id;
  readonly kind: string;
  readonly issuer: string;
  readonly reference: string;
  /** The last day on which it, or one that follows it without a gap, holds; null where none of them ends. */
  readonly validUntil: Day | null;
}

const later = (one: Day | null, other: Day | null): boolean => other !== null && (one === null || one > other);
const covers = ({ validFrom, validUntil }: Filing, day: Day): boolean =>
  (validFrom === null || validFrom <= day) && (validUntil === null || validUntil >= day);

const longest = (among: readonly Evidence[]): Evidence | undefined =>
  among.reduce<Evidence | undefined>(
    (best, one) => (best === undefined || later(one.validUntil, best.validUntil) ? one : best),
    undefined,
  );

/** By all of the organisation's evidence for one kind: verified ones only, followed as long as each takes over in time. */
export function standingOf(all: readonly Evidence[], now: Instant): Standing | null {
  const verified = all.filter(({ state }) => state === 'verified');
  const current = longest(verified.filter((one) => covers(one, dayOf(now))));
  if (current === undefined) return null;
  let until = current.validUntil;
  for (let next: Evidence | undefined = current; next !== undefined && until !== null; ) {
    const [last, after]: [Day, Day] = [until, addDays(until, 1)];
    next = longest(verified.filter((one) => covers(one, after)));
    until = next === undefined ? last : next.validUntil;
  }
  const { id, kind, issuer, reference } = current;
  return { evidence: id, kind, issuer, reference, validUntil: until };
}

/** Days before its last one from which an organisation is told to renew. */
export const RENEW_BEFORE = 30;

/** Whether what stands for the kind ends within that time, with nothing verified to follow it. */
export const isNearEnd = ({ validUntil }: Pick<Standing, 'validUntil'>, now: Instant): boolean =>
  validUntil !== null && validUntil <= addDays(dayOf(now), RENEW_BEFORE);
