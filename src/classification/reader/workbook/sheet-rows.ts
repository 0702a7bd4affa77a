import { LIMITS } from '../limits.js';
import { dateText } from './dates.js';
import type { PackedTexts } from './packed-texts.js';
import { BrokenXml, type XmlTaker } from './xml.js';

/** What the cells of a sheet refer to. */
export interface SheetContext {
  readonly strings: Pick<PackedTexts, 'at'>;
  readonly dates: readonly boolean[];
  readonly from1904: boolean;
}

/** Columns a spreadsheet can have. */
const WIDEST = 16_384;

/** `BC12` is column 54 (from 0). */
function columnOf(reference: string): number {
  let column = 0;
  for (const letter of /^[A-Z]*/i.exec(reference)?.[0].toUpperCase() ?? '')
    column = column * 26 + letter.charCodeAt(0) - 64;
  if (column > WIDEST) throw new BrokenXml();
  return column - 1;
}

/** A number as it is shown, without the noise that a double is written with. */
const numberText = (number: string): string =>
  /[e.]/i.test(number) && number.length > 0 && Number.isFinite(Number(number)) ? String(Number(number)) : number;

/**
 * Takes the markup of a sheet and gathers its rows, every cell as the text it is shown as: of a formula what it came to when
 * the workbook was saved, of a date its day. Empty rows are left out.
 */
export class SheetRows implements XmlTaker {
  private done: string[][] = [];
  private row: string[] = [];
  private next = 0;
  private size = 0;
  private type = '';
  private dated = false;
  private cell: string | null = null;
  private taking = false;
  private beside = false;
  private formula = false;
  /** Cells whose formula was saved without what it comes to. */
  uncalculated = 0;

  constructor(private readonly context: SheetContext) {}

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    if (name === 'row') {
      this.row = [];
      this.next = 0;
      this.size = 0;
    } else if (name === 'c') this.begin(attributes);
    else if (name === 'rPh') this.beside = true;
    else if (name === 'f') this.formula = true;
    else this.taking = this.cell !== null && !this.beside && (name === 'v' || name === 't');
  }

  text(text: string): void {
    if (this.taking) this.cell += text;
  }

  close(name: string): void {
    if (name === 'v' || name === 't') this.taking = false;
    else if (name === 'rPh') this.beside = false;
    else if (name === 'c') this.end();
    else if (name === 'row' && this.row.length > 0) this.done.push(Array.from(this.row, (cell) => cell ?? ''));
  }

  /** The rows gathered since it was last called. */
  rows(): readonly (readonly string[])[] {
    const rows = this.done;
    this.done = [];
    return rows;
  }

  private begin({ r = '', t = 'n', s = '0' }: Readonly<Record<string, string>>): void {
    if (r !== '') this.next = columnOf(r);
    if (this.next >= WIDEST) throw new BrokenXml();
    this.type = t;
    this.dated = this.context.dates[Number(s)] === true;
    this.cell = '';
    this.formula = false;
  }

  private end(): void {
    const text = this.shown(this.cell ?? '');
    if (text !== '') this.row[this.next] = text;
    else if (this.formula && this.type !== 'str') this.uncalculated += 1;
    this.size += text.length;
    if (this.size > LIMITS.recordBytes) throw new BrokenXml();
    this.next += 1;
    this.cell = null;
  }

  private shown(text: string): string {
    if (text === '') return '';
    if (this.type === 's') return this.context.strings.at(Number(text)) ?? '';
    if (this.type === 'b') return text === '1' ? 'TRUE' : 'FALSE';
    if (this.type !== 'n') return text;
    return this.dated ? dateText(text, this.context.from1904) : numberText(text);
  }
}
