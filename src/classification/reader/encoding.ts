import { isAscii, isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { TextDecoder } from 'node:util';
import { analyse } from 'chardet';
import { Watch } from './limits.js';
import type { SourceFile } from './source-file.js';

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030' | 'big5' | 'windows-1252';
/** What the bytes of a file are: their hash, and the encoding that reads them. */
export interface TextFile {
  readonly sha256: string;
  readonly encoding: Encoding;
}

/** First bytes of formats that are often saved under a wrong name. */
const MAGIC: readonly (readonly [string, readonly number[]])[] = [
  ['a ZIP archive', [0x50, 0x4b]],
  ['an old Office document', [0xd0, 0xcf, 0x11, 0xe0]],
  ['a PDF', [0x25, 0x50, 0x44, 0x46, 0x2d]],
  ['a gzip archive', [0x1f, 0x8b]],
  ['a PNG image', [0x89, 0x50, 0x4e, 0x47]],
  ['a JPEG image', [0xff, 0xd8, 0xff]],
  ['a SQLite database', [0x53, 0x51, 0x4c, 0x69, 0x74, 0x65]],
];

/**
 * Encodings told apart by frequency once the bytes are known not to be UTF-8. Others are not offered: a short Chinese
 * table of names is easily taken for Korean, and its columns would then go unread.
 */
const CHARDET: Readonly<Record<string, Encoding>> = {
  GB18030: 'gb18030',
  Big5: 'big5',
  'ISO-8859-1': 'windows-1252',
  'ISO-8859-2': 'windows-1252',
  'windows-1252': 'windows-1252',
};

const SAMPLE = 65_536;

interface Scan {
  readonly sha256: string;
  /** The piece in which the bytes stop being UTF-8; null when they never do. */
  readonly brokenAt: number | null;
  /** Up to where they are. */
  readonly soundTo: number;
  /** Bytes of characters beyond ASCII read before that. */
  readonly beyondAscii: number;
}

/** One pass: the hash, and how far the bytes are UTF-8. */
async function scan(file: SourceFile, watch: Watch): Promise<Scan> {
  const hash = createHash('sha256');
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let [at, beyondAscii, soundTo] = [0, 0, 0];
  let brokenAt: number | null = null;
  for await (const piece of file.pieces()) {
    hash.update(piece);
    const read = brokenAt === null ? decodedLength(decoder, piece, true) : null;
    if (read !== null) beyondAscii += piece.length - read;
    else if (brokenAt === null) {
      const sound = soundPart(piece);
      beyondAscii += Buffer.byteLength(sound) - sound.length;
      soundTo = at + Buffer.byteLength(sound);
      brokenAt = at;
    }
    at += piece.length;
    watch.tell({ phase: 'recognising', bytes: at, of: file.bytes });
  }
  if (brokenAt === null) soundTo = at;
  if (brokenAt === null && decodedLength(decoder, Buffer.alloc(0), false) === null) brokenAt = Math.max(0, at - SAMPLE);
  return { sha256: hash.digest('hex'), brokenAt, soundTo, beyondAscii };
}

/** Characters of a piece; null when it is not of the decoder's encoding. */
function decodedLength(decoder: TextDecoder, piece: Buffer, stream: boolean): number | null {
  try {
    return decoder.decode(piece, { stream }).length;
  } catch {
    return null;
  }
}

/** A piece up to where it is no UTF-8 any more. */
const soundPart = (piece: Buffer): string => new TextDecoder('utf-8').decode(piece).split('\ufffd', 1)[0] ?? '';

/** Share of the characters beyond ASCII that UTF-8 cannot read. */
function brokenShare(bytes: Buffer): number {
  const beyond = new TextDecoder('utf-8').decode(bytes).match(/[^\0-\x7f]/g) ?? [];
  return beyond.filter((character) => character === '\ufffd').length / Math.max(1, beyond.length);
}

/** No text of another encoding begins with so many bytes that are characters of UTF-8. */
const UTF8 = 32;

/** A file of UTF-8 with some broken bytes, or to which other text was added, stays UTF-8: what is broken is counted. */
const isMostlyUtf8 = (bytes: Buffer, beyondAscii: number, rest: number): boolean =>
  brokenShare(bytes) < 0.1 || (beyondAscii >= UTF8 && beyondAscii > rest / 8);

const HAN = /\p{Script=Han}/gu;

/**
 * Whole lines of Chinese that are UTF-8 from end to end. A line of another Chinese encoding comes to that by accident
 * next to never, as two of its characters would have to be rare ones in a row.
 */
function chineseLines(bytes: Buffer): number {
  let count = 0;
  for (let from = 0, end = bytes.indexOf(10); end >= 0; from = end + 1, end = bytes.indexOf(10, from)) {
    const line = bytes.subarray(from, end);
    if (!isAscii(line) && isUtf8(line) && (line.toString().match(HAN)?.length ?? 0) >= 2) count += 1;
  }
  return count;
}

/**
 * Whether lines of UTF-8 stand before or after lines of something else: no encoding reads both. It is then read as
 * UTF-8, because in that one what is not of it counts as broken and a person is asked; the others would give the lines of
 * UTF-8 characters that nobody wrote, and find nothing in them.
 */
async function isMixed(file: SourceFile, soundTo: number): Promise<boolean> {
  const before = Math.min(soundTo, SAMPLE);
  if (before > 0 && chineseLines(await file.at(soundTo - before, before)) > 0) return true;
  const after = Math.min(file.bytes - soundTo, SAMPLE);
  return chineseLines(await file.at(file.bytes - after, after)) > 1;
}

/** UTF-16 without a mark: nearly every second byte of a table in a Latin script or with separators is zero. */
function utf16Of(bytes: Buffer): Encoding | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const zeros = [0, 0];
  for (let index = 0; index < bytes.length; index += 1)
    if (bytes[index] === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  const many = bytes.length / 16;
  if (odd > many && even < odd / 20) return 'utf-16le';
  return even > many && odd < even / 20 ? 'utf-16be' : null;
}

const kindOf = (bytes: Buffer): string | null =>
  MAGIC.find(([, magic]) => magic.every((byte, index) => bytes[index] === byte))?.[0] ?? null;

/** A byte below the blank that no text file uses. */
const isControl = (byte: number): boolean => byte < 9 || (byte > 13 && byte < 32 && byte !== 27);

type Bytes = readonly [from: number, to: number];
/** Where the characters of daily use lie: the first level of GB 2312, of Big5, each by lead and trail byte. */
const DAILY: Readonly<Record<'gb18030' | 'big5', { readonly lead: Bytes; readonly trail: readonly Bytes[] }>> = {
  gb18030: { lead: [0xb0, 0xd7], trail: [[0xa1, 0xfe]] },
  big5: {
    lead: [0xa4, 0xc6],
    trail: [
      [0x40, 0x7e],
      [0xa1, 0xfe],
    ],
  },
};
const within = (byte: number, [from, to]: Bytes): boolean => byte >= from && byte <= to;

/** Share of the two-byte characters that are in daily use, if the bytes are read as this encoding. */
function dailyShare(bytes: Buffer, encoding: keyof typeof DAILY): number {
  const { lead, trail } = DAILY[encoding];
  let pairs = 0;
  let daily = 0;
  for (let at = 0; at + 1 < bytes.length; at += 1) {
    const first = bytes[at] as number;
    if (first < 0x80) continue;
    const second = bytes[at + 1] as number;
    at += 1;
    pairs += 1;
    if (within(first, lead) && trail.some((range) => within(second, range))) daily += 1;
  }
  return pairs === 0 ? 0 : daily / pairs;
}

/**
 * Chinese is told by its characters of daily use, because a table of numbers under a Chinese header has too few of them
 * for statistics; in doubt the mainland's encoding. Only what is no Chinese is left to frequency.
 */
function detected(bytes: Buffer): Encoding {
  const [gb18030, big5] = [dailyShare(bytes, 'gb18030'), dailyShare(bytes, 'big5')];
  if (Math.max(gb18030, big5) > 0.5) return gb18030 >= big5 ? 'gb18030' : 'big5';
  const guess = analyse(bytes)
    .map((match) => CHARDET[match.name])
    .find((encoding) => encoding !== undefined);
  // Windows-1252 gives every byte a meaning, so that nothing of a mixture of Chinese encodings would count as broken.
  return guess === undefined || (guess === 'windows-1252' && gb18030 > 0.2) ? 'gb18030' : guess;
}

/** Recognises a text file and its encoding, or says what it is instead. Reads the file once, in bounded memory. */
export async function recognise(
  file: SourceFile,
  watch: Watch = new Watch(),
): Promise<TextFile | { readonly binary: string }> {
  const first = await file.at(0, SAMPLE);
  const kind = kindOf(first);
  if (kind !== null) return { binary: kind };
  const wide = utf16Of(first);
  if (wide === null && first.some(isControl)) return { binary: 'not a text file' };
  const { sha256, brokenAt, soundTo, beyondAscii } = await scan(file, watch);
  if (wide !== null) return { sha256, encoding: wide };
  if (brokenAt === null) return { sha256, encoding: 'utf-8' };
  const sample = await file.at(brokenAt, SAMPLE);
  const isUtf8Too = isMostlyUtf8(sample, beyondAscii, file.bytes - soundTo) || (await isMixed(file, soundTo));
  if (isUtf8Too) return { sha256, encoding: 'utf-8' };
  return { sha256, encoding: detected(sample) };
}
