import { createReadStream } from 'node:fs';
import { access, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { Id } from '../../kernel/ids.js';
import type { Instant } from '../../kernel/time.js';

/** The upload is longer than allowed. */
export class TooLarge extends Error {}

const HOUR = 3_600_000;

/** Uploaded files on this machine until their import has ended, so that a restart can go on where it stopped. */
export class Spool {
  constructor(private readonly folder: string) {}

  /** Writes the upload to disk; it appears under its name only when it is whole. */
  async keep(id: Id, upload: Readable, limit: number): Promise<void> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    const part = `${this.path(id)}.part`;
    try {
      await this.write(part, upload, limit);
      await rename(part, this.path(id));
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

  /** Throws away what a crash left and no import in `open` asks for; what is younger than an hour may still be sent. */
  async sweep(open: ReadonlySet<Id>, now: Instant): Promise<void> {
    const names = await readdir(this.folder).catch((): string[] => []);
    for (const name of names) {
      if (!/\.import(\.part)?$/.test(name) || open.has(name.slice(0, name.indexOf('.')))) continue;
      const path = join(this.folder, name);
      const entry = await stat(path).catch(() => null);
      if (entry !== null && now - entry.mtimeMs > HOUR) await rm(path, { force: true });
    }
  }

  private async write(part: string, upload: Readable, limit: number): Promise<void> {
    const file = await open(part, 'w', 0o600);
    try {
      let length = 0;
      for await (const chunk of upload as AsyncIterable<Buffer>) {
        length += chunk.length;
        if (length > limit) throw new TooLarge();
        await file.write(chunk);
      }
      await file.sync();
    } finally {
      await file.close();
    }
  }

  private path(id: Id): string {
    return join(this.folder, `${id}.import`);
  }
}
