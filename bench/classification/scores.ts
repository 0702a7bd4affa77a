import { TIERS, type Tier } from '../../src/kernel/tier.js';

/** What people decided, and what a method says. */
export interface Scored {
  readonly truth: Tier;
  readonly said: Tier;
}

/** F1 of one tier; 0 where it is never said and never right. */
export function f1Of(pairs: readonly Scored[], tier: Tier): number {
  const right = pairs.filter(({ truth, said }) => truth === tier && said === tier).length;
  const wrong = pairs.filter(({ truth, said }) => truth !== said && (truth === tier || said === tier)).length;
  return right === 0 ? 0 : (2 * right) / (2 * right + wrong);
}

/** The mean of the three F1 values: every tier counts the same, however rare. */
export const macroF1 = (pairs: readonly Scored[]): number =>
  TIERS.reduce((sum, tier) => sum + f1Of(pairs, tier), 0) / TIERS.length;

/** Macro-F1 with the three values behind it. */
export const f1Text = (pairs: readonly Scored[]): string =>
  `${macroF1(pairs).toFixed(3)} (${TIERS.map((tier) => f1Of(pairs, tier).toFixed(2)).join(' / ')})`;

export const percent = (part: number, whole: number): string =>
  whole === 0 ? 'none' : `${((100 * part) / whole).toFixed(1)} %`;

export const shareOf = <T>(list: readonly T[], test: (entry: T) => boolean): number =>
  list.length === 0 ? 0 : list.filter(test).length / list.length;
