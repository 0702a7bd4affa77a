/** A text as it is printed. */
export interface SeenText {
  readonly text: string;
  /** Some characters are written by their codes. */
  readonly coded: boolean;
}

/** What leaves no mark on paper: controls, marks of direction and joining, halves of pairs, selectors of variants. */
const UNSEEN = /[\p{C}\p{Variation_Selector}]/u;
const LINE_END = /\r\n?|[\u2028\u2029]/g;
/** A letter with its marks, which fonts hold as one character. */
const MARKED = /\P{M}\p{M}+/gu;

const codeOf = (character: string): string =>
  `[U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`;

/**
 * Nothing vanishes on a paper that somebody signs: what the font does not have, and what nobody would see, is written by
 * its code, [U+1F600].
 */
export function seenText(raw: string, has: (character: string) => boolean): SeenText {
  const plain = raw
    .replace(LINE_END, '\n')
    .replaceAll('\t', ' ')
    .replace(MARKED, (marked) => marked.normalize('NFC'));
  let text = '';
  let coded = false;
  for (const character of plain) {
    const seen = character === '\n' || (!UNSEEN.test(character) && has(character));
    text += seen ? character : codeOf(character);
    coded ||= !seen;
  }
  return { text, coded };
}
