import type { Day } from './time.js';

/**
 * Where a ruling is contested outside the product: administrative reconsideration (行政复议), or litigation (行政诉讼).
 * Both are recorded and not run.
 */
export const PROCEEDING_KINDS = ['reconsideration', 'litigation'] as const;
export type ProceedingKind = (typeof PROCEEDING_KINDS)[number];

/**
 * How it ended. `upheld`: the ruling stands (维持, 驳回). `changed`: another one was put in its place (变更). `annulled`: it
 * stands no longer (撤销, 确认违法, 责令重作). `withdrawn`: by whoever filed it. `settled`: by mediation or agreement (调解, 和解).
 */
export const PROCEEDING_OUTCOMES = ['upheld', 'changed', 'annulled', 'withdrawn', 'settled'] as const;
export type ProceedingOutcome = (typeof PROCEEDING_OUTCOMES)[number];

/** After these the ruling that was contested stands no longer. */
export const OVERTURNING = ['changed', 'annulled'] as const satisfies readonly ProceedingOutcome[];
export type Overturning = (typeof OVERTURNING)[number];

export const isOverturning = (outcome: ProceedingOutcome): outcome is Overturning =>
  (OVERTURNING as readonly ProceedingOutcome[]).includes(outcome);

/** How a proceeding ended, and on which day. */
export interface ProceedingEnd {
  readonly outcome: ProceedingOutcome;
  readonly on: Day;
  readonly text: string;
}

/** Whether the ruling fell, by the last that judged it: a second instance that upholds it puts it back in its place. */
export function overturnedBy(ends: readonly Pick<ProceedingEnd, 'outcome' | 'on'>[]): Overturning | null {
  const judged = ends.filter(({ outcome }) => outcome === 'upheld' || isOverturning(outcome));
  const last = judged.toSorted((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0)).at(-1);
  return last !== undefined && isOverturning(last.outcome) ? last.outcome : null;
}
