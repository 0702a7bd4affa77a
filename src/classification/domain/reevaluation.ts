import type { Tier } from '../../kernel/tier.js';
import { addMonths, dayOf, type Instant, startOfDay } from '../../kernel/time.js';
import type { Governance } from './pack.js';

/** Why somebody has to look at a tier again. `schedule`: its time has come; `pack`: the rules behind it changed. */
export const REVIEW_CAUSES = ['schedule', 'pack', 'join', 'late-update', 'complaint'] as const;
export type ReviewCause = (typeof REVIEW_CAUSES)[number];
/** The causes a person may name. */
export const ASKED_CAUSES = ['join', 'late-update', 'complaint'] as const;

/** `scheduled`: nobody has to do anything yet. `due`: it stands in the queue until a person has looked. */
export const REVIEW_STATES = ['scheduled', 'due'] as const;
export type ReviewState = (typeof REVIEW_STATES)[number];

/** When a tier that was looked at has to be looked at again, by its pack: the start of that day in Shanghai. */
export const nextReview = ({ reviewMonths }: Governance, tier: Tier, lookedAt: Instant): Instant =>
  startOfDay(addMonths(dayOf(lookedAt), reviewMonths[tier]));
