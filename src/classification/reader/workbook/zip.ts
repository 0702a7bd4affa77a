import { Readable } from 'node:stream';
import { createInflateRaw } from 'node:zlib';
import type { SourceFile } from '../source-file.js';

/** The archive cannot be read. */
export class BrokenZip extends Error {}
/** The archive, or an entry of it, unpacks to far more than such data can. */
export class ArchiveBomb extends Error {}

/**
 * An entry may unpack to this many bytes without suspicion, and beyond that to so many times its packed size; all that is
 * unpacked of an archive, the same bytes of two entries twice, to no more than so many times its size, nor ever to more.
 */
export const UNPACKED = {
  freely: 64 * 1024 * 1024,
  times: 250,
  allTimes: 100,
  ever: 4 * 1024 ** 3,
  entries: 10_000,
  directory: 8 * 1024 * 1024,
} as const;

/** Counts what is unpacked of one archive; throws `ArchiveBomb` beyond what it may come to. */
export class Unpacking {
  private bytes = 0;
  private readonly most: number;

  constructor(packed: number) {
    this.most = Math.max(UNPACKED.freely, Math.min(packed * UNPACKED.allTimes, UNPACKED.ever));
  }

  add(bytes: number): void {
    this.bytes += bytes;
    if (this.bytes > this.most) throw new ArchiveBomb();
  }
}

/** A file inside the archive. */
export interface ZipEntry {
  readonly name: string;
  readonly packed: number;
  readonly offset: number;
  /** 0 stored, 8 deflated. */
  readonly method: number;
}

const END = 0x06054b50;
const ENTRY = 0x02014b50;

/** Finds the end record: the last 22 bytes, before a comment of at most 64 KB. */
async function endOf(file: SourceFile): Promise<Buffer> {
  const from = Math.max(0, file.bytes - 65_557);
  const tail = await file.at(from, 65_557);
  for (let at = tail.length - 22; at >= 0; at -= 1) if (tail.readUInt32LE(at) === END) return tail.subarray(at);
  throw new BrokenZip();
}

/** A size that stands elsewhere, in the extension for large archives. */
const ELSEWHERE = 0xffffffff;

/** The directory of the archive, by name. Nothing is unpacked; throws `ArchiveBomb` where it says itself that it is one. */
export async function zipEntries(file: SourceFile): Promise<ReadonlyMap<string, ZipEntry>> {
  const end = await endOf(file);
  const [count, size, offset] = [end.readUInt16LE(10), end.readUInt32LE(12), end.readUInt32LE(16)];
  if (count > UNPACKED.entries || size > UNPACKED.directory) throw new BrokenZip();
  const directory = await file.at(offset, size);
  const entries = new Map<string, ZipEntry>();
  const said = new Unpacking(file.bytes);
  for (let at = 0; entries.size < count && at + 46 <= directory.length; ) {
    if (directory.readUInt32LE(at) !== ENTRY) throw new BrokenZip();
    const [name, extra, comment] = [28, 30, 32].map((field) => directory.readUInt16LE(at + field)) as [
      number,
      number,
      number,
    ];
    const path = directory.toString('utf8', at + 46, at + 46 + name).replaceAll('\\', '/');
    const entry = {
      name: path,
      packed: directory.readUInt32LE(at + 20),
      offset: directory.readUInt32LE(at + 42),
      method: directory.readUInt16LE(at + 10),
    };
    if (entries.has(path)) throw new BrokenZip();
    entries.set(path, entry);
    const size = directory.readUInt32LE(at + 24);
    if (size !== ELSEWHERE) said.add(size);
    at += 46 + name + extra + comment;
  }
  return entries;
}

/** What an entry holds, unpacked piece by piece; throws `ArchiveBomb` before memory or time is spent on one. */
export async function* unpacked(file: SourceFile, entry: ZipEntry, all: Unpacking): AsyncGenerator<Buffer> {
  const head = await file.at(entry.offset, 30);
  if (head.length < 30 || (entry.method !== 0 && entry.method !== 8)) throw new BrokenZip();
  const from = entry.offset + 30 + head.readUInt16LE(26) + head.readUInt16LE(28);
  const packed = file.pieces(from, Math.min(from + entry.packed, file.bytes));
  if (entry.method === 0) {
    for await (const piece of packed) {
      all.add(piece.length);
      yield piece;
    }
    return;
  }
  const inflate = createInflateRaw({ chunkSize: 262_144 });
  const source = Readable.from(packed);
  source.on('error', (error) => inflate.destroy(error));
  try {
    let bytes = 0;
    for await (const piece of source.pipe(inflate) as AsyncIterable<Buffer>) {
      bytes += piece.length;
      all.add(piece.length);
      if (bytes > UNPACKED.freely && bytes > entry.packed * UNPACKED.times) throw new ArchiveBomb();
      yield piece;
    }
  } catch (error) {
    throw error instanceof ArchiveBomb ? error : new BrokenZip();
  } finally {
    source.destroy();
    inflate.destroy();
  }
}
