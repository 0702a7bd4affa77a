/**
 * Splits text into what is indexed. Latin and other alphabets: whole words. Chinese and kana: every two neighbouring
 * characters (bigrams), because words are not marked in writing and a query is often two characters long; a run of a
 * single character is its own token. Width and case do not matter (NFKC, lower case).
 */
const SEPARATOR = 0;
const WORD = 1;
const CJK = 2;
const CJK_PATTERN = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Cs}]/u;
const WORD_PATTERN = /[\p{L}\p{N}\p{M}]/u;

/** Class of every UTF-16 unit, found once; surrogate halves count as Chinese, so that rare characters are bigrams. */
const classes = new Uint8Array(65_536).fill(255);

function classOf(unit: number): number {
  const known = classes[unit];
  if (known !== 255 && known !== undefined) return known;
  const character = String.fromCharCode(unit);
  const found = CJK_PATTERN.test(character) ? CJK : WORD_PATTERN.test(character) ? WORD : SEPARATOR;
  classes[unit] = found;
  return found;
}

/** Same text, whatever its width and case. */
export const foldText = (text: string): string => text.normalize('NFKC').toLowerCase();

/** True for a token made of Chinese characters or kana. */
export const isChinese = (token: string): boolean => classOf(token.charCodeAt(0)) === CJK;

/** Whether the word stands in this folded text, and not only as a part of longer ones. */
export function standsWhole(folded: string, word: string): boolean {
  const inWord = (at: number): boolean => at >= 0 && at < folded.length && classOf(folded.charCodeAt(at)) === WORD;
  for (let at = folded.indexOf(word); at >= 0; at = folded.indexOf(word, at + 1))
    if (!inWord(at - 1) && !inWord(at + word.length)) return true;
  return false;
}

/** Calls `word` for each word and `run` for each run of Chinese characters of already folded text. */
function eachRun(folded: string, word: (text: string) => void, run: (text: string) => void): void {
  let start = 0;
  let current = SEPARATOR;
  for (let at = 0; at <= folded.length; at++) {
    const kind = at === folded.length ? SEPARATOR : classOf(folded.charCodeAt(at));
    if (kind === current) continue;
    if (current === WORD) word(folded.slice(start, at));
    else if (current === CJK) run(folded.slice(start, at));
    start = at;
    current = kind;
  }
}

/** Every token of a text, each once. */
export function tokensOf(text: string, into: Set<string> = new Set()): Set<string> {
  eachRun(
    foldText(text),
    (word) => into.add(word),
    (run) => {
      if (run.length === 1) into.add(run);
      for (let at = 0; at + 1 < run.length; at++) into.add(run.slice(at, at + 2));
    },
  );
  return into;
}

/** One thing a query asks for; all of them must be found. */
export type Term =
  /** A word that starts so; of one character only that word itself. */
  | { readonly kind: 'word'; readonly text: string }
  /** Two neighbouring characters. */
  | { readonly kind: 'pair'; readonly text: string }
  /** A single Chinese character, anywhere. */
  | { readonly kind: 'character'; readonly text: string };

/** Terms beyond this many are not looked at: they would only narrow further. */
export const MAX_TERMS = 31;

/** What a query asks for, each term once. */
export function termsOf(query: string): readonly Term[] {
  const terms = new Map<string, Term>();
  const add = (term: Term) => terms.set(term.text, term);
  eachRun(
    foldText(query),
    (text) => add({ kind: 'word', text }),
    (run) => {
      if (run.length === 1) add({ kind: 'character', text: run });
      for (let at = 0; at + 1 < run.length; at++) add({ kind: 'pair', text: run.slice(at, at + 2) });
    },
  );
  return [...terms.values()].slice(0, MAX_TERMS);
}
