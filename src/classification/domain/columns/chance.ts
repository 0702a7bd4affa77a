/**
 * Bound (Chernoff) on the probability that chance alone lets at least `matches` of `cells` texts pass a check that one
 * text passes with probability `chance`. 20 of 20 at Luhn's one in ten is 1e-20, 3 of 3 is 1e-3.
 */
export function doubtOf(matches: number, cells: number, chance: number): number {
  if (cells === 0 || matches <= 0) return 1;
  const share = Math.min(1, matches / cells);
  if (share <= chance) return 1;
  const rest = share === 1 ? 0 : (1 - share) * Math.log((1 - share) / (1 - chance));
  return Math.exp(-cells * (share * Math.log(share / chance) + rest));
}
