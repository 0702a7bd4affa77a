import type { Field } from '../../kernel/fields.js';
import type { Id } from '../../kernel/ids.js';
import type { Purpose } from '../../kernel/purpose.js';
import type { ComplaintLines } from './complaint-lines.js';
import type { Entry } from './entry.js';
import { grouped } from '../../kernel/grouped.js';
import { type MatterOutcome, OUTCOMES, type Step, STEPS } from './matter.js';
import type { Quarter } from './quarter.js';

/** Working days; `null` where nothing was counted, or where so much is undecided that the value is not known yet. */
export interface Spread {
  readonly count: number;
  readonly median: number | null;
  readonly p90: number | null;
}

export interface Figures extends Spread {
  readonly undecided: number;
  readonly inTime: number;
  /** Of all, the undecided among them: from 0 to 1. `null` where there is nothing. */
  readonly share: number | null;
}

export interface Statistics {
  readonly whole: Figures;
  readonly steps: readonly (Spread & { readonly step: Step })[];
  readonly outcomes: readonly { readonly outcome: MatterOutcome; readonly count: number }[];
  readonly reasons: readonly { readonly reason: string; readonly count: number }[];
  readonly appeals: { readonly asked: number; readonly upheld: number; readonly reopened: number };
  readonly purposes: readonly { readonly purpose: Purpose | null; readonly count: number }[];
  readonly periods: readonly (Figures & { readonly period: Quarter })[];
  readonly holders: readonly (Figures & { readonly holder: Id | null })[];
  readonly fields: readonly (Figures & { readonly field: Field | null })[];
  readonly use: {
    readonly granted: number;
    readonly reported: number;
    readonly reports: number;
    readonly products: number;
  };
}

/** The value that this share of the values does not exceed (nearest rank), of values in order. */
const rank = (sorted: readonly number[], share: number): number | null => {
  const value = sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)];
  return value === undefined || value === Number.POSITIVE_INFINITY ? null : value;
};

export function spreadOf(days: readonly number[]): Spread {
  const sorted = [...days].sort((a, b) => a - b);
  return { count: sorted.length, median: rank(sorted, 0.5), p90: rank(sorted, 0.9) };
}

/** What has taken its time, or goes on taking it. */
type Timed = Pick<Entry, 'days' | 'inTime'> & { readonly outcome: string };

/** What is not decided has taken longer than anything that is: leaving it open makes no figure better. */
const lasted = ({ outcome, days }: Timed): number[] =>
  outcome === 'undecided' ? [Number.POSITIVE_INFINITY] : days === null ? [] : [days];

export function figuresOf(entries: readonly Timed[]): Figures {
  const inTime = entries.filter((entry) => entry.inTime).length;
  const { median, p90 } = spreadOf(entries.flatMap(lasted));
  return {
    count: entries.length,
    undecided: entries.filter(({ outcome }) => outcome === 'undecided').length,
    inTime,
    share: entries.length === 0 ? null : inTime / entries.length,
    median,
    p90,
  };
}

/** The most first, then by name; what has none comes last. */
const mostFirst = <Line extends { readonly count: number }>(
  lines: readonly Line[],
  nameOf: (line: Line) => string | null,
) =>
  lines.toSorted((a, b) => {
    const [one, other] = [nameOf(a), nameOf(b)];
    if (one === null || other === null) return one === other ? 0 : one === null ? 1 : -1;
    return b.count - a.count || (one < other ? -1 : 1);
  });

function reasonsOf(entries: readonly Entry[]): Statistics['reasons'] {
  const counts = new Map<string, number>();
  for (const { reasons } of entries)
    for (const reason of new Set(reasons)) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return mostFirst(
    [...counts].map(([reason, count]) => ({ reason, count })),
    ({ reason }) => reason,
  );
}

function useOf(entries: readonly Entry[]): Statistics['use'] {
  const granted = entries.filter(({ use }) => use.granted);
  const sum = (of: (entry: Entry) => number): number => granted.reduce((before, entry) => before + of(entry), 0);
  return {
    granted: granted.length,
    reported: granted.filter(({ use }) => use.reports > 0).length,
    reports: sum(({ use }) => use.reports),
    products: sum(({ use }) => use.products),
  };
}

/** Newest quarter first, then by holder; what has none comes last. */
const newestFirst = <Line extends { readonly period: Quarter; readonly holder: Id | null }>(lines: readonly Line[]) =>
  lines.toSorted(
    (a, b) =>
      (a.period === b.period ? 0 : a.period < b.period ? 1 : -1) || ((a.holder ?? '~') < (b.holder ?? '~') ? -1 : 1),
  );

export interface ComplaintStatistics {
  readonly quality: readonly (Figures & { readonly period: Quarter; readonly holder: Id; readonly mended: number })[];
  readonly rights: readonly { readonly period: Quarter; readonly holder: Id | null; readonly count: number }[];
}

/** Complaints by quarter and holder. */
export function complaintStatisticsOf({ quality, rights }: ComplaintLines): ComplaintStatistics {
  const groupsOf = <One extends { readonly quarter: Quarter; readonly holder: Id | null }>(lines: readonly One[]) =>
    [...grouped(lines, ({ quarter, holder }) => `${quarter} ${holder}`).values()].flatMap((own) =>
      own[0] === undefined ? [] : [{ period: own[0].quarter, holder: own[0].holder as One['holder'], own }],
    );
  return {
    quality: newestFirst(
      groupsOf(quality).map(({ period, holder, own }) => ({
        period,
        holder,
        mended: own.filter(({ outcome }) => outcome === 'mended').length,
        ...figuresOf(own),
      })),
    ),
    rights: newestFirst(groupsOf(rights).map(({ period, holder, own }) => ({ period, holder, count: own.length }))),
  };
}

const counting = (entries: readonly Entry[], holds: (entry: Entry) => boolean): number => entries.filter(holds).length;

/** Everything that is counted, and from nothing else than these entries. */
export function statisticsOf(entries: readonly Entry[]): Statistics {
  const lines = <Key>(keyOf: (entry: Entry) => Key) =>
    [...grouped(entries, keyOf)].map(([key, own]) => ({ key, ...figuresOf(own) }));
  return {
    whole: figuresOf(entries),
    steps: STEPS.map((step) => ({ step, ...spreadOf(entries.flatMap(({ steps }) => steps[step] ?? [])) })),
    outcomes: OUTCOMES.map((outcome) => ({ outcome, count: counting(entries, (one) => one.outcome === outcome) })),
    reasons: reasonsOf(entries),
    appeals: {
      asked: counting(entries, ({ appeal }) => appeal !== null),
      upheld: counting(entries, ({ appeal }) => appeal === 'upheld'),
      reopened: counting(entries, ({ appeal }) => appeal === 'reopened'),
    },
    purposes: mostFirst(
      [...grouped(entries, ({ purpose }) => purpose)].map(([purpose, own]) => ({ purpose, count: own.length })),
      ({ purpose }) => purpose,
    ),
    periods: lines(({ quarter }) => quarter)
      .map(({ key, ...figures }) => ({ period: key, ...figures }))
      .sort((a, b) => (a.period < b.period ? -1 : 1)),
    holders: mostFirst(
      lines(({ holder }) => holder).map(({ key, ...figures }) => ({ holder: key, ...figures })),
      ({ holder }) => holder,
    ),
    fields: mostFirst(
      lines(({ field }) => field).map(({ key, ...figures }) => ({ field: key, ...figures })),
      ({ field }) => field,
    ),
    use: useOf(entries),
  };
}
