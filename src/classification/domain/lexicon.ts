import type { Lexicon, LexiconEntry } from './pack.js';

/** A lexicon entry made ready: finds the first of its terms that a text really means. */
export interface Matcher {
  /** The term as the text writes it, folded; or null. */
  find(text: string): string | null;
  /** The same on a text that was prepared once for many matchers. */
  findIn(text: Prepared): string | null;
}

/** A text in the two spellings that terms and marks are compared with. */
export interface Prepared {
  readonly marked: string;
  readonly folded: string;
}

const SPECIAL = /[.*+?^${}()|[\]\\/]/g;
const escape = (term: string): string => term.replace(SPECIAL, '\\$&');

/** One spelling for comparison: compatibility forms folded (full-width digits), lower case, one blank between words. */
export const fold = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_]+/gu, ' ')
    .trim();

export const prepared = (text: string): Prepared => ({
  // Blanks first become one: looking for a colon behind a long run of them would start again at each.
  marked: text.normalize('NFKC').replace(/\s+/gu, ' ').replace(/ ?: ?/gu, ':'),
  folded: fold(text),
});

/** English terms stand between non-letters, with an optional plural; a trailing `*` lets the word go on. */
const english = (term: string): string => {
  const open = term.endsWith('*');
  const body = escape(fold(open ? term.slice(0, -1) : term)).replaceAll(' ', '[\\s\\-]+');
  return `(?<![a-z0-9])${body}${open ? '[a-z]*' : '(?:s|es)?'}(?![a-z0-9])`;
};

const byLength = (a: string, b: string): number => b.length - a.length || (a < b ? -1 : 1);
const alternatives = (terms: readonly string[], write: (term: string) => string): string =>
  [...terms].sort(byLength).map(write).join('|');

/** How far before a term a negation still reaches, in characters. */
const REACH = 48;

const enWords = (terms: readonly string[]): string =>
  alternatives(terms, (term) => `(?<![a-z])${escape(fold(term)).replaceAll(' ', '\\s+')}(?![a-z])`);
const zhWords = (terms: readonly string[]): string => alternatives(terms, (term) => escape(fold(term)));

/** Whether the clause turns the term at `start..end` round: "does not contain …", "… has been removed", 不涉及…. */
function negationOf({
  zh,
  en,
  direct,
  after,
}: Lexicon['negations']): (text: string, start: number, end: number) => boolean {
  const leading = new RegExp(
    `(?:${zhWords(direct)})$|(?:${zhWords(zh)})[^，。；,;.!?！？]{0,12}$|(?:${enWords(en)})[^.;!?]{0,${REACH}}$`,
    'u',
  );
  const trailing = new RegExp(
    `^(?:[^，。；,;.!?]{0,4}(?:${zhWords(after.zh)})|[^.,;!?]{0,24}(?:${enWords(after.en)}))`,
    'u',
  );
  return (text, start, end) =>
    leading.test(text.slice(Math.max(0, start - 2 * REACH), start)) || trailing.test(text.slice(end, end + 2 * REACH));
}

/** Finds a mark in raw text, in whatever width its colon is written; null where there are no marks. */
export function markPattern(marks: readonly string[] = []): RegExp | null {
  if (marks.length === 0) return null;
  return new RegExp(
    alternatives(marks, (mark) => escape(mark).replaceAll(':', '\\s*[:：]\\s*')),
    'u',
  );
}

interface Span {
  readonly start: number;
  readonly end: number;
}
const spanOf = (match: RegExpMatchArray): Span => {
  const start = match.index ?? 0;
  return { start, end: start + match[0].length };
};

/**
 * Compiles an entry. Terms are literals, so the pattern's cost is linear in the text. A hit that overlaps an
 * `except` word, or that its clause negates, does not count. Marks count wherever they stand.
 */
export function matcherOf(entry: LexiconEntry, negations: Lexicon['negations']): Matcher {
  const terms = [zhWords(entry.zh ?? []), alternatives(entry.en ?? [], english)].filter((part) => part !== '');
  const pattern = terms.length === 0 ? null : new RegExp(terms.join('|'), 'gu');
  // Most texts hold no term, and asking only that is far cheaper than beginning to look for all of them.
  const any = terms.length === 0 ? null : new RegExp(terms.join('|'), 'u');
  const except = entry.except === undefined ? null : new RegExp(zhWords(entry.except), 'gu');
  const marks = (entry.marks ?? []).map((mark) => mark.normalize('NFKC'));
  const negated = negationOf(negations);
  const findIn = ({ marked, folded }: Prepared): string | null => {
    const mark = marks.find((candidate) => marked.includes(candidate));
    if (mark !== undefined) return mark;
    if (pattern === null || any?.test(folded) !== true) return null;
    let excepted: readonly Span[] | null = null;
    for (const match of folded.matchAll(pattern)) {
      const { start, end } = spanOf(match);
      excepted ??= except === null ? [] : [...folded.matchAll(except)].map(spanOf);
      if (!excepted.some((span) => span.start < end && start < span.end) && !negated(folded, start, end))
        return match[0];
    }
    return null;
  };
  return { find: (text) => findIn(prepared(text)), findIn };
}

/** Matchers keep nothing of what they read, and several versions of rules share one lexicon. */
const ready = new WeakMap<Lexicon, ReadonlyMap<string, Matcher>>();

/** All entries of a lexicon by name. */
export function matchersOf(lexicon: Lexicon): ReadonlyMap<string, Matcher> {
  const known = ready.get(lexicon);
  if (known !== undefined) return known;
  const { entries, negations } = lexicon;
  const made = new Map(Object.entries(entries).map(([name, entry]) => [name, matcherOf(entry, negations)]));
  ready.set(lexicon, made);
  return made;
}
