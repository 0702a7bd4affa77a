import type { Contribution, UniqueBy } from './risk.js';

/** All sets of `size` of the positions 0 … `among` - 1, in lexical order. */
export function* setsOfSize(among: number, size: number, from = 0): Generator<readonly number[]> {
  if (size === 0) {
    yield [];
    return;
  }
  for (let first = from; first + size <= among; first += 1)
    for (const rest of setsOfSize(among, size - 1, first + 1)) yield [first, ...rest];
}

const holds = (set: readonly number[], part: readonly number[]): boolean => part.every((one) => set.includes(one));

/**
 * Sets worth asking about: inside a set that singles out every record nothing larger is minimal. `exhausted` are such
 * sets.
 */
export const stillOpen = (set: readonly number[], exhausted: readonly (readonly number[])[]): boolean =>
  !exhausted.some((known) => holds(set, known));

/**
 * Weight of a minimal unique set, after SUDA (Elliot, Manning and Ford, 2002): the fewer columns single a record out, the
 * more ways there are to single it out with more of them. `largest` is the size searched to, `among` the columns in all.
 */
export function weightOf(size: number, largest: number, among: number): number {
  let weight = 1;
  for (let at = size; at < largest; at += 1) weight *= among - at;
  return weight;
}

/** Each column's share of the weight of all minimal unique sets; 0 where there is none. */
export function contributionsOf(
  columns: readonly string[],
  sets: readonly UniqueBy[],
  searchedTo: number,
): Contribution[] {
  const weighed = sets.map((set) => ({
    set,
    weight: set.records * weightOf(set.columns.length, searchedTo, columns.length),
  }));
  const whole = weighed.reduce((sum, { weight }) => sum + weight, 0);
  return columns.map((column) => {
    const own = weighed.reduce((sum, { set, weight }) => (set.columns.includes(column) ? sum + weight : sum), 0);
    return { column, share: whole === 0 ? 0 : own / whole };
  });
}
