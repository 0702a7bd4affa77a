import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Config, serverAddress } from '../config/index.js';
import { IndexFile, type KeptWorld, worldEntities } from '../decisions/index.js';
import { VERSION } from '../kernel/version.js';
import { faultFields, type Logger } from '../operations/index.js';
import { type Database, fingerprintOf } from '../persistence/index.js';

/** How long in milliseconds a sum is waited for: a start without it takes longer, a stop has to end within ten seconds. */
const STARTING = 30_000;
const STOPPING = 4_000;

/** How a database is told from what it was when an index was put away. */
interface Standing {
  /** Where the index lies. */
  readonly path: string;
  /** How it stands before anything is read; null where that is not known. */
  before(database: Database): Promise<string | null>;
  /** How it stands when it has been closed, which this does. */
  closed(database: Database): Promise<string | null>;
}

/** Puts the decision index away when the product stops, and takes it up when it starts (ADR 0046). */
export class KeptIndex {
  private readonly standing: Standing | null;

  constructor(
    config: Pick<Config, 'databaseUrl' | 'indexFolder'>,
    /** The newest migration that the code knows. */
    private readonly schema: string,
    private readonly log: Logger,
  ) {
    this.standing = standingOf(config);
  }

  /** What was kept of this database as it stands; null where there is none, or it cannot be believed. */
  async taken(database: Database, secret: string): Promise<KeptWorld | null> {
    if (this.standing === null || !existsSync(this.standing.path)) return null;
    const before = await this.standing.before(database);
    return before === null ? null : this.indexFile(this.standing, secret).read(before);
  }

  /** Closes the database and keeps what was known of it. Without that the next start takes longer, and nothing else. */
  async close(database: Database, kept: KeptWorld | null, secret: string): Promise<void> {
    if (this.standing === null) return database.close();
    const closed = await this.standing.closed(database);
    const index = this.indexFile(this.standing, secret);
    try {
      if (kept === null || closed === null) index.remove();
      else index.write(closed, kept);
    } catch (error) {
      this.log.warn('the decision index could not be kept', faultFields(error));
    }
  }

  private indexFile = ({ path }: Standing, secret: string): IndexFile =>
    new IndexFile(path, secret, `${VERSION} ${this.schema}`);
}

function standingOf({ databaseUrl, indexFolder }: Pick<Config, 'databaseUrl' | 'indexFolder'>): Standing | null {
  if (databaseUrl === 'sqlite::memory:') return null;
  if (databaseUrl.startsWith('sqlite:')) return ofFile(resolve(databaseUrl.slice('sqlite:'.length)));
  return ofServer(databaseUrl, resolve(indexFolder));
}

/** An embedded database is the file that it was, to the nanosecond of its last write. */
function ofFile(file: string): Standing {
  // Before anything opens it.
  const before = fingerprintOf(file);
  return {
    path: `${file}-index`,
    before: () => Promise.resolve(before),
    closed: async (database) => {
      await database.close();
      return fingerprintOf(file);
    },
  };
}

/** Of a server's database, what it sums up the tables to that the index is made of. */
function ofServer(url: string, folder: string): Standing {
  const address = serverAddress(url);
  const name = typeof address === 'string' ? url : `${address.host}:${address.port}/${address.database}`;
  const path = join(folder, createHash('sha256').update(name).digest('hex').slice(0, 16));
  return {
    path,
    before: (database) => database.sumOf(worldEntities, STARTING).catch(() => null),
    closed: async (database) => {
      const sum = await database.sumOf(worldEntities, STOPPING).catch(() => null);
      await database.close();
      return sum;
    },
  };
}
