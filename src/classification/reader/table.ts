import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { TextDecoder } from 'node:util';
import { CsvError, parse } from 'csv-parse';
import type { Encoding } from './encoding.js';

/** Limits that keep memory bounded whatever the file holds. */
export const LIMITS = { recordBytes: 4 * 1024 * 1024, columns: 4096, headerSample: 65_536 } as const;

export type TableFault =
  | { readonly code: 'record-too-long' | 'broken-quoting' | 'too-many-columns'; readonly detail: string }
  | { readonly code: 'no-header' | 'no-rows' | 'not-a-table' | 'state-secret'; readonly detail: string };

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

/** True for JSON and markup: their lines would pass for a table of one column in which nothing is found. */
export const isMarkup = (sample: string): boolean => /^\ufeff?\s*(?:[{[]\s*["{[\]}]|<[a-z!?/])/i.test(sample);

/** The beginning of the text, for the separator and the header. */
export async function beginning(path: string, encoding: Encoding): Promise<string> {
  let text = '';
  for await (const piece of decoded(path, encoding, { rows: 0, brokenRows: 0, brokenCharacters: 0 })) {
    text += piece;
    if (text.length >= LIMITS.headerSample) break;
  }
  return text.slice(0, LIMITS.headerSample);
}

/** The text carries a mark that forbids reading on. */
class Marked extends Error {}

/** Longer than any mark, so that one across two pieces is seen. */
const OVERLAP = 32;

/** Hands the pieces on and stops at the first mark. */
async function* watched(pieces: AsyncIterable<string>, mark: RegExp | null): AsyncGenerator<string> {
  let before = '';
  for await (const piece of pieces) {
    if (mark?.test(before + piece)) throw new Marked();
    before = piece.slice(-OVERLAP);
    yield piece;
  }
}

export interface Reading {
  readonly encoding: Encoding;
  readonly delimiter: string;
  /** A secrecy mark, wherever it stands: nothing after it is read. */
  readonly mark: RegExp | null;
}

/**
 * Reads records one after another, every cell as text, and hands each to `row`. A quote that is never
 * closed, or a record longer than the limit, stops the reading with a fault: rows that were not seen must not count as
 * harmless.
 */
export async function readTable(
  path: string,
  { encoding, delimiter, mark }: Reading,
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
  const source = Readable.from(watched(decoded(path, encoding, counts), mark), { objectMode: true });
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
  if (error instanceof Marked) return { code: 'state-secret', detail: 'the table carries a secrecy mark' };
  if (!(error instanceof CsvError)) throw error;
  return error.code === 'CSV_MAX_RECORD_SIZE'
    ? { code: 'record-too-long', detail: `a record is longer than ${LIMITS.recordBytes} characters` }
    : { code: 'broken-quoting', detail: `the quoting breaks off (${error.code})` };
}
