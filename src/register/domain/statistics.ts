import type { Field } from '../../kernel/fields.js';
import type { Id } from '../../kernel/ids.js';
import type { Purpose } from '../../kernel/purpose.js';
import type { ComplaintLines } from './complaint-lines.js';
import { DayCounts, type Spread } from './day-counts.js';
import type { Entry } from './entry.js';
import { grouped, valueAt } from '../../kernel/grouped.js';
import { type MatterOutcome, OUTCOMES, type Step, STEPS } from './matter.js';
import type { Quarter } from './quarter.js';

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

/** What has taken its time, or goes on taking it. */
type Timed = Pick<Entry, 'days' | 'inTime'> & { readonly outcome: string };

/** What is counted of a group: leaving a case open makes no figure of it better. */
class FigureCount {
  private readonly days = new DayCounts();
  private readonly all = { count: 0, undecided: 0, inTime: 0 };

  take({ outcome, days, inTime }: Timed): void {
    this.all.count += 1;
    if (inTime) this.all.inTime += 1;
    if (outcome === 'undecided') this.all.undecided += 1;
    if (outcome === 'undecided') this.days.add(DayCounts.UNDECIDED);
    else if (days !== null) this.days.add(days);
  }

  get figures(): Figures {
    const { median, p90 } = this.days.spread;
    const { count, inTime } = this.all;
    return { ...this.all, share: count === 0 ? null : inTime / count, median, p90 };
  }
}

/** The same of each of many groups. */
class FiguresBy<Key> {
  private readonly counts = new Map<Key, FigureCount>();

  take(key: Key, one: Timed): void {
    valueAt(this.counts, key, () => new FigureCount()).take(one);
  }

  lines<Line>(lineOf: (key: Key, figures: Figures) => Line): Line[] {
    return [...this.counts].map(([key, count]) => lineOf(key, count.figures));
  }
}

class Tally<Key> {
  private readonly counts = new Map<Key, number>();

  take(key: Key): void {
    this.counts.set(key, this.of(key) + 1);
  }

  of(key: Key): number {
    return this.counts.get(key) ?? 0;
  }

  lines<Line>(lineOf: (key: Key, count: number) => Line): Line[] {
    return [...this.counts].map(([key, count]) => lineOf(key, count));
  }
}

export function figuresOf(entries: Iterable<Timed>): Figures {
  const count = new FigureCount();
  for (const entry of entries) count.take(entry);
  return count.figures;
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

/**
 * Everything that is counted, one entry after the other and from nothing else than these entries: whoever counts many
 * lets others have their turn in between.
 */
export class StatisticsCount {
  private readonly whole = new FigureCount();
  private readonly steps = new Map<Step, DayCounts>(STEPS.map((step) => [step, new DayCounts()]));
  private readonly outcomes = new Tally<MatterOutcome>();
  private readonly reasons = new Tally<string>();
  private readonly appeals = new Tally<NonNullable<Entry['appeal']>>();
  private readonly purposes = new Tally<Purpose | null>();
  private readonly periods = new FiguresBy<Quarter>();
  private readonly holders = new FiguresBy<Id | null>();
  private readonly fields = new FiguresBy<Field | null>();
  private readonly use = { granted: 0, reported: 0, reports: 0, products: 0 };

  take(entry: Entry): void {
    this.whole.take(entry);
    for (const [step, days] of this.steps) {
      const taken = entry.steps[step];
      if (taken !== null) days.add(taken);
    }
    this.outcomes.take(entry.outcome);
    for (const reason of new Set(entry.reasons)) this.reasons.take(reason);
    if (entry.appeal !== null) this.appeals.take(entry.appeal);
    this.purposes.take(entry.purpose);
    this.periods.take(entry.quarter, entry);
    this.holders.take(entry.holder, entry);
    this.fields.take(entry.field, entry);
    this.takeUse(entry.use);
  }

  get statistics(): Statistics {
    const { appeals, outcomes } = this;
    return {
      whole: this.whole.figures,
      steps: [...this.steps].map(([step, days]) => ({ step, ...days.spread })),
      outcomes: OUTCOMES.map((outcome) => ({ outcome, count: outcomes.of(outcome) })),
      reasons: mostFirst(
        this.reasons.lines((reason, count) => ({ reason, count })),
        ({ reason }) => reason,
      ),
      appeals: {
        asked: appeals.of('asked') + appeals.of('upheld') + appeals.of('reopened'),
        upheld: appeals.of('upheld'),
        reopened: appeals.of('reopened'),
      },
      purposes: mostFirst(
        this.purposes.lines((purpose, count) => ({ purpose, count })),
        ({ purpose }) => purpose,
      ),
      periods: this.periods
        .lines((period, figures) => ({ period, ...figures }))
        .sort((a, b) => (a.period < b.period ? -1 : 1)),
      holders: mostFirst(
        this.holders.lines((holder, figures) => ({ holder, ...figures })),
        ({ holder }) => holder,
      ),
      fields: mostFirst(
        this.fields.lines((field, figures) => ({ field, ...figures })),
        ({ field }) => field,
      ),
      use: { ...this.use },
    };
  }

  private takeUse({ granted, reports, products }: Entry['use']): void {
    if (!granted) return;
    this.use.granted += 1;
    if (reports > 0) this.use.reported += 1;
    this.use.reports += reports;
    this.use.products += products;
  }
}

export function statisticsOf(entries: Iterable<Entry>): Statistics {
  const count = new StatisticsCount();
  for (const entry of entries) count.take(entry);
  return count.statistics;
}
