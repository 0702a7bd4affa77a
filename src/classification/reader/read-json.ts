import type { TextFile } from './encoding.js';
import { BrokenJson, jsonCells } from './json-cells.js';
import { JsonSplitter, lines, TooLong } from './json-split.js';
import { LIMITS } from './limits.js';
import { PLAIN, type Reading, type Task } from './reading.js';
import type { Counts, RowSink, TableFault } from './rows.js';
import { textOf } from './text-pieces.js';

/** Records by the names of their cells: a column begins where its name is first met. */
export class NamedRows {
  private readonly places = new Map<string, number>();
  private readonly shown = new Set<string>();

  constructor(
    private readonly counts: Counts,
    private readonly sink: RowSink,
  ) {}

  take(cells: ReadonlyMap<string, string>): TableFault | null | Promise<TableFault | null> {
    if (cells.size === 0) return null;
    const row: string[] = Array.from({ length: this.places.size }, () => '');
    for (const [name, cell] of cells) row[this.placeOf(name)] = cell;
    if (this.places.size > LIMITS.columns)
      return { code: 'too-many-columns', detail: `more than ${LIMITS.columns} columns` };
    this.counts.rows += 1;
    return this.sink.row(row)?.then(() => null) ?? null;
  }

  private placeOf(name: string): number {
    const known = this.places.get(name);
    if (known !== undefined) return known;
    const place = this.places.size;
    this.places.set(name, place);
    if (place < LIMITS.columns) this.sink.column(this.nameOf(name.trim().slice(0, 200) || `column-${place + 1}`));
    return place;
  }

  /** A name that no other column has. */
  private nameOf(base: string): string {
    let name = base;
    for (let count = 2; this.shown.has(name); count += 1) name = `${base}#${count}`;
    this.shown.add(name);
    return name;
  }
}

/** Whether the text begins like JSON: with an object or a list. */
export const isJson = (sample: string): boolean => /^\ufeff?\s*[{[]\s*["{[\]}]/.test(sample);

/** Whether each line is a record of its own: the first is a whole object, and another begins after it. */
export function isNdjson(sample: string): boolean {
  const [first = '', second] = sample
    .replace(/^\ufeff/, '')
    .trimStart()
    .split(/\r?\n/, 2);
  return second?.trimStart().startsWith('{') === true && first.startsWith('{') && broken(first) === null;
}

/** Null for a record that can be read. */
function broken(text: string): TableFault | null {
  try {
    jsonCells(text);
    return null;
  } catch (error) {
    return faultOf(error);
  }
}

function faultOf(error: unknown): TableFault {
  if (error instanceof TooLong)
    return { code: 'record-too-long', detail: `a record is longer than ${LIMITS.recordBytes} characters` };
  if (!(error instanceof BrokenJson)) throw error;
  return { code: 'broken-json', detail: 'the JSON breaks off, or nests too deep' };
}

/** Hands on what can be read of a record, and counts what cannot. */
function takeRecord(text: string, rows: NamedRows, counts: Counts): TableFault | null | Promise<TableFault | null> {
  try {
    return rows.take(jsonCells(text));
  } catch (error) {
    if (!(error instanceof BrokenJson)) throw error;
    counts.brokenRows += 1;
    return null;
  }
}

/** Every line a record. A line that cannot be read is counted. */
async function readLines(pieces: AsyncIterable<string>, rows: NamedRows, counts: Counts): Promise<TableFault | null> {
  for await (const line of lines(pieces)) {
    const fault = await takeRecord(line, rows, counts);
    if (fault !== null) return fault;
  }
  return null;
}

/** One document: its records, or where it has none, the whole of it as the only one. */
async function readDocument(
  pieces: AsyncIterable<string>,
  rows: NamedRows,
  counts: Counts,
  captions: (readonly string[])[],
): Promise<TableFault | null> {
  const splitter = new JsonSplitter();
  for await (const piece of pieces)
    for (const text of splitter.take(piece)) {
      const fault = await takeRecord(text, rows, counts);
      if (fault !== null) return fault;
    }
  splitter.end();
  if (splitter.records === 0) return takeRecord(splitter.outer, rows, counts);
  captions.push(...around(splitter.outer, counts));
  return null;
}

/** What stands around the records, name by name; what cannot be read of it is counted. */
function around(outer: string, counts: Counts): (readonly string[])[] {
  if (broken(outer) === null) return [...jsonCells(outer)].filter(([, cell]) => cell !== '');
  counts.brokenRows += 1;
  return [];
}

/** Reads a document of records, or a record a line. Columns are the names that records use, in the order they are met. */
export async function readJson(task: Task, text: TextFile, format: 'json' | 'ndjson'): Promise<Reading | TableFault> {
  const counts: Counts = { rows: 0, brokenRows: 0, brokenCharacters: 0 };
  const rows = new NamedRows(counts, task.sink);
  const captions: (readonly string[])[] = [];
  const pieces = textOf(task, text.encoding, counts);
  try {
    const reads = format === 'ndjson' ? readLines(pieces, rows, counts) : readDocument(pieces, rows, counts, captions);
    const fault = await reads;
    if (fault !== null) return fault;
  } catch (error) {
    return faultOf(error);
  }
  if (counts.rows === 0) return { code: 'no-rows', detail: 'there is no record that can be read' };
  return { ...PLAIN, format, ...text, bytes: task.file.bytes, ...counts, captions };
}
