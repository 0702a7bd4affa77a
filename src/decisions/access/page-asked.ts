import { createHash } from 'node:crypto';
import { decodePageToken, encodePageToken } from '../../http/index.js';
import type { Part } from '../domain/candidates.js';
import { isObject, QuestionFault } from '../domain/question.js';

export const LARGEST_PAGE = 1000;
const USUAL_PAGE = 100;

/** The `page` object of a search (AuthZEN 1.0 §8.2.1). */
export interface PageAsked {
  /** Results wanted at most. */
  readonly limit: number;
  readonly token: string | undefined;
}

export function readPage(page: unknown): PageAsked | QuestionFault {
  if (page === undefined) return { limit: USUAL_PAGE, token: undefined };
  if (!isObject(page)) return new QuestionFault('/page', 'must be an object');
  const { limit = USUAL_PAGE, token } = page;
  if (!Number.isSafeInteger(limit) || (limit as number) < 0)
    return new QuestionFault('/page/limit', 'must be a whole number from 0');
  if (token !== undefined && typeof token !== 'string') return new QuestionFault('/page/token', 'must be a string');
  return { limit: Math.min(limit as number, LARGEST_PAGE), token };
}

const MARK = 12;

/** Ties a token to everything it was given for: with another question or asker it is none of ours. */
const markOf = (asked: unknown): string =>
  createHash('sha256').update(JSON.stringify(asked)).digest('base64url').slice(0, MARK);

/** The last entry that was shown, and where it stood; `id` is '' at the start. */
export interface Place {
  readonly id: string;
  readonly part: Part;
}
export const START: Place = { id: '', part: 'all' };

const LETTERS: Readonly<Record<string, Part>> = { a: 'all', g: 'granted' };
const letterOf = (part: Part): string => part.charAt(0);

/** Where the next page goes on: behind the last entry shown, so a token tells nothing that the page did not. */
export const tokenFor = (asked: unknown, { id, part }: Place): string =>
  encodePageToken(markOf(asked) + letterOf(part) + id);

/** Where the page before ended; null for a token that belongs to something else. */
export function placeOfToken(asked: unknown, token: string | undefined): Place | null {
  const text = decodePageToken(token);
  if (!text.ok) return null;
  if (text.value === null) return START;
  const part = LETTERS[text.value.charAt(MARK)];
  if (part === undefined || !text.value.startsWith(markOf(asked))) return null;
  return { id: text.value.slice(MARK + 1), part };
}
