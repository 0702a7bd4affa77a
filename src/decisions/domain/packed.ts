import { FACT_NAMES, FACTS } from './facts.js';

/** Bits each fact takes, and where they sit: the facts fill a first word of at most 30 bits, then a second. */
const WIDTHS = FACT_NAMES.map((name) => 32 - Math.clz32(FACTS[name].length - 1));
const WORD_BITS = 30;
const SPLIT = splitAt(WIDTHS);
const SHIFTS = WIDTHS.map((_, index) => sum(WIDTHS.slice(index < SPLIT ? 0 : SPLIT, index)));

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function splitAt(widths: readonly number[]): number {
  let used = 0;
  const split = widths.findIndex((width) => (used += width) > WORD_BITS);
  if (split < 0 || sum(widths.slice(split)) > WORD_BITS) throw new Error('the fact vector must fill two words');
  return split;
}

/** First packed word of a vector; both together are one-to-one with the vector. */
export function lowWord(vector: Uint8Array): number {
  let word = 0;
  for (let index = 0; index < SPLIT; index++) word |= (vector[index] as number) << (SHIFTS[index] as number);
  return word;
}

/** Second packed word of a vector. */
export function highWord(vector: Uint8Array): number {
  let word = 0;
  for (let index = SPLIT; index < vector.length; index++)
    word |= (vector[index] as number) << (SHIFTS[index] as number);
  return word;
}

/** The vector two packed words stand for. */
export function unpack(low: number, high: number): Uint8Array {
  return Uint8Array.from(
    WIDTHS,
    (width, index) => ((index < SPLIT ? low : high) >>> (SHIFTS[index] as number)) & ((1 << width) - 1),
  );
}
