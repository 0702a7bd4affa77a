import { constants, type Stats } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';

/** Bytes read at a time. */
const READ_AT_ONCE = 262_144;
/**
 * Bytes handed on at a time: the text of a piece is small enough to be collected young. Texts of eight times as many
 * outlived the collections of what their cells left behind, which took a third of the time of a reading.
 */
const PIECE = 32_768;
/** A pipe in place of a file answers at once instead of waiting for its writer. */
const READ = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

const stateOf = ({ size, mtimeMs }: Stats): string => `${size} ${mtimeMs}`;

/** A file as it was when it was opened: what is written to it later is not read, and is noticed. */
export class SourceFile {
  private constructor(
    readonly path: string,
    readonly bytes: number,
    private readonly handle: FileHandle,
    private readonly state: string,
  ) {}

  /** Null where there is no regular file that can be read; a link leads to what it names. */
  static async open(path: string): Promise<SourceFile | null> {
    const handle = await open(path, READ).catch(() => null);
    if (handle === null) return null;
    const stats = await handle.stat();
    if (stats.isFile()) return new SourceFile(path, stats.size, handle, stateOf(stats));
    await handle.close();
    return null;
  }

  /** Up to `length` bytes from `offset`. */
  async at(offset: number, length: number): Promise<Buffer> {
    const buffer = Buffer.allocUnsafe(Math.max(0, Math.min(length, this.bytes - offset)));
    let filled = 0;
    while (filled < buffer.length) {
      const { bytesRead } = await this.handle.read(buffer, filled, buffer.length - filled, offset + filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return buffer.subarray(0, filled);
  }

  /** The bytes in order, the next ones being read while these are looked at. */
  async *pieces(from = 0, to = this.bytes): AsyncGenerator<Buffer> {
    let next = this.at(from, Math.min(READ_AT_ONCE, to - from));
    try {
      for (let at = from; at < to; at += READ_AT_ONCE) {
        const read = await next;
        if (read.length === 0) return;
        const after = at + READ_AT_ONCE;
        if (after < to) next = this.at(after, Math.min(READ_AT_ONCE, to - after));
        for (let start = 0; start < read.length; start += PIECE) yield read.subarray(start, start + PIECE);
      }
    } finally {
      await next.catch(() => undefined);
    }
  }

  /** Whether the file is still what was opened. */
  async isUnchanged(): Promise<boolean> {
    return stateOf(await this.handle.stat()) === this.state;
  }

  async close(): Promise<void> {
    await this.handle.close();
  }
}
