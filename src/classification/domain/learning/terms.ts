import type { Facts } from '../facts.js';
import { fold, type Matcher, prepared } from '../lexicon.js';

/** Counted up when the same facts give other terms; a model of another version is not asked. */
export const TERMS_VERSION = 1;

const WORD = /[a-z][a-z0-9]+|\p{Script=Han}+/gu;
const STOP = new Set(
  `a an and any are as at be been by can data dataset datasets for from has have in information into is it its may not of on or
  other that the their these this those to used using was we were which will with within who also each all such than through
  under per more been about between during via`.split(/\s+/),
);

/** One form for singular and plural; nothing cleverer, so that a term can be read on screen. */
const singular = (word: string): string =>
  word.length > 4 && word.endsWith('ies')
    ? `${word.slice(0, -3)}y`
    : word.length > 3 && word.endsWith('s') && !/(?:ss|us|is)$/.test(word)
      ? word.slice(0, -1)
      : word;

/** Chinese is read by pairs of characters, which needs no dictionary. */
const pairs = (run: string): string[] => {
  const characters = [...run];
  if (characters.length === 1) return characters;
  return characters.slice(1).map((character, index) => `${characters[index]}${character}`);
};

/** Words of a text in their order; Chinese runs by overlapping pairs of characters. */
function wordsOf(text: string): string[] {
  return (fold(text).match(WORD) ?? []).flatMap((word) => {
    if (/^\p{Script=Han}/u.test(word)) return pairs(word);
    return STOP.has(word) ? [] : [singular(word)];
  });
}

const neighbours = (words: readonly string[]): string[] =>
  words.slice(1).map((word, index) => `${words[index]} ${word}`);

/** Whether the publisher's stated reason may be read; without it only what describes the data itself counts. */
export type Track = 'facts' | 'with-reason';

/**
 * Entries of the pack's lexicon that the texts mean, as `cue:`, and `cue-in-title:` where the title or a keyword does.
 * They say the same in both languages and of records that share no word.
 */
function cuesOf(facts: Facts, matchers: ReadonlyMap<string, Matcher>): string[] {
  const heading = prepared([facts.title.zh, facts.title.en, ...(facts.keywords ?? [])].join(' . '));
  const body = prepared([facts.abstract?.zh, facts.abstract?.en].join(' . '));
  return [...matchers].flatMap(([name, matcher]) => {
    if (matcher.findIn(heading) !== null) return [`cue-in-title:${name}`, `cue:${name}`];
    return matcher.findIn(body) === null ? [] : [`cue:${name}`];
  });
}

/**
 * The terms of a record, each once, in a fixed order: words of title, abstract, keywords and items; a title's words
 * also as `title:` and by neighbouring pairs; the update frequency; entries of the lexicon. Never the declared tier or
 * the distributions, which state the answer or follow from it; the stated rights only on the track that names them.
 */
export function termsOf(facts: Facts, track: Track, matchers: ReadonlyMap<string, Matcher>): string[] {
  const title = [facts.title.zh, facts.title.en].flatMap((text) => wordsOf(text ?? ''));
  const items = (facts.items ?? []).flatMap((item) => [item.name, item.title?.zh ?? '', item.title?.en ?? '']);
  const body = [facts.abstract?.zh ?? '', facts.abstract?.en ?? '', ...(facts.keywords ?? [])].flatMap(wordsOf);
  const rights = track === 'with-reason' ? wordsOf(`${facts.rights ?? ''} ${facts.legalBasis ?? ''}`) : [];
  const terms = [
    ...title,
    ...title.map((word) => `title:${word}`),
    ...neighbours(title),
    ...body,
    ...items.flatMap(wordsOf).map((word) => `item:${word}`),
    ...rights.map((word) => `rights:${word}`),
    ...neighbours(rights).map((pair) => `rights:${pair}`),
    ...(facts.updateFrequency === undefined ? [] : [`frequency:${fold(facts.updateFrequency)}`]),
    ...cuesOf(facts, matchers),
  ];
  return [...new Set(terms)].sort();
}
