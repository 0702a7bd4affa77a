import type { Id } from '../../kernel/ids.js';
import type { Purpose } from '../../kernel/purpose.js';
import type { Ruling } from '../../kernel/ruling.js';
import { grouped, valueAt } from '../../kernel/grouped.js';
import type { Matter } from './matter.js';
import { type Quarter, quarterOf } from './quarter.js';
import { DayCounts } from './day-counts.js';

/** A holder's review with its advice, or the authority's ruling: whoever works there judges cases of one kind. */
export const DESKS = ['holder', 'authority'] as const;
export type Desk = (typeof DESKS)[number];

/** One case as one person judged it at one desk: however many datasets it asks for, it is judged once. */
export interface Judged {
  readonly desk: Desk;
  /** Whose desk it is; null is the authority's. */
  readonly holder: Id | null;
  readonly person: Id;
  readonly purpose: Purpose;
  readonly quarter: Quarter;
  readonly outcome: Ruling;
  /** Working days at this desk. */
  readonly days: number | null;
}

const wholeOf = (rulings: readonly Ruling[]): Ruling =>
  rulings.every((one) => one === rulings[0]) ? (rulings[0] ?? 'refused') : 'approved-in-part';

/** Every judgement in these matters: of one round of a case the advice, and the ruling. */
export function judgedIn(matters: readonly Matter[]): Judged[] {
  const ruled = matters.filter(({ ruling }) => ruling !== null);
  // A key put together of both would cost more than all the rest.
  return [...grouped(ruled, ({ application }) => application).values()]
    .flatMap((ofCase) => [...grouped(ofCase, ({ round }) => round).values()])
    .flatMap(judgedInRound);
}

/** Member by member, as `publication.ts` has it: spread into each other these took most of the time of counting. */
function judgedInRound(own: readonly Matter[]): Judged[] {
  const [first] = own;
  if (first?.ruledOn == null || first.judges === undefined) return [];
  const { purpose, holder, steps } = first;
  const { advised, ruledBy } = first.judges;
  const quarter = quarterOf(first.ruledOn);
  const judged: Judged[] = [];
  if (advised !== null) {
    const { by: person, ruling: outcome } = advised;
    judged.push({ desk: 'holder', holder, person, purpose, quarter, outcome, days: steps.holder });
  }
  if (ruledBy !== null) {
    const outcome = wholeOf(own.flatMap(({ ruling }) => ruling ?? []));
    judged.push({ desk: 'authority', holder: null, person: ruledBy, purpose, quarter, outcome, days: steps.authority });
  }
  return judged;
}

/** A share with the interval in which, 19 times of 20, the share lies of which it is a sample (Wilson's). */
export interface Share {
  readonly of: number;
  readonly share: number;
  readonly low: number;
  readonly high: number;
}

const Z = 1.96;

export function shareOf(count: number, of: number): Share {
  const share = of === 0 ? 0 : count / of;
  if (of === 0) return { of, share, low: 0, high: 1 };
  const spread = Z ** 2 / of;
  const centre = (share + spread / 2) / (1 + spread);
  const half = (Z / (1 + spread)) * Math.sqrt((share * (1 - share)) / of + spread / (4 * of));
  return { of, share, low: Math.max(0, centre - half), high: Math.min(1, centre + half) };
}

/**
 * On which side of another share this one lies, where chance alone would put it there once in 20 times or less: the
 * interval of their difference, from the intervals of both (Newcombe's), leaves nothing out.
 */
export function apart(own: Share, others: Share): 'above' | 'below' | null {
  const difference = own.share - others.share;
  const [up, down] = [
    Math.hypot(own.high - own.share, others.share - others.low),
    Math.hypot(own.share - own.low, others.high - others.share),
  ];
  return difference - down > 0 ? 'above' : difference + up < 0 ? 'below' : null;
}

export interface Judge {
  readonly person: Id;
  readonly cases: number;
  readonly approved: number;
  readonly approvedInPart: number;
  readonly refused: number;
  /** Approved as asked, of the cases for a purpose that others at the desk judged, too. */
  readonly whole: Share;
  /** What that share would be had the others judged these cases as they judged their own for the same purposes. */
  readonly others: Share | null;
  /** More, or fewer, approved as asked than chance explains. */
  readonly differs: 'above' | 'below' | null;
  readonly median: number | null;
  readonly othersMedian: number | null;
  /** More, or fewer, of the desk's slower half than chance explains. */
  readonly pace: 'above' | 'below' | null;
}

export interface DeskFigures {
  readonly desk: Desk;
  readonly holder: Id | null;
  readonly cases: number;
  readonly people: readonly Judge[];
  /** How many have judged too few cases to be compared. */
  readonly few: number;
}

/** What is counted of the cases that some judged: by it they are compared, without the cases. */
class Judgements {
  cases = 0;
  readonly rulings = new Map<Ruling, number>();
  readonly purposes = new Map<Purpose, { cases: number; whole: number }>();
  readonly days = new DayCounts();

