import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import exceljs from 'exceljs';
import type { Text } from '../kernel/text.js';
import { inBoth, MARKS_SHEET, type Sheet, type SheetCell, type SheetColumn } from './sheet.js';

/** Every part of the archive bears this time, so that the same sheet gives the same bytes. */
const TIME = new Date('2018-04-01T00:00:00Z');
/** The longest text a cell may hold. */
const LONGEST = 32_000;
/** Excel refuses a list of choices longer than this. */
const CHOICES = 255;

type Writer = exceljs.stream.xlsx.WorkbookWriter;
type Worksheet = ReturnType<Writer['addWorksheet']>;

interface Archive {
  append(source: unknown, data: object): unknown;
}
type Base = new (options: object) => Writer & { readonly zip: Archive; addThemes(): Promise<void> };

/** A writer whose archive bears one time throughout; its first part is added while it is being made. */
class DatedWriter extends (exceljs.stream.xlsx.WorkbookWriter as unknown as Base) {
  override addThemes(): Promise<void> {
    const append = this.zip.append.bind(this.zip);
    this.zip.append = (source, data) => append(source, { ...data, date: TIME });
    return super.addThemes();
  }
}

const writerTo = (stream: PassThrough): Writer =>
  new DatedWriter({
    stream,
    useStyles: true,
    useSharedStrings: false,
    created: TIME,
    modified: TIME,
    creator: 'Tiergate',
    lastModifiedBy: 'Tiergate',
  });

/** What XML cannot hold: control characters but for tab and line ends, and two that are no characters. */
const isHeld = (character: string): boolean => /[\t\n\r]|[^\p{Cc}\ufffe\uffff]/u.test(character);

/** What XML cannot hold is left out. Text that begins like a formula stays text: cells are written as strings. */
const shown = (cell: SheetCell): SheetCell =>
  typeof cell === 'string' ? Array.from(cell.slice(0, LONGEST)).filter(isHeld).join('') : cell;

const HEAD_FILL = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFE4ECF3' } } as const;
const ENTRY_FILL = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFFFF8E1' } } as const;
const LINE = { style: 'thin', color: { argb: 'FFB8C4D0' } } as const;
const BORDER = { top: LINE, bottom: LINE, left: LINE, right: LINE };

function writeHead(sheet: Worksheet, columns: readonly SheetColumn[]): void {
  const head = sheet.addRow(columns.map(({ heading }) => inBoth(heading)));
  head.height = 34;
  for (const [at] of columns.entries()) {
    const cell = head.getCell(at + 1);
    cell.font = { bold: true };
    cell.fill = HEAD_FILL;
    cell.border = BORDER;
    cell.alignment = { wrapText: true, vertical: 'middle' };
  }
  head.commit();
}

function writeRow(sheet: Worksheet, columns: readonly SheetColumn[], cells: readonly SheetCell[]): void {
  const row = sheet.addRow(cells.map(shown));
  for (const [at, { kind, choices = [] }] of columns.entries()) {
    const cell = row.getCell(at + 1);
    cell.border = BORDER;
    cell.alignment = { wrapText: true, vertical: 'top' };
    if (kind === 'entry') {
      cell.protection = { locked: false };
      cell.fill = ENTRY_FILL;
    }
    const list = choices.join(',');
    if (choices.length > 0 && list.length < CHOICES)
      cell.dataValidation = {
        type: 'list',
        allowBlank: true,
        formulae: [`"${list}"`],
        showErrorMessage: true,
        errorStyle: 'stop',
      };
  }
  row.commit();
}

function addTable(writer: Writer, { title, columns }: WorkbookHead): Worksheet {
  const hasEntries = columns.some(({ kind }) => kind === 'entry');
  const sheet = writer.addWorksheet((title.zh ?? title.en ?? 'Sheet').slice(0, 31), {
    views: [{ state: 'frozen', ySplit: 1 }],
    pageSetup: { orientation: 'landscape', paperSize: 9, fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
  });
  sheet.columns = columns.map(({ width, kind }) => ({ width, hidden: kind === 'hidden' }));
  if (hasEntries) void (sheet as unknown as { protect(word: string, options: object): unknown }).protect('', FREE);
  return sheet;
}
/**
 * What a person may still do on a protected sheet: everything but changing the columns that are not theirs. Not sort: of
 * a protected sheet only the open columns could be, away from the rows they belong to.
 */
const FREE = {
  selectLockedCells: true,
  selectUnlockedCells: true,
  formatColumns: true,
  formatRows: true,
  autoFilter: true,
};

/** A place to sign, as a line of its own. */
const toFillIn = ({ zh, en }: Text): Text => ({
  ...(zh === undefined ? {} : { zh: `${zh}：` }),
  ...(en === undefined ? {} : { en: `${en}:` }),
});

function writeNotes(writer: Writer, { title, notes, signatures = [] }: WorkbookHead): void {
  const sheet = writer.addWorksheet('说明 Notes');
  sheet.columns = [{ width: 110 }];
  for (const line of [title, ...notes, ...signatures.map(toFillIn)]) {
    const row = sheet.addRow([inBoth(line)]);
    row.getCell(1).alignment = { wrapText: true };
    row.commit();
  }
  sheet.commit();
}

function writeMarks(writer: Writer, marks: NonNullable<Sheet['marks']>): void {
  const sheet = writer.addWorksheet(MARKS_SHEET, { state: 'veryHidden' });
  for (const pair of Object.entries(marks)) sheet.addRow(pair).commit();
  sheet.commit();
}

/** All of a sheet but its rows. */
export type WorkbookHead = Omit<Sheet, 'rows'>;

/** A workbook while it is written, row by row. */
export class GrowingWorkbook {
  private readonly stream = new PassThrough();
  private readonly ended = once(this.stream, 'end');
  private readonly writer = writerTo(this.stream);
  private readonly table: Worksheet;
  private pieces: Uint8Array[] = [];

  constructor(private readonly head: WorkbookHead) {
    this.stream.on('data', (piece: Uint8Array) => this.pieces.push(piece));
    this.table = addTable(this.writer, head);
    writeHead(this.table, head.columns);
  }

  row(cells: readonly SheetCell[]): void {
    writeRow(this.table, this.head.columns, cells);
  }

  async end(): Promise<void> {
    this.table.commit();
    writeNotes(this.writer, this.head);
    if (this.head.marks !== undefined) writeMarks(this.writer, this.head.marks);
    await this.writer.commit();
    await this.ended;
  }

  /** What is ready to leave. */
  taken(): readonly Uint8Array[] {
    const { pieces } = this;
    this.pieces = [];
    return pieces;
  }
}
