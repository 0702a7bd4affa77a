import type { Id } from '../../kernel/ids.js';
import type { Purpose } from '../../kernel/purpose.js';
import type { Ruling } from '../../kernel/ruling.js';
import { grouped } from '../../kernel/grouped.js';
import type { Matter } from './matter.js';
import { type Quarter, quarterOf } from './quarter.js';
import { spreadOf } from './statistics.js';

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
  const rounds = grouped(
    matters.filter(({ ruling }) => ruling !== null),
    ({ application, round }) => `${application} ${round}`,
  );
  return [...rounds.values()].flatMap((own) => {
    const [first] = own;
    if (first?.ruledOn == null || first.judges === undefined) return [];
    const { judges, steps, purpose, holder } = first;
    const shared = { purpose, quarter: quarterOf(first.ruledOn) };
    const { advised, ruledBy } = judges;
    const outcome = wholeOf(own.flatMap(({ ruling }) => ruling ?? []));
    return [
      ...(advised === null
        ? []
        : [
            {
              ...shared,
              desk: 'holder',
              holder,
              person: advised.by,
              outcome: advised.ruling,
              days: steps.holder,
            } as const,
          ]),
      ...(ruledBy === null
        ? []
        : [{ ...shared, desk: 'authority', holder: null, person: ruledBy, outcome, days: steps.authority } as const]),
    ];
  });
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

const isWhole = ({ outcome }: Judged): boolean => outcome === 'approved';
const daysOf = (judged: readonly Judged[]): number[] => judged.flatMap(({ days }) => days ?? []);

/** Their cases held against what the others did with cases for the same purpose. */
function approving(own: readonly Judged[], others: readonly Judged[]) {
  const like = grouped(others, ({ purpose }) => purpose);
  const compared = own.filter(({ purpose }) => like.has(purpose));
  const whole = shareOf(compared.filter(isWhole).length, compared.length);
  if (compared.length === 0) return { whole, others: null, differs: null };
  const purposes = [...grouped(compared, ({ purpose }) => purpose)];
  const expected = purposes.reduce((sum, [purpose, cases]) => {
    const theirs = like.get(purpose) ?? [];
    return sum + (cases.length / compared.length) * (theirs.filter(isWhole).length / theirs.length);
  }, 0);
  // As many equal cases as the weighted share rests on: a purpose that counts for much and was seldom judged says little.
  const spread = purposes.reduce(
    (sum, [purpose, cases]) => sum + (cases.length / compared.length) ** 2 / (like.get(purpose)?.length ?? 1),
    0,
  );
  const behind = Math.round(1 / spread);
  const theirs = shareOf(expected * behind, behind);
  return { whole, others: theirs, differs: apart(whole, theirs) };
}

/** How much of what they did, and of what the others did, took longer than the desk's middle case. */
function pacing(own: readonly Judged[], others: readonly Judged[]) {
  const [days, theirs] = [daysOf(own), daysOf(others)];
  const middle = spreadOf([...days, ...theirs]).median ?? 0;
  const slower = (all: readonly number[]): Share => shareOf(all.filter((one) => one > middle).length, all.length);
  return {
    median: spreadOf(days).median,
    othersMedian: spreadOf(theirs).median,
    pace: apart(slower(days), slower(theirs)),
  };
}

function judgeOf(person: Id, own: readonly Judged[], others: readonly Judged[]): Judge {
  const counted = (ruling: Ruling): number => own.filter(({ outcome }) => outcome === ruling).length;
  return {
    person,
    cases: own.length,
    approved: counted('approved'),
    approvedInPart: counted('approved-in-part'),
    refused: counted('refused'),
    ...approving(own, others),
    ...pacing(own, others),
  };
}

/**
 * Desk by desk, each person who judged at least `least` cases against the others of the desk together. Where fewer than
 * `company` others stand behind the comparison nobody is compared: it would say what one of them does.
 */
export function desksOf(judged: readonly Judged[], least: number, company: number): DeskFigures[] {
  const desks = [...grouped(judged, ({ desk, holder }) => `${desk} ${holder ?? ''}`).values()];
  return desks
    .flatMap((atDesk): DeskFigures[] => {
      const [first] = atDesk;
      if (first === undefined) return [];
      const byPerson = [...grouped(atDesk, ({ person }) => person)];
      const enough = byPerson.filter(([, own]) => own.length >= least);
      const compared = enough.length > company ? enough : [];
      const people = compared.map(([person, own]) =>
        judgeOf(
          person,
          own,
          compared.flatMap(([other, theirs]) => (other === person ? [] : theirs)),
        ),
      );
      const { desk, holder } = first;
      return [{ desk, holder, cases: atDesk.length, people, few: byPerson.length - compared.length }];
    })
    .sort((a, b) => DESKS.indexOf(b.desk) - DESKS.indexOf(a.desk) || b.cases - a.cases);
}
