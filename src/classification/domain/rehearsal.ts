import { strictness, type Tier } from '../../kernel/tier.js';
import { type Held, hold, type Previous } from './hold.js';
import type { Answer, Verdict } from './verdict.js';

/** What a changed pack would do differently is told by kind. */
export const CHANGE_KINDS = ['dataset', 'grant', 'application', 'ruling', 'decision', 'case'] as const;
export type ChangeKind = (typeof CHANGE_KINDS)[number];

/** One thing that would differ, as plain data for screens. */
export interface RehearsedChange {
  readonly kind: ChangeKind;
  readonly subject: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/**
 * `raised`: stricter at once. `milder`: a milder tier would be proposed to people. `refused`: the record would be thrown
 * out as a secret. `review`: the tier stays and a person would have to look. `settled`: a person would no longer have to.
 * `reasons`: only the rules behind the tier differ. `same`: nothing differs.
 */
export const DATASET_CHANGES = ['raised', 'milder', 'refused', 'review', 'settled', 'reasons', 'same'] as const;
export type DatasetChange = (typeof DATASET_CHANGES)[number];

type Tally = Readonly<Record<string, number>>;

/** Counts first: how much was looked at, and how much of it would differ. `total` is what there is to look at. */
export interface RehearsalCounts {
  readonly read: number;
  readonly total: number;
  readonly dataset: Tally;
  readonly grant: Tally;
  readonly application: Tally;
  readonly ruling: Tally;
  readonly decision: Tally;
  readonly case: Tally;
}
export const NOTHING_COUNTED: RehearsalCounts = {
  read: 0,
  total: 0,
  dataset: {},
  grant: {},
  application: {},
  ruling: {},
  decision: {},
  case: {},
};

export const added = (a: Tally, b: Tally): Tally => {
  const sum: Record<string, number> = { ...a };
  for (const [key, count] of Object.entries(b)) sum[key] = (sum[key] ?? 0) + count;
  return sum;
};

/** A record as it stands, and what was decided on it. */
export interface Standpoint {
  readonly tier: Tier;
  readonly status: Held['status'];
  readonly draft: boolean;
  /** Too much of the content behind its tier could not be read. */
  readonly unread: boolean;
  readonly previous: Previous | null;
}

export interface RehearsedRecord {
  readonly change: DatasetChange;
  /** The tier that would take effect. */
  readonly tier: Tier;
  readonly status: Held['status'];
  /** What would be proposed to people; null where nothing would. */
  readonly proposed: Tier | null;
  readonly fires: readonly string[];
  readonly silent: readonly string[];
  /** A person's ruling that would be opened again. */
  readonly reopens: boolean;
}

const idsOf = (verdict: Verdict): string[] => verdict.rules.map(({ id }) => id);
const without = (ids: readonly string[], others: readonly string[]): string[] =>
  ids.filter((id) => !others.includes(id));

function changeOf(now: Standpoint, held: Held, before: Verdict, after: Verdict): DatasetChange {
  if (strictness(held.tier) > strictness(now.tier)) return 'raised';
  const milder = (proposed: Tier | null): boolean => proposed !== null && strictness(proposed) < strictness(now.tier);
  if (milder(after.proposed) && !milder(before.proposed) && held.status === 'pending-review') return 'milder';
  if (held.status === 'pending-review' && now.status !== 'pending-review') return 'review';
  if (held.status !== 'pending-review' && now.status === 'pending-review') return 'settled';
  const [was, is] = [idsOf(before), idsOf(after)];
  return without(was, is).length + without(is, was).length > 0 ? 'reasons' : 'same';
}

/** What a changed pack's answer would do to a record that stands where it stands; `before` is the verdict now. */
export function rehearse(now: Standpoint, before: Verdict, after: Answer): RehearsedRecord {
  if (after.kind === 'secret')
    return {
      change: 'refused',
      tier: 'restricted',
      status: 'pending-review',
      proposed: null,
      fires: [after.rule],
      silent: [],
      reopens: now.previous?.decision !== null && now.previous !== null,
    };
  const held = hold(after, now.previous, now.draft, now.unread);
  return {
    change: changeOf(now, held, before, after),
    tier: held.tier,
    status: held.status,
    proposed: held.proposed,
    fires: without(idsOf(after), idsOf(before)),
    silent: without(idsOf(before), idsOf(after)),
    reopens:
      (now.previous?.decision ?? null) !== null && held.status === 'pending-review' && now.status === 'confirmed',
  };
}
