import { isUtf8 } from 'node:buffer';
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

/** Two Chinese characters of UTF-8 in a row, as bytes. */
const HAN_OF_UTF8 = /(?:[\xe4-\xe9][\x80-\xbf]{2}){2}/;
/** Bytes beyond ASCII, one after another. */
const BEYOND_ASCII = /[\x80-\xff]+/g;
/** Bytes of a run that has not ended yet which are kept. */
const RUN = 65_536;

/**
 * Counts the Chinese characters in runs of UTF-8 inside a file of another Chinese encoding, which reads an even number of
 * them as characters that nobody wrote. A run goes from one ASCII character to the next, is UTF-8 from end to end and has
 * two Chinese characters in a row. Of the texts of three characters of GB 2312, 186 × 96 × 496 of 6,763³ come to that by
 * accident, three in a hundred thousand, each with a rare character first; longer ones less often.
 */
class RunsOfUtf8 {
  private rest: Uint8Array = Buffer.alloc(0);

  count(piece: Buffer): number {
    const bytes = Buffer.concat([this.rest, piece]);
    let end = bytes.length;
    while (end > 0 && (bytes[end - 1] as number) > 0x7f) end -= 1;
    this.rest = bytes.length - end > RUN ? Buffer.alloc(0) : bytes.subarray(end);
    return this.inText(bytes.toString('latin1', 0, end));
  }

  end = (): number => this.inText(Buffer.from(this.rest).toString('latin1'));

  private inText(text: string): number {
    if (!HAN_OF_UTF8.test(text)) return 0;
    return (text.match(BEYOND_ASCII) ?? []).reduce((sum, run) => sum + this.inRun(run), 0);
  }

  private inRun(run: string): number {
    if (!HAN_OF_UTF8.test(run)) return 0;
    const bytes = Buffer.from(run, 'latin1');
    return isUtf8(bytes) ? (bytes.toString().match(/\p{Script=Han}/gu) ?? []).length : 0;
  }
}

/** Decodes a file piece by piece; counts characters that could not be read. */
export async function* decoded(
  file: Pick<SourceFile, 'pieces'>,
  encoding: Encoding,
  counts: Pick<Counts, 'brokenCharacters'>,
): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  const broken = (text: string): string => {
    if (text.includes('\ufffd')) counts.brokenCharacters += text.split('\ufffd').length - 1;
    return text;
  };
  const others = encoding === 'gb18030' || encoding === 'big5' ? new RunsOfUtf8() : null;
  for await (const piece of file.pieces()) {
    counts.brokenCharacters += others?.count(piece) ?? 0;
    const text = broken(decoder.decode(piece, { stream: true }));
    if (text !== '') yield text;
  }
  counts.brokenCharacters += others?.end() ?? 0;
  const rest = broken(decoder.decode());
  if (rest !== '') yield rest;
}

/** The beginning of the text, for the separator and the header. */
export async function beginning(file: SourceFile, encoding: Encoding): Promise<string> {
  const first = await file.at(0, LIMITS.headerSample * 4);
  return new TextDecoder(encoding).decode(first, { stream: true }).slice(0, LIMITS.headerSample);
}

/** Hands the pieces on and stops at the first mark. `passed`: called when one was taken. */
async function* watched(pieces: AsyncIterable<string>, mark: Mark, passed: () => void): AsyncGenerator<string> {
  let before = '';
  for await (const piece of pieces) {
    if (mark?.test(piece) || mark?.test(before + piece.slice(0, OVERLAP))) throw new Marked();
    before = piece.slice(-OVERLAP);
    yield piece;
    passed();
  }
}

/** A file as text, piece by piece: stops at the first mark, and tells how far it is in bytes of the file. */
export function textOf(
  { file, mark, watch }: { readonly file: SourceFile; readonly mark: Mark; readonly watch: Watch },
  encoding: Encoding,
  counts: Pick<Counts, 'brokenCharacters'>,
): AsyncGenerator<string> {
  let read = 0;
  const counting = {
    async *pieces(): AsyncGenerator<Buffer> {
      for await (const piece of file.pieces()) {
        read += piece.length;
        yield piece;
      }
    },
  };
  const tell = (): void => watch.tell({ phase: 'reading', bytes: read, of: file.bytes });
  return watched(decoded(counting, encoding, counts), mark, tell);
}
