import { existsSync } from 'node:fs';
import { DataSource, type EntityManager, type MixedList, type QueryRunner } from 'typeorm';
import { Breath } from './breath.js';
import type { Database } from './database.js';
import { EmbeddedConnection } from './embedded-connection.js';
import { lockFile } from './file-lock.js';
import { appliedNames, refuseNewer } from './migrations/applied.js';
import { Mutex } from './mutex.js';
import { LostUpdate } from './table.js';

export interface Schema {
  readonly entities: readonly Function[];
  readonly migrations: readonly Function[];
}

const MEMORY = ':memory:';

/** The file is not there: reading does not create one. */
export class NoSuchDatabase extends Error {}

/**
 * The embedded store: one SQLite file in WAL with `synchronous=FULL`, so that an acknowledged write survives a kill.
 * One writer behind a mutex with BEGIN IMMEDIATE (a shared connection that begins deferred lost every one of 20
 * concurrent transactions when tried), reads through a second connection that cannot write.
 */
export class EmbeddedDatabase implements Database {
  readonly dialect = 'sqlite' as const;
  readonly description: string;
  private readonly mutex = new Mutex();

  private constructor(
    private readonly file: string,
    private readonly schema: Schema,
    private readonly writer: DataSource,
    private readonly readers: DataSource,
    private readonly unlock: () => void,
    version: string,
  ) {
    this.description = `SQLite ${version}`;
  }

  static async open(file: string, schema: Schema): Promise<EmbeddedDatabase> {
    const inMemory = file === MEMORY;
    const unlock = inMemory ? () => {} : lockFile(`${file}-lock`);
    try {
      const writer = await opened(file, schema, 'PRAGMA synchronous=FULL');
      const readers = inMemory ? writer : await opened(file, schema, 'PRAGMA query_only=ON');
      const [row] = await writer.query('SELECT sqlite_version() AS version');
      return new EmbeddedDatabase(file, schema, writer, readers, unlock, row.version);
    } catch (error) {
      unlock();
      throw error;
    }
  }

  /** For looking at a database that a running server holds: no lock, and nothing can be written. */
  static async openForReading(file: string, schema: Schema): Promise<EmbeddedDatabase> {
    if (!existsSync(file)) throw new NoSuchDatabase(`${file}: there is no such database`);
    const readers = await opened(file, schema, 'PRAGMA query_only=ON');
    const [row] = await readers.query('SELECT sqlite_version() AS version');
    return new EmbeddedDatabase(file, schema, readers, readers, () => {}, row.version);
  }

  read<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    // In memory there is one connection: reads wait so that they never see half a command.
    return this.readers === this.writer ? this.mutex.run(() => work(this.writer.manager)) : work(this.readers.manager);
  }

  write<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return this.mutex.run(async () => {
      const runner: QueryRunner = this.writer.createQueryRunner();
      await runner.query('BEGIN IMMEDIATE');
      setActive(runner, true);
      try {
        const value = await work(runner.manager);
        await runner.query('COMMIT');
        return value;
      } catch (error) {
        await runner.query('ROLLBACK').catch(() => {});
        throw error;
      } finally {
        setActive(runner, false);
      }
    });
  }

  isRetryable(error: unknown): boolean {
    return error instanceof LostUpdate;
  }

  async snapshot<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    if (this.file === MEMORY) return this.read(work);
    const own = await opened(this.file, this.schema, 'PRAGMA query_only=ON');
    try {
      await own.query('BEGIN');
      return await work(own.manager);
    } finally {
      await own.destroy();
    }
  }

  /** The lock on the file keeps every other process out already. */
  alone<T>(work: () => Promise<T>): Promise<T> {
    return work();
  }

  async migrate(): Promise<readonly string[]> {
    await this.refuseNewer();
    return (await this.writer.runMigrations({ transaction: 'each' })).map((migration) => migration.name);
  }

  async undoLastMigration(): Promise<void> {
    await this.refuseNewer();
    await this.writer.undoLastMigration({ transaction: 'each' });
  }

  refuseNewer(): Promise<void> {
    return refuseNewer(this.writer);
  }

  appliedMigrations(): Promise<readonly string[]> {
    return appliedNames(this.writer);
  }

  /** Its file says how it stands. */
  sumOf(): Promise<null> {
    return Promise.resolve(null);
  }

  /** Leaves everything in the one file: what closes the connection alone would leave the newest writes beside it. */
  async close(): Promise<void> {
    await this.mutex.run(async () => {
      if (this.readers !== this.writer) {
        await this.readers.destroy();
        await this.writer.query('PRAGMA wal_checkpoint(TRUNCATE)');
      }
      await this.writer.destroy();
    });
    this.unlock();
  }
}

/** TypeORM would begin deferred; we began ourselves, and tell it so that it does not begin again inside. */
function setActive(runner: QueryRunner, active: boolean): void {
  (runner as { isTransactionActive: boolean }).isTransactionActive = active;
}

/** A connection; each of its statements may let others have their turn first. */
async function opened(file: string, schema: Schema, pragma: string): Promise<DataSource> {
  const source = await new DataSource({
    type: 'better-sqlite3',
    driver: EmbeddedConnection,
    database: file,
    enableWAL: true,
    entities: schema.entities as MixedList<Function>,
    migrations: schema.migrations as MixedList<Function>,
    migrationsTableName: 'migrations',
    prepareDatabase: (connection: EmbeddedConnection) => connection.exec(pragma),
  } as never).initialize();
  // This driver has one runner for all its statements.
  const runner = source.createQueryRunner();
  const query = runner.query.bind(runner) as (...asked: unknown[]) => Promise<unknown>;
  const breath = new Breath();
  Object.assign(runner, {
    query: async (...asked: unknown[]) => {
      await breath.take();
      return query(...asked);
    },
  });
  return source;
}
