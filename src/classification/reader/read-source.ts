import { beginning, type Mark, Marked, textOf } from './text-pieces.js';
import { delimiterOf, readDelimited } from './delimited.js';
import { recognise, type TextFile } from './encoding.js';
import { HeadedRows } from './headed-rows.js';
import { type Allowance, OutOfMemory, TimeUp, Watch } from './limits.js';
import { isJson, isNdjson, readJson } from './read-json.js';
import { readParquet } from './read-parquet.js';
import { readWorkbook } from './read-workbook.js';
import { PLAIN, type Reading, type Source, type Task } from './reading.js';
import type { Counts, RowSink, TableFault } from './rows.js';
import { SourceFile } from './source-file.js';

export interface ReadingOptions extends Allowance {
  /** Marks of secrecy; none are looked for without it. */
  readonly mark?: Mark;
  /** What a private database may hold in memory, as DuckDB writes it; 256MB without it. */
  readonly memory?: string;
}

export const isFault = (outcome: object): outcome is TableFault => 'code' in outcome;

/** True for markup: its lines would pass for a table of one column in which nothing is found. */
const isMarkup = (sample: string): boolean => /^\ufeff?\s*<[a-z!?/]/i.test(sample);

async function readText(task: Task): Promise<Reading | TableFault> {
  const { file, watch } = task;
  const text = await recognise(file, watch);
  if ('binary' in text) return { code: 'binary-file', detail: `it is ${text.binary}, not a table of text` };
  const sample = await beginning(file, text.encoding);
  if (isMarkup(sample)) return { code: 'not-a-table', detail: 'it begins like markup' };
  if (isJson(sample)) return readJson(task, text, isNdjson(sample) ? 'ndjson' : 'json');
  return readLinesOfCells(task, text, delimiterOf(sample));
}

async function readLinesOfCells(task: Task, text: TextFile, delimiter: string): Promise<Reading | TableFault> {
  const counts: Counts = { rows: 0, brokenRows: 0, brokenCharacters: 0 };
  const { file, source, sink } = task;
  const rows = new HeadedRows(counts, sink, source.header !== false);
  const pieces = textOf(task, text.encoding, counts);
  const fault = (await readDelimited(pieces, delimiter, (cells) => rows.take(cells))) ?? (await rows.end());
  if (fault !== null) return fault;
  return { ...PLAIN, format: 'csv', ...text, bytes: file.bytes, delimiter, ...counts, ...rows.said };
}

/** By the first bytes, whatever the file is called. */
async function readFormat(task: Task): Promise<Reading | TableFault> {
  const first = await firstOf(task.file);
  if (first === 'PK\x03\x04') return readWorkbook(task);
  return first === 'PAR1' ? readParquet(task) : readText(task);
}
const firstOf = async (file: SourceFile): Promise<string> => (await file.at(0, 4)).toString('latin1');
export const isParquet = async ({ file }: Task): Promise<boolean> => (await firstOf(file)) === 'PAR1';

/** What of an error ends a reading with an answer; anything else, a cancellation too, is thrown on. */
function faultOf(error: unknown): TableFault {
  if (error instanceof Marked) return { code: 'state-secret', detail: 'the table carries a secrecy mark' };
  if (error instanceof TimeUp) return { code: 'time-up', detail: 'the time given was spent before all was read' };
  if (error instanceof OutOfMemory)
    return { code: 'out-of-memory', detail: 'the table is larger than the memory given' };
  throw error;
}

/** Opens a source for `work`, and closes it after; its errors become the fault that they are. */
export async function withSource<Outcome extends object>(
  source: Source,
  sink: RowSink,
  options: ReadingOptions,
  work: (task: Task) => Promise<Outcome | TableFault>,
): Promise<Outcome | TableFault> {
  const { mark = null, memory } = options;
  const watch = new Watch(options);
  const file = await SourceFile.open(source.path);
  if (file === null) return { code: 'not-found', detail: 'there is no such file' };
  try {
    if (file.bytes === 0) return { code: 'empty-file', detail: 'the file has no bytes' };
    const outcome = await work({ file, source, sink, mark, watch, memory });
    if (isFault(outcome) || (await file.isUnchanged())) return outcome;
    return { code: 'changed-while-read', detail: 'the file was written to while it was read' };
  } catch (error) {
    return faultOf(error);
  } finally {
    await file.close();
  }
}

/**
 * Reads a source from its first byte to its last and hands columns and rows to `sink`. Memory is bounded, nothing is
 * written anywhere. A source that is no table gives a fault; a cancelled reading throws its signal's reason.
 */
export const readSource = (
  source: Source,
  sink: RowSink,
  options: ReadingOptions = {},
): Promise<Reading | TableFault> => withSource(source, sink, options, readFormat);
