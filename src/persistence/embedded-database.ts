import { closeSync, existsSync, mkdirSync, openSync, readFileSync, unlinkSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { DataSource, type EntityManager, type MixedList, type QueryRunner } from 'typeorm';
import type { Database } from './database.js';
import { EmbeddedConnection } from './embedded-connection.js';
import { Mutex } from './mutex.js';
import { LostUpdate } from './table.js';

export interface Schema {
  readonly entities: readonly Function[];
  readonly migrations: readonly Function[];
}

const MEMORY = ':memory:';

/** Another process holds the file: two writers would each believe to be alone. */
export class DatabaseInUse extends Error {}

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
    private readonly writer: DataSource,
    private readonly readers: DataSource,
    private readonly unlock: () => void,
    version: string,
  ) {
    this.description = `SQLite ${version}`;
  }

  static async open(file: string, schema: Schema): Promise<EmbeddedDatabase> {
    const inMemory = file === MEMORY;
    const unlock = inMemory ? () => {} : lockFile(`${file}.lock`);
    try {
      const writer = await source(file, schema, 'PRAGMA synchronous=FULL').initialize();
      const readers = inMemory ? writer : await source(file, schema, 'PRAGMA query_only=ON').initialize();
      const [row] = await writer.query('SELECT sqlite_version() AS version');
      return new EmbeddedDatabase(writer, readers, unlock, row.version);
    } catch (error) {
      unlock();
      throw error;
    }
  }

  /** For looking at a database that a running server holds: no lock, and nothing can be written. */
  static async openForReading(file: string, schema: Schema): Promise<EmbeddedDatabase> {
    if (!existsSync(file)) throw new NoSuchDatabase(`${file}: there is no such database`);
    const readers = await source(file, schema, 'PRAGMA query_only=ON').initialize();
    const [row] = await readers.query('SELECT sqlite_version() AS version');
    return new EmbeddedDatabase(readers, readers, () => {}, row.version);
  }

  async read<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    // In memory there is one connection: reads wait so that they never see half a command.
    return this.readers === this.writer ? this.mutex.run(() => work(this.writer.manager)) : work(this.readers.manager);
  }

  async write<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
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

  async migrate(): Promise<readonly string[]> {
    return (await this.writer.runMigrations({ transaction: 'each' })).map((migration) => migration.name);
  }

  async undoLastMigration(): Promise<void> {
    await this.writer.undoLastMigration({ transaction: 'each' });
  }

  async appliedMigrations(): Promise<readonly string[]> {
    return (await this.writer.query('SELECT name FROM migrations ORDER BY id').catch(() => [])).map(
      (row: { name: string }) => row.name,
    );
  }

  async close(): Promise<void> {
    await this.mutex.run(async () => {
      if (this.readers !== this.writer) await this.readers.destroy();
      await this.writer.destroy();
    });
    this.unlock();
  }
}

/** TypeORM would begin deferred; we began ourselves, and tell it so that it does not begin again inside. */
function setActive(runner: QueryRunner, active: boolean): void {
  (runner as { isTransactionActive: boolean }).isTransactionActive = active;
}

function source(file: string, schema: Schema, pragma: string): DataSource {
  return new DataSource({
    type: 'better-sqlite3',
    driver: EmbeddedConnection,
    database: file,
    enableWAL: true,
    entities: schema.entities as MixedList<Function>,
    migrations: schema.migrations as MixedList<Function>,
    migrationsTableName: 'migrations',
    prepareDatabase: (connection: EmbeddedConnection) => connection.exec(pragma),
  } as never);
}

/** Takes `<file>.lock` with our process number in it; a lock of a process that is gone is taken over. */
function lockFile(path: string): () => void {
  mkdirSync(dirname(path), { recursive: true });
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      const handle = openSync(path, 'wx');
      writeSync(handle, String(process.pid));
      closeSync(handle);
      return () => unlinkQuietly(path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      const holder = Number(readFileSync(path, 'utf8'));
      if (isAlive(holder))
        throw new DatabaseInUse(
          `${path}: process ${holder} uses this database; stop it, or run the command against its address`,
        );
      unlinkQuietly(path);
    }
  }
  throw new DatabaseInUse(`${path}: could not be taken`);
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function unlinkQuietly(path: string): void {
  try {
    unlinkSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}
