import { Watch } from './limits.js';
import { MemoryTable } from './memory-table.js';
import { openParquet } from './read-parquet.js';
import { isFault, isParquet, type ReadingOptions, readSource, withSource } from './read-source.js';
import type { Reading, Source } from './reading.js';
import { type RowSink, shared, type TableFault } from './rows.js';
import type { Tabular } from './tabular.js';

export interface OpenOptions extends ReadingOptions {
  /** Takes the rows in the same pass. */
  readonly sink?: RowSink;
}

/** A table that can be asked until it is closed, and how it was read. */
export interface OpenTable {
  readonly table: Tabular;
  readonly reading: Reading;
}

const NOBODY: RowSink = { column: () => undefined, row: () => undefined };

/** A Parquet file is asked where it lies; its rows are only read one by one where somebody takes them. */
async function openWhereItLies(source: Source, options: OpenOptions): Promise<OpenTable | TableFault | null> {
  let table: Tabular | null = null;
  const outcome = await withSource<OpenTable | Other>(source, options.sink ?? NOBODY, options, async (task) => {
    if (!(await isParquet(task))) return { other: true };
    const opened = await openParquet(task);
    if ('code' in opened) return opened;
    ({ table } = opened);
    if (options.sink !== undefined) await opened.pour();
    return opened;
  }).catch(async (error: unknown) => {
    await table?.close();
    throw error;
  });
  if ('other' in outcome) return null;
  if (isFault(outcome)) await (table as Tabular | null)?.close();
  return outcome;
}
interface Other {
  readonly other: true;
}

/** Loads all rows into a table in memory. */
async function load(source: Source, options: OpenOptions, watch: Watch): Promise<OpenTable | TableFault> {
  const filling = await MemoryTable.filling(watch, options.memory);
  try {
    const sinks = options.sink === undefined ? [filling] : [filling, options.sink];
    const reading = await readSource(source, shared(sinks), { ...options, budget: watch.left });
    if (!isFault(reading)) return { table: await filling.done(), reading };
    filling.abandon();
    return reading;
  } catch (error) {
    filling.abandon();
    throw error;
  }
}

/**
 * Opens a source as a table that is asked by SQL; close it. The budget covers the reading and every question after it.
 * A fault says why there is none: not assessed, rather than half read.
 */
export async function openTable(source: Source, options: OpenOptions = {}): Promise<OpenTable | TableFault> {
  const watch = new Watch(options);
  return (await openWhereItLies(source, options)) ?? load(source, options, watch);
}
