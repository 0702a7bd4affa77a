import { hashOf } from './file-hash.js';
import { HeadedRows } from './headed-rows.js';
import { LIMITS } from './limits.js';
import { PLAIN, type Reading, type Task } from './reading.js';
import type { Counts, RowSink, TableFault } from './rows.js';
import { Marked } from './text-pieces.js';
import { dateFormats, relations, type SheetPlace, sharedStrings, sheetsOf } from './workbook/parts.js';
import { PackedTexts } from './workbook/packed-texts.js';
import { type SheetContext, SheetRows } from './workbook/sheet-rows.js';
import { BrokenXml, readXml, takeXml } from './workbook/xml.js';
import { ArchiveBomb, BrokenZip, unpacked, Unpacking, type ZipEntry, zipEntries } from './workbook/zip.js';

const [BOOK, RELATIONS, STRINGS, STYLES] = [
  'xl/workbook.xml',
  'xl/_rels/workbook.xml.rels',
  'xl/sharedStrings.xml',
  'xl/styles.xml',
];

async function* nothing(): AsyncGenerator<Buffer> {}

/** A workbook as it is unpacked, part by part, in whatever order they lie in the archive. */
class Workbook {
  private read = 0;
  private readonly all: Unpacking;

  constructor(
    private readonly task: Task,
    private readonly entries: ReadonlyMap<string, ZipEntry>,
  ) {
    this.all = new Unpacking(task.file.bytes);
  }

  has = (path: string): boolean => this.entries.has(path);

  /** The unpacked bytes of a part; none where the workbook has no such part. */
  async *part(path: string): AsyncGenerator<Buffer> {
    const { file, watch } = this.task;
    const entry = this.entries.get(path);
    for await (const piece of entry === undefined ? nothing() : unpacked(file, entry, this.all)) {
      watch.check();
      yield piece;
    }
    this.read += entry?.packed ?? 0;
    watch.tell({ phase: 'reading', bytes: Math.min(this.read, file.bytes), of: file.bytes });
  }

  /** Looks for a mark in what is not read as a table: comments, drawings, properties, other sheets. */
  async searchRest(known: ReadonlySet<string>): Promise<void> {
    if (this.task.mark === null) return;
    for (const { name } of this.entries.values())
      if (/\.(?:xml|vml)$/i.test(name) && !known.has(name))
        await takeXml(this.part(name), {}, this.task.mark).catch((error: unknown) => {
          if (!(error instanceof BrokenXml)) throw error;
        });
  }
}

/** The columns of one sheet among those of the others: named after it, and set beside theirs. */
class Beside implements RowSink {
  constructor(
    private readonly sink: RowSink,
    private readonly sheet: string | null,
    private readonly places: { used: number },
    private readonly from = places.used,
  ) {}

  column(name: string): void {
    this.places.used += 1;
    this.sink.column(this.sheet === null ? name : `${this.sheet} ${name}`.slice(0, 200));
  }

  row(cells: readonly string[]): void | Promise<void> {
    if (this.from === 0) return this.sink.row(cells);
    return this.sink.row([...Array.from({ length: this.from }, () => ''), ...cells]);
  }
}

async function isFilled(pieces: AsyncIterable<Buffer>): Promise<boolean> {
  let before = '';
  for await (const piece of pieces) {
    const text = before + piece.toString('latin1');
    if (/<(?:\w+:)?[vt][ >]/.test(text)) return true;
    before = text.slice(-32);
  }
  return false;
}

/** The sheet that was asked for, or all that hold anything. */
async function chosen(book: Workbook, sheets: readonly SheetPlace[], asked: string | undefined): Promise<SheetPlace[]> {
  if (asked !== undefined)
    return sheets.filter(({ name }, at) => name === asked || String(at + 1) === asked).slice(0, 1);
  const filled: SheetPlace[] = [];
  for (const sheet of sheets) if (await isFilled(book.part(sheet.path))) filled.push(sheet);
  return filled;
}

interface Sheets {
  readonly book: Workbook;
  readonly context: SheetContext;
  readonly sheets: readonly SheetPlace[];
}

