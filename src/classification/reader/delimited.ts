import { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { LIMITS } from './limits.js';
import { Lines } from './lines.js';
import type { TableFault } from './rows.js';

const DELIMITERS = [',', '\t', ';', '|'] as const;

/** Lines among which the separator is looked for. */
const LINES = 20;
const QUOTED = /"(?:[^"]|"")*"/g;

/** In how many of the lines it stands equally often, and how often. */
function regularity(lines: readonly string[], delimiter: string): { readonly lines: number; readonly count: number } {
  const tally = new Map<number, number>();
  for (const line of lines) {
    const count = line.split(delimiter).length - 1;
    if (count > 0) tally.set(count, (tally.get(count) ?? 0) + 1);
  }
  const [count = 0, most = 0] = [...tally].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0] ?? [];
  return { lines: most, count };
}

/** The separator that gives most of the first lines the same number of cells; lines that only caption the table differ. */
export function delimiterOf(sample: string): string {
  const lines = sample.split(/\r\n|\n|\r/, LINES).map((line) => line.replace(QUOTED, ''));
  const found = DELIMITERS.map((delimiter) => ({ delimiter, ...regularity(lines, delimiter) }));
  const [best] = found.sort((a, b) => b.lines - a.lines || b.count - a.count);
  return best === undefined || best.lines === 0 ? ',' : best.delimiter;
}

/** What a record was answered with: a fault stops the reading. */
export type Taken = TableFault | null | Promise<TableFault | null>;

/**
 * Reads records one after another, every cell as text, and hands each to `take`. Lines may end in whatever way, also mixed,
 * as files joined from several systems do. A quote that is never closed, or a record longer than the limit, stops the
 * reading with a fault: rows that were not seen must not count as harmless.
 *
 * Up to the first quote a record is a line and a cell what stands between separators; that is most of what is handed in,
 * and split five times as fast as a parser of quotes does it. From there on the parser reads.
 */
export async function readDelimited(
  pieces: AsyncIterable<string>,
  delimiter: string,
  take: (cells: readonly string[]) => Taken,
): Promise<TableFault | null> {
  const source = pieces[Symbol.asyncIterator]();
  const lines = new Lines();
  try {
    for (let next = await source.next(); next.done !== true; next = await source.next()) {
      if (next.value.includes('"')) return await parsed(following(lines.rest + next.value, source), delimiter, take);
      for (const line of lines.ended(next.value)) {
        const taken = take(line.split(delimiter));
        const fault = taken instanceof Promise ? await taken : taken;
        if (fault !== null) return fault;
      }
      if (lines.rest.length > LIMITS.recordBytes) return TOO_LONG;
    }
    return lines.rest === '' ? null : await take(lines.rest.split(delimiter));
  } finally {
    await source.return?.();
  }
}

async function* following(text: string, source: AsyncIterator<string>): AsyncGenerator<string> {
  yield text;
  for (let next = await source.next(); next.done !== true; next = await source.next()) yield next.value;
}

async function parsed(
  pieces: AsyncIterable<string>,
  delimiter: string,
  take: (cells: readonly string[]) => Taken,
): Promise<TableFault | null> {
  const parser = parse({
    delimiter,
    record_delimiter: ['\r\n', '\n', '\r'],
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

const TOO_LONG: TableFault = {
  code: 'record-too-long',
  detail: `a record is longer than ${LIMITS.recordBytes} characters`,
};

/** What of a parser's complaint is the file's fault; anything else is thrown on. */
function faultOf(error: unknown): TableFault {
  if (!(error instanceof CsvError)) throw error;
  return error.code === 'CSV_MAX_RECORD_SIZE'
    ? TOO_LONG
    : { code: 'broken-quoting', detail: `the quoting breaks off (${error.code})` };
}
