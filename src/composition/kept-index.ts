import { resolve } from 'node:path';
import type { Config } from '../config/index.js';
import { IndexFile, type KeptWorld } from '../decisions/index.js';
import { VERSION } from '../kernel/version.js';
import { faultFields, type Logger } from '../operations/index.js';
import { fingerprintOf } from '../persistence/index.js';

/** Puts the decision index away beside an embedded database, and takes it up. Nothing of it for any other database. */
export class KeptIndex {
  private readonly file: string | null;
  /** How the database file lay there before anything opened it. */
  private readonly before: string | null;

  constructor(
    { databaseUrl }: Pick<Config, 'databaseUrl'>,
    /** The newest migration that the code knows. */
    private readonly schema: string,
    private readonly log: Logger,
  ) {
    const isFile = databaseUrl.startsWith('sqlite:') && databaseUrl !== 'sqlite::memory:';
    this.file = isFile ? resolve(databaseUrl.slice('sqlite:'.length)) : null;
    this.before = this.file === null ? null : fingerprintOf(this.file);
  }

  taken(secret: string): KeptWorld | null {
    if (this.file === null || this.before === null) return null;
    return this.indexFile(this.file, secret).read(this.before);
  }

  /** After the database was closed. Without it the next start takes longer, and nothing else. */
  keep(kept: KeptWorld | null, secret: string): void {
    if (this.file === null) return;
    const index = this.indexFile(this.file, secret);
    const database = fingerprintOf(this.file);
    try {
      if (kept === null || database === null) index.remove();
      else index.write(database, kept);
    } catch (error) {
      this.log.warn('the decision index could not be kept', faultFields(error));
    }
  }

  private indexFile = (file: string, secret: string): IndexFile =>
    new IndexFile(`${file}-index`, secret, `${VERSION} ${this.schema}`);
}
