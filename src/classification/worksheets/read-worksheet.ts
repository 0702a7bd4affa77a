import { MARKS_SHEET } from '../../sheets/index.js';
import { WORKSHEET_FIELDS, WORKSHEET_ROWS, type WrittenRow } from '../domain/worksheet.js';
import { TimeUp, Watch } from '../reader/limits.js';
import { SourceFile } from '../reader/source-file.js';
import { dateFormats, relations, type SheetPlace, sharedStrings, sheetsOf } from '../reader/workbook/parts.js';
import { type SheetContext, SheetRows } from '../reader/workbook/sheet-rows.js';
import { BrokenXml, readXml, type XmlTaker } from '../reader/workbook/xml.js';
import { ArchiveBomb, BrokenZip, unpacked, Unpacking, type ZipEntry, zipEntries } from '../reader/workbook/zip.js';
import { WORKSHEET_HEADINGS, WORKSHEET_MARK } from './worksheet-sheet.js';

/** Why a workbook is none of ours, or cannot be read. */
export type WorksheetFault = 'foreign-worksheet' | 'unreadable-worksheet' | 'too-many-rows';

export const isWorksheetFault = (value: readonly WrittenRow[] | WorksheetFault): value is WorksheetFault =>
  typeof value === 'string';

/** Milliseconds a worksheet may take. */
const BUDGET = 20_000;

/** Rows with their numbers, and whether a formula stands in them. */
class Rows implements XmlTaker {
  readonly done: WrittenRow[] = [];
  private readonly inner: SheetRows;
  private number = 0;
  private formula = false;

  constructor(context: SheetContext) {
    this.inner = new SheetRows(context);
  }

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    if (name === 'row') {
      this.number = Number(attributes['r'] ?? this.number + 1);
      this.formula = false;
    }
    if (name === 'f') this.formula = true;
    this.inner.open(name, attributes);
  }

  text(text: string): void {
    this.inner.text(text);
  }

  close(name: string): void {
    this.inner.close(name);
    if (name !== 'row') return;
    const { number, formula } = this;
    for (const cells of this.inner.rows()) this.done.push({ number, cells, formula });
  }
}

class Workbook {
  private readonly all: Unpacking;

  private constructor(
    private readonly file: SourceFile,
    private readonly entries: ReadonlyMap<string, ZipEntry>,
    private readonly watch: Watch,
  ) {
    this.all = new Unpacking(file.bytes);
  }

  static async of(file: SourceFile): Promise<Workbook> {
    return new Workbook(file, await zipEntries(file), new Watch({ budget: BUDGET }));
  }

  async *part(path: string): AsyncGenerator<Buffer> {
    const entry = this.entries.get(path);
    if (entry === undefined) return;
    for await (const piece of unpacked(this.file, entry, this.all)) {
      this.watch.check();
      yield piece;
    }
  }

  async sheets(): Promise<readonly SheetPlace[]> {
    const places = await relations(this.part('xl/_rels/workbook.xml.rels'), null);
    return (await sheetsOf(this.part('xl/workbook.xml'), places, null)).sheets;
  }

  async rows(place: SheetPlace, most: number): Promise<readonly WrittenRow[]> {
    const strings = await sharedStrings(this.part('xl/sharedStrings.xml'), null);
    const dates = await dateFormats(this.part('xl/styles.xml'), null);
    const taker = new Rows({ strings, dates, from1904: false });
    for await (const _ of readXml(this.part(place.path), taker, null)) if (taker.done.length > most) break;
    return taker.done;
  }
}

/** Our mark, on the hidden sheet that the worksheet went out with. */
async function isOurs(book: Workbook, sheets: readonly SheetPlace[]): Promise<boolean> {
  const place = sheets.find(({ name }) => name === MARKS_SHEET);
  if (place === undefined) return false;
  const marks = new Map((await book.rows(place, 10)).map(({ cells }) => [cells[0], cells[1]]));
  return Object.entries(WORKSHEET_MARK).every(([name, value]) => marks.get(name) === value);
}

async function readBook(book: Workbook): Promise<readonly WrittenRow[] | WorksheetFault> {
  const sheets = await book.sheets();
  const [table] = sheets;
  if (table === undefined || !(await isOurs(book, sheets))) return 'foreign-worksheet';
  const [head, ...rows] = await book.rows(table, WORKSHEET_ROWS + 1);
  const headings = WORKSHEET_FIELDS.map((_, at) => head?.cells[at]?.replaceAll('\r', '') ?? '');
  if (headings.some((heading, at) => heading !== WORKSHEET_HEADINGS[at])) return 'foreign-worksheet';
  return rows.length > WORKSHEET_ROWS ? 'too-many-rows' : rows;
}

/** The rows of a worksheet that came back. Unpacked piece by piece, in bounded memory and time. */
export async function readWorksheet(path: string): Promise<readonly WrittenRow[] | WorksheetFault> {
  const file = await SourceFile.open(path);
  if (file === null) return 'unreadable-worksheet';
  try {
    return await readBook(await Workbook.of(file));
  } catch (error) {
    if (
      error instanceof BrokenZip ||
      error instanceof BrokenXml ||
      error instanceof ArchiveBomb ||
      error instanceof TimeUp
    )
      return 'unreadable-worksheet';
    throw error;
  } finally {
    await file.close();
  }
}
