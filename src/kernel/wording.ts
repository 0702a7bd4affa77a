import type { Language, Text } from './text.js';
import { textIn } from './text.js';

/** A text that exists in both languages. */
export interface Both {
  readonly zh: string;
  readonly en: string;
}

/** What stands in a place of a text: the same in every language, in each its own, or the word of a code. */
export type Value = string | Text | { readonly family: string; readonly code: string };
export type Values = Readonly<Record<string, Value>>;
export type Words = Readonly<Record<string, Readonly<Record<string, Both>>>>;

const PLACE = /\{(\w+)\}/g;
const PART = /\[([^[\]]*)\]/g;

/** The places of a text: those it cannot do without, and those within a part that may be left out. */
export function placesOf(template: string): {
  readonly needed: readonly string[];
  readonly optional: readonly string[];
} {
  const names = (text: string): string[] => [...text.matchAll(PLACE)].map(([, name = '']) => name);
  return {
    needed: names(template.replaceAll(PART, '')),
    optional: [...template.matchAll(PART)].flatMap(([, part = '']) => names(part)),
  };
}

/** Why a template cannot be filled: brackets or braces that do not pair, or an optional part without a place. */
export function faultOfTemplate(template: string): string | null {
  const rest = template.replaceAll(PLACE, '').replaceAll(PART, '');
  if (/[[\]{}]/.test(rest)) return 'brackets or braces do not pair';
  const bare = [...template.matchAll(PART)].find(([, part = '']) => placesOf(part).needed.length === 0);
  return bare === undefined ? null : `nothing decides whether ${bare[0]} is left out`;
}

/**
 * The template with its places filled, once: what a value says is never read as a template. A part in brackets is left
 * out where one of its values is missing; elsewhere a missing value shows as a dash.
 */
export function filled(template: string, values: Values, words: Words, language: Language): string {
  const said = (name: string): string | undefined => sayingOf(values[name], words, language);
  const whole = (text: string): string => text.replaceAll(PLACE, (_all, name: string) => said(name) ?? '—');
  const pieces = template.split(PART);
  return pieces
    .map((piece, at) =>
      at % 2 === 1 && placesOf(piece).needed.some((name) => said(name) === undefined) ? '' : whole(piece),
    )
    .join('');
}

function sayingOf(value: Value | undefined, words: Words, language: Language): string | undefined {
  if (value === undefined || typeof value === 'string') return plainLine(value);
  if ('family' in value) return words[value.family]?.[value.code]?.[language];
  return plainLine(textIn(value, language));
}

/** One line without control characters or marks that turn the direction of writing: it may become a mail's subject. */
const plainLine = (text: string | undefined): string | undefined =>
  text?.replaceAll(/[\p{Cc}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu, ' ').trim();