  static together(records: Iterable<Judgements>): Judgements {
    const all = new Judgements();
    for (const { cases, rulings, purposes, days } of records) {
      all.cases += cases;
      for (const [ruling, times] of rulings) all.ruled(ruling, times);
      for (const [purpose, one] of purposes) all.judged(purpose, one);
      all.days.addAll(days);
    }
    return all;
  }

  take({ outcome, purpose, days }: Judged): void {
    this.cases += 1;
    this.ruled(outcome, 1);
    this.judged(purpose, { cases: 1, whole: Number(outcome === 'approved') });
    if (days !== null) this.days.add(days);
  }

  private ruled(ruling: Ruling, times: number): void {
    this.rulings.set(ruling, (this.rulings.get(ruling) ?? 0) + times);
  }

  private judged(purpose: Purpose, { cases, whole }: { readonly cases: number; readonly whole: number }): void {
    const known = this.purposes.get(purpose) ?? { cases: 0, whole: 0 };
    this.purposes.set(purpose, { cases: known.cases + cases, whole: known.whole + whole });
  }
}

/** Their cases held against what the others did with cases for the same purpose. */
function approving(own: Judgements, others: Judgements) {
  const compared = [...own.purposes].flatMap(([purpose, mine]) => {
    const theirs = others.purposes.get(purpose);
    return theirs === undefined ? [] : [{ mine, theirs }];
  });
  const of = compared.reduce((sum, { mine }) => sum + mine.cases, 0);
  const whole = shareOf(
    compared.reduce((sum, { mine }) => sum + mine.whole, 0),
    of,
  );
  if (of === 0) return { whole, others: null, differs: null };
  const expected = compared.reduce(
    (sum, { mine, theirs }) => sum + (mine.cases / of) * (theirs.whole / theirs.cases),
    0,
  );
  // As many equal cases as the weighted share rests on: a purpose that counts for much and was seldom judged says little.
  const spread = compared.reduce((sum, { mine, theirs }) => sum + (mine.cases / of) ** 2 / theirs.cases, 0);
  const behind = Math.round(1 / spread);
  const share = shareOf(expected * behind, behind);
  return { whole, others: share, differs: apart(whole, share) };
}

/** How much of what they did, and of what the others did, took longer than the desk's middle case. */
function pacing({ days: own }: Judgements, { days: others }: Judgements, desk: Judgements) {
  const middle = desk.days.spread.median ?? 0;
  const slower = (days: DayCounts): Share => shareOf(days.above(middle), days.size);
  return {
    median: own.spread.median,
    othersMedian: others.spread.median,
    pace: apart(slower(own), slower(others)),
  };
}

function judgeOf(person: Id, own: Judgements, others: Judgements, desk: Judgements): Judge {
  const counted = (ruling: Ruling): number => own.rulings.get(ruling) ?? 0;
  return {
    person,
    cases: own.cases,
    approved: counted('approved'),
    approvedInPart: counted('approved-in-part'),
    refused: counted('refused'),
    ...approving(own, others),
    ...pacing(own, others, desk),
  };
}

type People = Map<Id, Judgements>;

/** What the people of each desk did, counted one case after the other. */
export class DeskCount {
  private readonly desks = new Map<Desk, Map<Id | null, People>>();

  take(judged: Judged): void {
    const holders = valueAt(this.desks, judged.desk, () => new Map<Id | null, People>());
    const people = valueAt(holders, judged.holder, (): People => new Map());
    valueAt(people, judged.person, () => new Judgements()).take(judged);
  }

  /**
   * Desk by desk, each person who judged at least `least` cases against the others of the desk together. Where fewer than
   * `company` others stand behind the comparison nobody is compared: it would say what one of them does.
   */
  figures(least: number, company: number): DeskFigures[] {
    return [...this.desks]
      .flatMap(([desk, holders]) => [...holders].map(([holder, people]) => ({ desk, holder, people })))
      .map(({ desk, holder, people }): DeskFigures => {
        const cases = [...people.values()].reduce((sum, own) => sum + own.cases, 0);
        const enough = [...people].filter(([, own]) => own.cases >= least);
        const compared = enough.length > company ? enough : [];
        const whole = Judgements.together(compared.map(([, own]) => own));
        const othersThan = (person: Id) =>
          Judgements.together(compared.flatMap(([other, record]) => (other === person ? [] : [record])));
        const judges = compared.map(([person, own]) => judgeOf(person, own, othersThan(person), whole));
        return { desk, holder, cases, people: judges, few: people.size - compared.length };
      })
      .sort((a, b) => DESKS.indexOf(b.desk) - DESKS.indexOf(a.desk) || b.cases - a.cases);
  }
}

export function desksOf(judged: Iterable<Judged>, least: number, company: number): DeskFigures[] {
  const count = new DeskCount();
  for (const one of judged) count.take(one);
  return count.figures(least, company);
}
