import type { Letter, LetterPart, LetterStyle } from '../letter.js';
import { brokenLines } from './broken-lines.js';
import type { PaperFont } from './paper-font.js';
import { seenText } from './seen-text.js';
import { SheetsOfPaper, type Strokes } from './sheets-of-paper.js';

/** A4 upright, in points, with the margins of a letter (GB/T 9704 asks for about these). */
const PAGE = { width: 595.28, height: 841.89, side: 68, top: 64, bottom: 58 } as const;
const INNER = PAGE.width - 2 * PAGE.side;
const FLOOR = PAGE.height - PAGE.bottom;
const RUNNING = 8;
/** How much smaller `small` is. */
const SMALL = 0.86;

/** Size, line height, room above, and where lines stand, `left` of them from the margin. */
interface Style extends Strokes {
  readonly size: number;
  readonly leading: number;
  readonly above: number;
  readonly side: 'left' | 'middle' | 'right';
  readonly left?: number;
}

const STYLES: Readonly<Record<Exclude<LetterStyle, 'rule'>, Style>> = {
  sender: { size: 13, leading: 19, above: 4, side: 'middle' },
  title: { size: 20, leading: 28, above: 6, side: 'middle', bold: true },
  number: { size: 10, leading: 15, above: 6, side: 'middle' },
  addressee: { size: 11, leading: 18, above: 10, side: 'left', bold: true },
  text: { size: 10.5, leading: 17, above: 5, side: 'left' },
  item: { size: 10, leading: 15.5, above: 3, side: 'left', left: 21 },
  signature: { size: 10.5, leading: 17, above: 4, side: 'right' },
  note: { size: 8.5, leading: 13, above: 4, side: 'left', faint: true },
  fine: { size: 7.5, leading: 11, above: 3, side: 'left', faint: true },
};

const smaller = (style: Style): Style => ({
  ...style,
  size: style.size * SMALL,
  leading: style.leading * SMALL,
  above: style.above * SMALL,
});

/** A letter on paper: part after part, its name and page numbers on every page. */
export class LetterPaper {
  private readonly pages: SheetsOfPaper;
  private y = 0;

  constructor(
    private readonly letter: Letter,
    private readonly font: PaperFont,
  ) {
    this.pages = new SheetsOfPaper(letter.name, font, PAGE);
    this.pages.turn();
    this.y = PAGE.top;
  }

  end(): void {
    for (const part of this.letter.parts) this.put(part);
    this.pages.end();
  }

  /** What is ready to leave. */
  *taken(): Generator<Uint8Array> {
    for (let piece = this.pages.take(); piece !== null; piece = this.pages.take()) yield piece;
  }

  private put({ as, text, small = false }: LetterPart): void {
    if (as === 'rule') return this.rule();
    const style = small ? smaller(STYLES[as]) : STYLES[as];
    const { left = 0, size, leading, above } = style;
    const seen = seenText(text, (character) => this.font.has(character)).text;
    const lines = brokenLines(seen, (INNER - left) / size, (piece) => this.font.widthOf(piece));
    this.y += above;
    // What is small enough is not cut between pages.
    if (lines.length <= 3 && this.y + lines.length * leading > FLOOR) this.nextPage();
    for (const line of lines) {
      if (this.y + leading > FLOOR) this.nextPage();
      this.pages.write(line, this.placeOf(line, style), this.y, size, style);
      this.y += leading;
    }
  }

  private placeOf(line: string, { side, size, left = 0 }: Style): number {
    const free = INNER - this.font.widthOf(line) * size;
    return PAGE.side + (side === 'left' ? left : side === 'right' ? free : free / 2);
  }

  private rule(): void {
    this.y += 12;
    if (this.y + 24 > FLOOR) this.nextPage();
    this.pages.line(PAGE.side, this.y, PAGE.side + INNER, this.y);
    this.y += 6;
  }

  /** Later pages say what they belong to. */
  private nextPage(): void {
    this.pages.turn();
    this.pages.write(this.letter.name, PAGE.side, PAGE.top - 26, RUNNING, { faint: true });
    this.y = PAGE.top;
  }
}