async function readSheet(
  { book, context }: Sheets,
  place: SheetPlace,
  rows: HeadedRows,
  counts: Counts,
  { mark }: Task,
): Promise<TableFault | null> {
  const taker = new SheetRows(context);
  for await (const _ of readXml(book.part(place.path), taker, mark))
    for (const cells of taker.rows()) {
      if (mark?.test(cells.join('\t')) === true) throw new Marked();
      const fault = await rows.take(cells);
      if (fault !== null) return fault;
    }
  if (taker.uncalculated > 0) counts.uncalculated = (counts.uncalculated ?? 0) + taker.uncalculated;
  return null;
}

/** Reads sheet after sheet. One with a single row, in a workbook with others, only captions them. */
async function readSheets(opened: Sheets, task: Task): Promise<Reading | TableFault> {
  const several = opened.sheets.length > 1;
  const counts: Counts = { rows: 0, brokenRows: 0, brokenCharacters: 0 };
  const places = { used: 0 };
  const said: HeadedRows['said'][] = [];
  for (const place of opened.sheets) {
    const sink = new Beside(task.sink, several ? place.name : null, places);
    const rows = new HeadedRows(counts, sink, task.source.header !== false, 'padded');
    const fault = (await readSheet(opened, place, rows, counts, task)) ?? (await rows.end());
    if (fault !== null && !(several && fault.code === 'no-rows')) return fault;
    if (places.used > LIMITS.columns)
      return { code: 'too-many-columns', detail: `${places.used} columns, at most ${LIMITS.columns}` };
    said.push(rows.said);
  }
  if (counts.rows === 0) return { code: 'no-rows', detail: 'there is no row of data' };
  return {
    ...PLAIN,
    format: 'xlsx',
    sha256: await hashOf(task.file, task.watch),
    bytes: task.file.bytes,
    ...counts,
    sheets: opened.sheets.map(({ name }) => name),
    captions: said.flatMap(({ captions }) => captions),
    duplicateColumns: said.flatMap(({ duplicateColumns }) => duplicateColumns),
    unnamedColumns: several ? [] : said.flatMap(({ unnamedColumns }) => unnamedColumns),
  };
}

async function openWorkbook(task: Task, book: Workbook): Promise<Reading | TableFault> {
  const { mark, source } = task;
  const places = await relations(book.part(RELATIONS), mark);
  const { sheets, from1904 } = await sheetsOf(book.part(BOOK), places, mark);
  if (sheets.some(({ name }) => mark?.test(name) === true)) throw new Marked();
  const wanted = await chosen(book, sheets, source.sheet);
  await book.searchRest(new Set([BOOK, RELATIONS, STRINGS, STYLES, ...wanted.map(({ path }) => path)]));
  const strings = book.has(STRINGS) ? await sharedStrings(book.part(STRINGS), mark) : new PackedTexts();
  const dates = book.has(STYLES) ? await dateFormats(book.part(STYLES), mark) : [];
  if (source.sheet !== undefined && wanted.length === 0)
    return { code: 'no-such-sheet', detail: `the workbook has ${sheets.length} sheets, none of that name or place` };
  return readSheets({ book, context: { strings, dates, from1904 }, sheets: wanted }, task);
}

function faultOf(error: unknown): TableFault {
  if (error instanceof ArchiveBomb)
    return { code: 'archive-bomb', detail: 'a part of the workbook unpacks to far more than a table can' };
  if (error instanceof BrokenZip || error instanceof BrokenXml)
    return { code: 'broken-workbook', detail: 'the workbook is damaged, or holds one text of enormous length' };
  throw error;
}

/** Reads an XLSX workbook where it lies: unpacked piece by piece, nothing of it written anywhere. */
export async function readWorkbook(task: Task): Promise<Reading | TableFault> {
  try {
    const entries = await zipEntries(task.file);
    if (!entries.has(BOOK)) return { code: 'binary-file', detail: 'it is a ZIP archive, not a table of text' };
    return await openWorkbook(task, new Workbook(task, entries));
  } catch (error) {
    return faultOf(error);
  }
}
