import { type NotAssessed, notAssessed } from '../domain/risk/risk.js';
import { OutOfMemory, TimeUp, Watch } from '../reader/limits.js';
import { MemoryTable } from '../reader/memory-table.js';
import type { Source } from '../reader/reading.js';
import { isFault, readSource, type ReadingOptions } from '../reader/read-source.js';
import type { RowSink } from '../reader/rows.js';
import { someColumns } from './row-sinks.js';

/** A file that was read once, to be read again: the same bytes, or no answer. */
export interface ReadBefore {
  readonly source: Source;
  readonly sha256: string;
  readonly columns: readonly string[];
  readonly options: ReadingOptions;
}

const REASONS: Readonly<Record<string, NotAssessed['reason']>> = {
  'time-up': 'time-up',
  'out-of-memory': 'out-of-memory',
};

/** Reads the file again into a sink; says why not when it changed meanwhile, or time or memory were spent. */
export async function readAgain(before: ReadBefore, sink: RowSink): Promise<NotAssessed | null> {
  const reading = await readSource(before.source, sink, before.options);
  if (isFault(reading)) return notAssessed(REASONS[reading.code] ?? 'changed');
  return reading.sha256 === before.sha256 ? null : notAssessed('changed');
}

function endingOf(error: unknown): NotAssessed {
  if (error instanceof OutOfMemory) return notAssessed('out-of-memory');
  if (error instanceof TimeUp) return notAssessed('time-up');
  throw error;
}

/** Some columns of the file as a table that is asked by SQL; close it. */
export async function tableOfColumns(
  before: ReadBefore,
  wanted: readonly string[],
): Promise<MemoryTable | NotAssessed> {
  const filling = await MemoryTable.filling(new Watch(before.options));
  try {
    const missing = await readAgain(before, someColumns(before.columns, wanted, filling));
    if (missing === null) return await filling.done();
    filling.abandon();
    return missing;
  } catch (error) {
    filling.abandon();
    return endingOf(error);
  }
}
