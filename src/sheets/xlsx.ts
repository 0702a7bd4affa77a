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

function addTable(writer: Writer, { title, columns }: Sheet): Worksheet {
  const hasEntries = columns.some(({ kind }) => kind === 'entry');
  const sheet = writer.addWorksheet((title.zh ?? title.en ?? 'Sheet').slice(0, 31), {
    views: [{ state: 'frozen', ySplit: 1 }],
    pageSetup: { orientation: 'landscape', paperSize: 9, fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
  });
  sheet.columns = columns.map(({ width, kind }) => ({ width, hidden: kind === 'hidden' }));
  if (hasEntries) void (sheet as unknown as { protect(word: string, options: object): unknown }).protect('', FREE);
  return sheet;
}
/** What a person may still do on a protected sheet: everything but changing the columns that are not theirs. */
const FREE = {
  selectLockedCells: true,
  selectUnlockedCells: true,
  formatColumns: true,
  formatRows: true,
  sort: true,
  autoFilter: true,
};

/** A place to sign, as a line of its own. */
const toFillIn = ({ zh, en }: Text): Text => ({
  ...(zh === undefined ? {} : { zh: `${zh}：` }),
  ...(en === undefined ? {} : { en: `${en}:` }),
});

async function write(writer: Writer, sheet: Sheet): Promise<void> {
  const table = addTable(writer, sheet);
  writeHead(table, sheet.columns);
  for await (const cells of sheet.rows) writeRow(table, sheet.columns, cells);
  table.commit();
  const notes = writer.addWorksheet('说明 Notes');
  notes.columns = [{ width: 110 }];
  for (const line of [sheet.title, ...sheet.notes, ...(sheet.signatures ?? []).map(toFillIn)]) {
    const row = notes.addRow([inBoth(line)]);
    row.getCell(1).alignment = { wrapText: true };
    row.commit();
  }
  notes.commit();
  if (sheet.marks !== undefined) {
    const marks = writer.addWorksheet(MARKS_SHEET, { state: 'veryHidden' });
    for (const pair of Object.entries(sheet.marks)) marks.addRow(pair).commit();
    marks.commit();
  }
  await writer.commit();
}

/** The sheet as a workbook, written as its rows are read. The same rows give the same bytes. */
export async function* workbookOf(sheet: Sheet): AsyncGenerator<Uint8Array> {
  const stream = new PassThrough();
  const writer = writerTo(stream);
  const written = write(writer, sheet).catch((error: unknown) => {
    stream.destroy(error as Error);
  });
  for await (const piece of stream as AsyncIterable<Uint8Array>) yield piece;
  await written;
}
