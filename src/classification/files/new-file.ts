import { copyFile, constants, type FileHandle, link, open, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import iconv from 'iconv-lite';

/** Characters gathered before they are written. */
const BATCH = 262_144;

/**
 * A file that appears under its name only when it is whole, and never in the place of another one. Written beside it
 * under a hidden name until then.
 */
export class NewFile {
  private waiting = '';

  private constructor(
    private readonly handle: FileHandle,
    readonly path: string,
    private readonly final: string,
    readonly encoding: string,
  ) {}

  /** Null when something already has the name. */
  static async begin(final: string, encoding: string): Promise<NewFile | null> {
    const taken = await open(final, 'r').then(
      (handle) => handle.close().then(() => true),
      (error: { code?: string }) => error.code !== 'ENOENT',
    );
    if (taken) return null;
    const path = join(dirname(final), `.${basename(final)}.${process.pid}.part`);
    const file = new NewFile(await open(path, 'wx', 0o600), path, final, encoding);
    if (encoding.startsWith('utf-16')) file.waiting = '\ufeff';
    return file;
  }

  async write(text: string): Promise<void> {
    this.waiting += text;
    if (this.waiting.length >= BATCH) await this.flush();
  }

  /** Everything is on the disk, still under the hidden name. */
  async finish(): Promise<void> {
    await this.flush();
    await this.handle.sync();
    await this.handle.close();
  }

  /** Gives it its name; false when another file took it meanwhile. */
  async publish(): Promise<boolean> {
    try {
      await link(this.path, this.final).catch((error: { code?: string }) => {
        if (error.code === 'EEXIST') throw error;
        return copyFile(this.path, this.final, constants.COPYFILE_EXCL);
      });
      return true;
    } catch (error) {
      if ((error as { code?: string }).code === 'EEXIST') return false;
      throw error;
    } finally {
      await rm(this.path, { force: true });
    }
  }

  async abandon(): Promise<void> {
    await this.handle.close().catch(() => undefined);
    await rm(this.path, { force: true });
  }

  private async flush(): Promise<void> {
    const text = this.waiting;
    this.waiting = '';
    if (text !== '') await this.handle.write(iconv.encode(text, this.encoding, { addBOM: false }));
  }
}
