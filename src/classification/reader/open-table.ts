import { Watch } from './limits.js';
import { MemoryTable } from './memory-table.js';
import { isFault, type Reading, type ReadingOptions, readSource, type Source } from './read-source.js';
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

/**
 * Reads a source into a table that is asked by SQL; close it. The budget covers the reading and every question after it.
 * A fault says why there is none: not assessed, rather than half read.
 */
export async function openTable(source: Source, options: OpenOptions = {}): Promise<OpenTable | TableFault> {
  const watch = new Watch(options);
  const filling = await MemoryTable.filling(watch);
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
