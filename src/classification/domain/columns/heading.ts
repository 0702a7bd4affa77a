import { fold, type Matcher, matcherOf } from '../lexicon.js';
import type { ColumnType, HeadingWords } from './column-types.js';

const NO_NEGATIONS = { zh: ['不含'], en: ['non'], direct: ['非'], after: { zh: ['已去除'], en: ['removed'] } };

/** A heading read as words: `patientName`, `patient_name_2` and `PATIENT.NAME` say what `patient name` says. */
export const headingWords = (heading: string): string =>
  heading
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .replace(/([A-Za-z])(\d)/g, '$1 $2')
    .replace(/(\d)([A-Za-z])/g, '$1 $2')
    .replace(/[_.\-/:#]+/g, ' ')
    .trim();

/** Whether a heading counts or averages, and so names nobody whatever else it says. */
export function aggregateReader({ zh = [], en = [], except = [] }: HeadingWords): (heading: string) => boolean {
  const words = matcherOf({ en }, NO_NEGATIONS);
  return (heading) => {
    const plain = fold(heading);
    if (except.some((word) => plain.endsWith(word))) return false;
    return zh.some((word) => plain.endsWith(word)) || words.find(headingWords(heading)) !== null;
  };
}

/** What a heading says of a type: it names it, it is one of the bare words, or nothing. */
export type Said = 'cue' | 'hint' | null;

export type HeadingReader = (heading: string) => Said;

/** Made once per type; the words are literals, so that the cost is linear in the heading. */
export function headingReader({ cues, hints = [] }: Pick<ColumnType, 'cues' | 'hints'>): HeadingReader {
  const cue: Matcher = matcherOf(cues, NO_NEGATIONS);
  const bare = new Set(hints.map(fold));
  return (heading) => {
    const words = headingWords(heading);
    if (cue.find(words) !== null) return 'cue';
    return bare.has(fold(words).replace(/ \d+$/, '')) ? 'hint' : null;
  };
}
