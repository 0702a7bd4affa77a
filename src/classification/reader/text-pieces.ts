import { TextDecoder } from 'node:util';
import type { Encoding } from './encoding.js';
import { LIMITS, type Watch } from './limits.js';
import type { Counts } from './rows.js';
import type { SourceFile } from './source-file.js';

/** The source carries a mark that forbids reading on. */
export class Marked extends Error {
  override readonly name = 'Marked';
}

/** A secrecy mark, wherever it stands: nothing after it is read. Null where the pack knows none. */
export type Mark = RegExp | null;

/** Longer than any mark, so that one across two pieces is seen. */
const OVERLAP = 32;

/** Decodes a file piece by piece; counts characters that could not be read. */
export async function* decoded(
  file: SourceFile,
  encoding: Encoding,
  counts: Pick<Counts, 'brokenCharacters'>,
): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  const broken = (text: string): string => {
    if (text.includes('\ufffd')) counts.brokenCharacters += text.split('\ufffd').length - 1;
    return text;
  };
  for await (const piece of file.pieces()) {
    const text = broken(decoder.decode(piece, { stream: true }));
    if (text !== '') yield text;
  }
  const rest = broken(decoder.decode());
  if (rest !== '') yield rest;
}

/** The beginning of the text, for the separator and the header. */
export async function beginning(file: SourceFile, encoding: Encoding): Promise<string> {
  const first = await file.at(0, LIMITS.headerSample * 4);
  return new TextDecoder(encoding).decode(first, { stream: true }).slice(0, LIMITS.headerSample);
}

/** Hands the pieces on, tells how far they are, and stops at the first mark. */
export async function* watched(
  pieces: AsyncIterable<string>,
  file: SourceFile,
  mark: Mark,
  watch: Watch,
): AsyncGenerator<string> {
  let [before, read] = ['', 0];
  for await (const piece of pieces) {
    if (mark?.test(piece) || mark?.test(before + piece.slice(0, OVERLAP))) throw new Marked();
    before = piece.slice(-OVERLAP);
    yield piece;
    read += Buffer.byteLength(piece);
    watch.tell({ phase: 'reading', bytes: Math.min(read, file.bytes), of: file.bytes });
  }
}
