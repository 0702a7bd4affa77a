import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { TextDecoder } from 'node:util';
import { CsvError, parse } from 'csv-parse';
import type { Encoding } from './encoding.js';

/** Limits that keep memory bounded whatever the file holds. */
export const LIMITS = { recordBytes: 4 * 1024 * 1024, columns: 4096, headerSample: 65_536 } as const;

export type TableFault =
  | { readonly code: 'record-too-long' | 'broken-quoting' | 'too-many-columns'; readonly detail: string }
  | { readonly code: 'no-header' | 'no-rows'; readonly detail: string };

/** What a reader of rows is told at the end. */
export interface Counts {
  rows: number;
  /** Rows whose number of cells is not that of the header. */
  brokenRows: number;
  /** Characters that the encoding could not read. */
  brokenCharacters: number;
}

/** Decodes a file piece by piece; counts characters that could not be read. */
async function* decoded(path: string, encoding: Encoding, counts: Counts): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  const broken = (text: string): string => {
    if (text.includes('\ufffd')) counts.brokenCharacters += text.split('\ufffd').length - 1;
    return text;
  };
  for await (const chunk of createReadStream(path, { highWaterMark: 262_144 }) as AsyncIterable<Buffer>) {
    const text = broken(decoder.decode(chunk, { stream: true }));
    if (text !== '') yield text;
  }
  const rest = broken(decoder.decode());
  if (rest !== '') yield rest;
}

const DELIMITERS = [',', '\t', ';', '|'] as const;

/** The separator that the first line holds most often outside quotes. */
export function delimiterOf(sample: string): string {
  const line = sample.split(/\r\n|\n|\r/, 1)[0] ?? '';
  const bare = line.replace(/"(?:[^"]|"")*"/g, '');
  const counts = DELIMITERS.map((delimiter) => bare.split(delimiter).length - 1);
  return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ',';
}

/** The beginning of the text, for the separator and the header. */
export async function beginning(path: string, encoding: Encoding): Promise<string> {
  let text = '';
  for await (const piece of decoded(path, encoding, { rows: 0, brokenRows: 0, brokenCharacters: 0 })) {
    text += piece;
    if (text.length >= LIMITS.headerSample) break;
  }
  return text.slice(0, LIMITS.headerSample);
}

/**
 * Reads records one after another, every cell as text, and hands each to `row`. A quote that is never
 * closed, or a record longer than the limit, stops the reading with a fault: rows that were not seen must not count as
 * harmless.
 */
export async function readTable(
  path: string,
  { encoding, delimiter }: { encoding: Encoding; delimiter: string },
  counts: Counts,
  row: (cells: readonly string[]) => TableFault | null,
): Promise<TableFault | null> {
  const parser = parse({
    delimiter,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: LIMITS.recordBytes,
  });
  const source = Readable.from(decoded(path, encoding, counts), { objectMode: true });
  source.on('error', (error) => parser.destroy(error));
  source.pipe(parser);
  try {
    for await (const record of parser as AsyncIterable<string[]>) {
      const fault = row(record);
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
