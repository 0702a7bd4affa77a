import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { access, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { Id } from '../kernel/ids.js';
import type { Instant } from '../kernel/time.js';

/** The upload is longer than allowed. */
export class TooLarge extends Error {}

/** What was kept of an upload. */
export interface Kept {
  readonly bytes: number;
  readonly sha256: string;
}

/**
 * Uploaded files on this machine for as long as they are worked on. `kind` ends their names: uploads of several kinds
 * lie in one folder, and each kind sweeps its own. Only this account may read them.
 */
export class Spool {
  constructor(
    private readonly folder: string,
    private readonly kind: 'import' | 'sample' | 'worksheet' | 'fusion' | 'attachment',
  ) {}

  /** Writes the upload to disk; it appears under its name only when it is whole. Throws `TooLarge` beyond `limit` bytes. */
  async keep(id: Id, upload: Readable, limit: number): Promise<Kept> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    const part = `${this.path(id)}.part`;
    try {
      const kept = await this.write(part, upload, limit);
      await rename(part, this.path(id));
      return kept;
    } catch (error) {
      await rm(part, { force: true });
      throw error;
    }
  }

  read(id: Id): AsyncIterable<Uint8Array> {
    return createReadStream(this.path(id), { highWaterMark: 262_144 });
  }

  async has(id: Id): Promise<boolean> {
    return access(this.path(id)).then(
      () => true,
      () => false,
    );
  }

  async drop(id: Id): Promise<void> {
    await rm(this.path(id), { force: true });
  }

  /** Throws away what a crash left: what nobody in `open` asks for and was not written to for `quiet` milliseconds. */
  async sweep(open: ReadonlySet<Id>, now: Instant, quiet: number): Promise<void> {
    const names = await readdir(this.folder).catch((): string[] => []);
    for (const name of names) {
      const [id = '', kind] = name.split('.');
      if (kind !== this.kind || open.has(id)) continue;
      const path = join(this.folder, name);
      const entry = await stat(path).catch(() => null);
      if (entry !== null && now - entry.mtimeMs >= quiet) await rm(path, { force: true });
    }
  }

  private async write(part: string, upload: Readable, limit: number): Promise<Kept> {
    const file = await open(part, 'w', 0o600);
    const hash = createHash('sha256');
    try {
      let length = 0;
      for await (const chunk of upload as AsyncIterable<Buffer>) {
        length += chunk.length;
        if (length > limit) throw new TooLarge();
        hash.update(chunk);
        await file.write(chunk);
      }
      await file.sync();
      return { bytes: length, sha256: hash.digest('hex') };
    } finally {
      await file.close();
    }
  }

  /** Where the file lies. */
  path(id: Id): string {
    return join(this.folder, `${id}.${this.kind}`);
  }
}
