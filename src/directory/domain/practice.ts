import type { Id } from '../../kernel/ids.js';
import { type Ruling, RULINGS } from '../../kernel/ruling.js';
import type { Day } from '../../kernel/time.js';

/** How one dataset of one earlier case ended. */
export interface EarlierRuling {
  readonly application: Id;
  readonly round: number;
  readonly ruling: Ruling;
  readonly ruledOn: Day;
}

/** How like cases on one dataset ended: for equal treatment, and for whoever means to rule differently. */
export interface Practice {
  readonly counted: number;
  readonly rulings: Readonly<Record<Ruling, number>>;
  /** The day of the oldest that counts; null where none does. */
  readonly since: Day | null;
  /** Rulings that would be the first of their kind among these. */
  readonly standsAlone: readonly Ruling[];
}

/** Fewer earlier rulings than this are no practice that a ruling could depart from. */
const A_PRACTICE = 3;

/** What a case ended with: a refusal that was reopened counts as what followed it. */
export function lastOfEach<One extends Pick<EarlierRuling, 'application' | 'round'>>(rulings: readonly One[]): One[] {
  const last = new Map<Id, One>();
  for (const one of rulings) {
    const known = last.get(one.application);
    if (known === undefined || known.round < one.round) last.set(one.application, one);
  }
  return [...last.values()];
}

/** Counts each case once. */
export function practiceOf(earlier: readonly EarlierRuling[]): Practice {
  const counting = lastOfEach(earlier);
  const rulings = { approved: 0, 'approved-in-part': 0, refused: 0 };
  for (const { ruling } of counting) rulings[ruling] += 1;
  const since = counting.map(({ ruledOn }) => ruledOn).sort()[0] ?? null;
  return {
    counted: counting.length,
    rulings,
    since,
    standsAlone: counting.length < A_PRACTICE ? [] : RULINGS.filter((ruling) => rulings[ruling] === 0),
  };
}
