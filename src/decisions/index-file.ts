import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { endianness } from 'node:os';
import { dirname } from 'node:path';
import { BLOCKS, type Blocks } from './domain/packed-grants.js';
import type { PackedWorld } from './domain/packed-world.js';
import type { AgreementFacts } from './world-feed.js';

/** What is kept of a world at a stop. */
export interface KeptWorld {
  /** Position of the log that it reflects. */
  readonly revision: number;
  readonly agreements: readonly (readonly [id: string, agreement: AgreementFacts])[];
  readonly world: PackedWorld;
}

interface Head {
  readonly format: number;
  readonly product: string;
  readonly endianness: string;
  /** The database as it was left. */
  readonly database: string;
  readonly revision: number;
  readonly agreements: KeptWorld['agreements'];
  readonly told: PackedWorld['told'];
  readonly lengths: readonly number[];
}

/** One more with every change of what stands in it or how. */
const FORMAT = 2;
const LENGTH_BYTES = 4;
const MAC_BYTES = 32;

/**
 * The decision index beside its database file, so that a start need not read and prove every row again (ADR 0046). It is
 * believed only where it bears our seal, is of this product, and the database is to the letter what it was when the index
 * was put away; otherwise everything is read and proved, as without it.
 */
export class IndexFile {
  private readonly key: Uint8Array;

  constructor(
    private readonly path: string,
    secret: string,
    private readonly product: string,
  ) {
    this.key = new Uint8Array(hkdfSync('sha256', secret, '', 'tiergate decision index v1', 32));
  }

  /** Whole or not at all. */
  write(database: string, { revision, agreements, world }: KeptWorld): void {
    const blocks = BLOCKS.map((name) => world.blocks[name]);
    const head: Head = {
      format: FORMAT,
      product: this.product,
      endianness: endianness(),
      database,
      revision,
      agreements,
      told: world.told,
      lengths: blocks.map(({ length }) => length),
    };
    const text = Buffer.from(JSON.stringify(head));
    const length = Buffer.alloc(LENGTH_BYTES);
    length.writeUInt32LE(text.length);
    const parts = [length, text, ...blocks];
    const draft = `${this.path}.${process.pid}`;
    mkdirSync(dirname(this.path), { recursive: true, mode: 0o700 });
    try {
      writeFileSync(draft, Buffer.concat([this.seal(parts), ...parts]), { mode: 0o600 });
      renameSync(draft, this.path);
    } finally {
      rmSync(draft, { force: true });
    }
  }

  remove(): void {
    rmSync(this.path, { force: true });
  }

  /** What was kept of this database as it stands, or null: where there is none, or it cannot be believed. */
  read(database: string): KeptWorld | null {
    const bytes = contentOf(this.path);
    if (bytes === null || bytes.length < MAC_BYTES + LENGTH_BYTES) return null;
    const sealed = bytes.subarray(MAC_BYTES);
    if (!timingSafeEqual(bytes.subarray(0, MAC_BYTES), this.seal([sealed]))) return null;
    const begin = LENGTH_BYTES + sealed.readUInt32LE();
    const head = JSON.parse(sealed.subarray(LENGTH_BYTES, begin).toString()) as Head;
    const { format, product, revision, agreements, told, lengths } = head;
    if (format !== FORMAT || product !== this.product || head.endianness !== endianness()) return null;
    if (head.database !== database) return null;
    return { revision, agreements, world: { told, blocks: blocksOf(sealed.subarray(begin), lengths) } };
  }

  private seal(parts: readonly Uint8Array[]): Buffer {
    const mac = createHmac('sha256', this.key);
    for (const part of parts) mac.update(part);
    return mac.digest();
  }
}

function contentOf(path: string): Buffer | null {
  try {
    return readFileSync(path);
  } catch {
    return null;
  }
}

function blocksOf(bytes: Buffer, lengths: readonly number[]): Blocks {
  let at = 0;
  const blocks = BLOCKS.map((name, number) => {
    const length = lengths[number] ?? 0;
    const block = bytes.subarray(at, at + length);
    at += length;
    return [name, block] as const;
  });
  return Object.fromEntries(blocks) as unknown as Blocks;
}
