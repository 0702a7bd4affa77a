import { inBoth, type Sheet, type SheetCell } from '../sheet.js';
import { brokenLines } from './broken-lines.js';
import { CELL, FLOOR, heightOf, INNER, linesIn, PAGE, type Place, placesOf } from './page-layout.js';
import type { PaperFont } from './paper-font.js';
import { seenText } from './seen-text.js';
import { SheetsOfPaper } from './sheets-of-paper.js';

/** All of a sheet but its rows. */
export type PaperHead = Pick<Sheet, 'title' | 'notes' | 'columns' | 'signatures'>;

const NOTE = { size: 8, leading: 11 } as const;
/** Room to sign in. */
const SIGNING = 64;
/** Cells that are remembered as lines, and how long one may be: publishers, tiers and grounds come again and again. */
const REMEMBERED = 2000;
const SHORT = 1000;
const CODED = {
  zh: '字库中没有的字符以编码表示，如 [U+1F600]。',
  en: 'Characters that the font does not have are written by their codes, like [U+1F600].',
};

/** A sheet on paper, row by row: its head on every page, no row cut that fits on one, a place to sign at the end. */
export class Paper {
  private readonly pages: SheetsOfPaper;
  private readonly places: readonly Place[];
  private readonly headings: readonly (readonly string[])[];
  /** Positions of the columns that are shown. */
  private readonly shown: readonly number[];
  private readonly broken = new Map<string, readonly string[]>();
  private y = 0;
  private tableTop = 0;
  private rows = 0;
  private coded = false;

  constructor(
    private readonly head: PaperHead,
    private readonly font: PaperFont,
  ) {
    this.shown = head.columns.flatMap(({ kind }, at) => (kind === 'hidden' ? [] : [at]));
    const columns = head.columns.filter(({ kind }) => kind !== 'hidden');
    this.places = placesOf(columns);
    this.headings = columns.map(({ heading }, at) => this.linesOf(inBoth(heading), this.places[at]));
    this.pages = new SheetsOfPaper(inBoth(head.title).replace('\n', ' '), font);
    this.pages.turn();
    this.begin();
    this.beginTable();
  }

  row(cells: readonly SheetCell[]): void {
    const columns = this.shown.map((at, index) => this.linesOf(`${cells[at] ?? ''}`, this.places[index]));
    const count = Math.max(1, ...columns.map(({ length }) => length));
    this.rows += 1;
    if (heightOf(count) > this.room && (heightOf(count) <= this.roomOfPage || linesIn(this.room) < 1)) this.turn();
    for (let from = 0; from < count; ) {
      const taken = Math.min(count - from, linesIn(this.room));
      this.draw(columns, from, taken);
      from += taken;
      if (from < count) this.turn();
    }
  }

  end(): void {
    this.endTable();
    const { signatures = [] } = this.head;
    const lines = [{ zh: `共 ${this.rows} 行。`, en: `${this.rows} rows in all.` }, ...(this.coded ? [CODED] : [])];
    const height = lines.length * NOTE.leading + (signatures.length > 0 ? SIGNING : 0) + 8;
    if (height > this.room) this.nextPage();
    this.y += 6;
    for (const line of lines) this.note(inBoth(line).replace('\n', '  '));
    for (const [at, signature] of signatures.entries()) {
      const width = INNER / signatures.length;
      const x = PAGE.side + at * width;
      this.pages.write(inBoth(signature).replace('\n', '  '), x, this.y + 12, NOTE.size);
      this.pages.line(x, this.y + SIGNING - 8, x + width - 24, this.y + SIGNING - 8);
    }
    this.pages.end();
  }

  /** What is ready to leave. */
  *taken(): Generator<Uint8Array> {
    for (let piece = this.pages.take(); piece !== null; piece = this.pages.take()) yield piece;
  }

  private get room(): number {
    return FLOOR - this.y;
  }
  /** Room for rows on a page that holds nothing else. */
  private get roomOfPage(): number {
    return FLOOR - PAGE.top - NOTE.leading - 4 - this.headHeight;
  }
  private get headHeight(): number {
    return heightOf(Math.max(1, ...this.headings.map(({ length }) => length)));
  }

  private linesOf(text: string, place: Place | undefined, size: number = CELL.size): readonly string[] {
    const width = ((place?.width ?? INNER) - 2 * CELL.across) / size;
    const key = `${width} ${text}`;
    const known = this.broken.get(key);
    if (known !== undefined) return known;
    const seen = seenText(text, (character) => this.font.has(character));
    this.coded ||= seen.coded;
    const lines = brokenLines(seen.text, width, (piece) => this.font.widthOf(piece));
    if (this.broken.size >= REMEMBERED) this.broken.clear();
    if (text.length < SHORT) this.broken.set(key, lines);
    return lines;
  }

  private note(text: string): void {
    for (const line of this.linesOf(text, undefined, NOTE.size)) {
      this.pages.write(line, PAGE.side, this.y, NOTE.size, { faint: true });
      this.y += NOTE.leading;
    }
  }

  /** The head of the first page. */
  private begin(): void {
    const { title, notes } = this.head;
    this.y = PAGE.top;
    this.pages.write(title.zh ?? title.en ?? '', PAGE.side, this.y, 16, { bold: true });
    this.y += 24;
    if (title.zh !== undefined && title.en !== undefined) {
      this.pages.write(title.en, PAGE.side, this.y, 10.5);
      this.y += 18;
    }
    for (const note of notes) this.note(inBoth(note));
    this.y += 6;
  }

  /** Later pages say what they belong to. */
  private nextPage(): void {
    this.pages.turn();
    this.y = PAGE.top;
    this.pages.write(inBoth(this.head.title).replace('\n', '  '), PAGE.side, this.y, NOTE.size, { faint: true });
    this.y += NOTE.leading + 4;
  }

  private turn(): void {
    this.endTable();
    this.nextPage();
    this.beginTable();
  }

  private beginTable(): void {
    this.tableTop = this.y;
    this.pages.box(PAGE.side, this.y, INNER, this.headHeight);
    this.pages.line(PAGE.side, this.y, PAGE.side + INNER, this.y);
    this.draw(this.headings, 0, Math.max(1, ...this.headings.map(({ length }) => length)), true);
  }

  private endTable(): void {
    for (const x of [...this.places.map((place) => place.x), PAGE.side + INNER])
      this.pages.line(x, this.tableTop, x, this.y);
  }

  private draw(columns: readonly (readonly string[])[], from: number, count: number, bold = false): void {
    for (const [at, { x }] of this.places.entries())
      for (const [line, text] of (columns[at] ?? []).slice(from, from + count).entries())
        this.pages.write(text, x + CELL.across, this.y + CELL.down + line * CELL.leading, CELL.size, { bold });
    this.y += heightOf(count);
    this.pages.line(PAGE.side, this.y, PAGE.side + INNER, this.y);
  }
}
