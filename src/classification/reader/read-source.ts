import { beginning, decoded, type Mark, Marked, watched } from './text-pieces.js';
import { delimiterOf, readDelimited } from './delimited.js';
import { type Encoding, recognise } from './encoding.js';
import { HeadedRows } from './headed-rows.js';
import { type Allowance, OutOfMemory, TimeUp, Watch } from './limits.js';
import type { Counts, RowSink, TableFault } from './rows.js';
import { SourceFile } from './source-file.js';

/** A file to read as a table. */
export interface Source {
  readonly path: string;
  /** False when the first record is data already. */
  readonly header?: boolean;
}

export interface ReadingOptions extends Allowance {
  /** Marks of secrecy; none are looked for without it. */
  readonly mark?: Mark;
}

/** What was read, and how: counts and names of columns, never a cell but those above the header. */
export interface Reading extends Readonly<Counts> {
  readonly format: 'csv';
  readonly sha256: string;
  readonly bytes: number;
  readonly encoding: Encoding;
  readonly delimiter: string;
  /** Records above the header that only caption the table. */
  readonly captions: readonly (readonly string[])[];
  readonly duplicateColumns: readonly string[];
  /** Positions, from 1. */
  readonly unnamedColumns: readonly number[];
}

export const isFault = (outcome: object): outcome is TableFault => 'code' in outcome;

/** True for JSON and markup: their lines would pass for a table of one column in which nothing is found. */
const isMarkup = (sample: string): boolean => /^\ufeff?\s*(?:[{[]\s*["{[\]}]|<[a-z!?/])/i.test(sample);

interface Task {
  readonly file: SourceFile;
  readonly source: Source;
  readonly sink: RowSink;
  readonly mark: Mark;
  readonly watch: Watch;
}

async function readText({ file, source, sink, mark, watch }: Task): Promise<Reading | TableFault> {
  const text = await recognise(file, watch);
  if ('binary' in text) return { code: 'binary-file', detail: `it is ${text.binary}, not a table of text` };
  const sample = await beginning(file, text.encoding);
  if (isMarkup(sample)) return { code: 'not-a-table', detail: 'it begins like JSON or markup' };
  const delimiter = delimiterOf(sample);
  const counts: Counts = { rows: 0, brokenRows: 0, brokenCharacters: 0 };
  const rows = new HeadedRows(counts, sink, source.header !== false);
  const pieces = watched(decoded(file, text.encoding, counts), file, mark, watch);
  const fault = (await readDelimited(pieces, delimiter, (cells) => rows.take(cells))) ?? (await rows.end());
  if (fault !== null) return fault;
  return {
    format: 'csv',
    ...text,
    bytes: file.bytes,
    delimiter,
    captions: rows.captions,
    ...counts,
    duplicateColumns: rows.duplicates,
    unnamedColumns: rows.unnamed,
  };
}

/** What of an error ends a reading with an answer; anything else, a cancellation too, is thrown on. */
function faultOf(error: unknown): TableFault {
  if (error instanceof Marked) return { code: 'state-secret', detail: 'the table carries a secrecy mark' };
  if (error instanceof TimeUp) return { code: 'time-up', detail: 'the time given was spent before all was read' };
  if (error instanceof OutOfMemory)
    return { code: 'out-of-memory', detail: 'the table is larger than the memory given' };
  throw error;
}

async function readOpened(task: Task): Promise<Reading | TableFault> {
  try {
    const reading = await readText(task);
    if (isFault(reading) || (await task.file.isUnchanged())) return reading;
    return { code: 'changed-while-read', detail: 'the file was written to while it was read' };
  } catch (error) {
    return faultOf(error);
  }
}

/**
 * Reads a source from its first byte to its last and hands columns and rows to `sink`. Memory is bounded, nothing is
 * written anywhere. A source that is no table gives a fault; a cancelled reading throws its signal's reason.
 */
export async function readSource(
  source: Source,
  sink: RowSink,
  options: ReadingOptions = {},
): Promise<Reading | TableFault> {
  const watch = new Watch(options);
  const file = await SourceFile.open(source.path);
  if (file === null) return { code: 'not-found', detail: 'there is no such file' };
  try {
    if (file.bytes === 0) return { code: 'empty-file', detail: 'the file has no bytes' };
    return await readOpened({ file, source, sink, mark: options.mark ?? null, watch });
  } finally {
    await file.close();
  }
}
