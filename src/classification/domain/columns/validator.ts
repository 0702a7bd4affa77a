import { ANY, type Fit, SEEN } from './cell.js';

/** A named test of one cleaned cell, with what a cell must be for the test to make sense. */
export interface Validator {
  readonly fit: Fit;
  /** Asked only of cells that fit and have the shape. */
  readonly test: (cell: string) => boolean;
  /** Cells that look like the identifier, whether or not its check digit holds; absent where nothing is checked. */
  readonly shape?: (cell: string) => boolean;
  /** Where the test is one expression: that expression, for a form of it in SQL. */
  readonly pattern?: RegExp;
}

/** Makes a validator ready with the value lists that the column rule names. */
export type ValidatorMaker = (lists: readonly (readonly string[])[]) => Validator;

export const NUMERIC = SEEN.digit | SEEN.mark | SEEN.blank;
export const CODED = NUMERIC | SEEN.latin;

/** Length, kinds that must be there, kinds that may, kinds of which one must. */
export const fit = (min: number, max: number, needs: number = 0, allows: number = ANY, some: number = 0): Fit => ({
  min,
  max,
  needs,
  allows,
  some,
});

export const matching = (where: Fit, pattern: RegExp): Validator => ({
  fit: where,
  test: (cell) => pattern.test(cell),
  pattern,
});
/** A validator that compares with no list. */
export const plain =
  (validator: Validator): ValidatorMaker =>
  () =>
    validator;

const APART = /[\s_.-]/;
/** One spelling for comparing words with a list. */
export function listed(word: string): string {
  const lower = word.toLowerCase();
  return APART.test(lower) ? lower.replace(/[\s_.-]+/g, ' ').trim() : lower;
}
export const setOf = (words: readonly string[] = []): ReadonlySet<string> => new Set(words.map(listed));
