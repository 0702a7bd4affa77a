import { type Question, charactersOf } from './domain/question.js';

/** Roughly how many characters a question takes on record. */
const sizeOf = (question: Question): number => 1000 + charactersOf(question);

/** The next ones from a place on: at most so many, with at most so many characters together, and at least one. */
export function portion<T extends { readonly question: Question }>(
  all: readonly T[],
  from: number,
  most: number,
  characters: number,
): T[] {
  let left = characters;
  let end = from;
  for (; end < all.length && end - from < most; end++) {
    left -= sizeOf((all[end] as T).question);
    if (left < 0 && end > from) break;
  }
  return all.slice(from, end);
}
