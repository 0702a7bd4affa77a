import { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { LIMITS } from './limits.js';
import type { TableFault } from './rows.js';

const DELIMITERS = [',', '\t', ';', '|'] as const;

/** The separator that the first line with any holds most often outside quotes; lines above it only caption the table. */
export function delimiterOf(sample: string): string {
  for (const line of sample.split(/\r\n|\n|\r/, 10)) {
    const bare = line.replace(/"(?:[^"]|"")*"/g, '');
    const counts = DELIMITERS.map((delimiter) => bare.split(delimiter).length - 1);
    const most = Math.max(...counts);
    if (most > 0) return DELIMITERS[counts.indexOf(most)] ?? ',';
  }
  return ',';
}

/** What a record was answered with: a fault stops the reading. */
export type Taken = TableFault | null | Promise<TableFault | null>;

/**
 * Reads records one after another, every cell as text, and hands each to `take`. A quote that is never closed, or a
 * record longer than the limit, stops the reading with a fault: rows that were not seen must not count as harmless.
 */
export async function readDelimited(
  pieces: AsyncIterable<string>,
  delimiter: string,
  take: (cells: readonly string[]) => Taken,
): Promise<TableFault | null> {
  const parser = parse({
    delimiter,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: LIMITS.recordBytes,
  });
  const source = Readable.from(pieces, { objectMode: true });
  source.on('error', (error) => parser.destroy(error));
  source.pipe(parser);
  try {
    for await (const record of parser as AsyncIterable<string[]>) {
      const taken = take(record);
      const fault = taken instanceof Promise ? await taken : taken;
      if (fault !== null) return fault;
    }
    return null;
  } catch (error) {
    return faultOf(error);
  } finally {
    source.destroy();
    parser.destroy();
  }
}

/** What of a parser's complaint is the file's fault; anything else is thrown on. */
function faultOf(error: unknown): TableFault {
  if (!(error instanceof CsvError)) throw error;
  return error.code === 'CSV_MAX_RECORD_SIZE'
    ? { code: 'record-too-long', detail: `a record is longer than ${LIMITS.recordBytes} characters` }
    : { code: 'broken-quoting', detail: `the quoting breaks off (${error.code})` };
}
