/** How a part of a letter stands on the page. */
export type LetterStyle =
  | 'sender'
  | 'title'
  | 'number'
  | 'rule'
  | 'addressee'
  | 'text'
  | 'item'
  | 'signature'
  | 'note'
  | 'fine';

/** One part of a letter: a paragraph, or a line over the whole width (`rule`, without text). */
export interface LetterPart {
  readonly as: LetterStyle;
  readonly text: string;
  /** A size smaller: a translation beside what it translates. */
  readonly small?: boolean;
}

/** A paper of running text, A4 upright: what a body writes to somebody. */
export interface Letter {
  /** Names the document, and its later pages. */
  readonly name: string;
  readonly parts: readonly LetterPart[];
}
