import { setTimeout as sleep } from 'node:timers/promises';
import { DataSource, type EntityManager, type MixedList } from 'typeorm';
import { type Database, DatabaseUnavailable } from './database.js';
import type { Schema } from './embedded-database.js';
import { LostUpdate } from './table.js';

/**
 * Deadlock, lock wait timeout, record changed since last read, node not ready for work (Galera); and a unique key that
 * another transaction took in between: run again, the command sees that row and refuses.
 */
const RETRYABLE = new Set([1213, 1205, 1020, 1047, 1062]);
const CONNECTION_LOST = new Set([
  'PROTOCOL_CONNECTION_LOST',
  'ECONNREFUSED',
  'ECONNRESET',
  'ETIMEDOUT',
  'EPIPE',
  'ER_CON_COUNT_ERROR',
  'ER_SERVER_SHUTDOWN',
]);

export interface ServerOptions {
  readonly poolSize: number;
  /** Longest time one unit of work may wait for the database, in milliseconds. */
  readonly deadline: number;
}

interface PoolConnection {
  query(sql: string, done: (error: unknown) => void): void;
  release(): void;
}
interface Pool {
  on(event: 'connection', listener: (connection: PoolConnection) => void): void;
  getConnection(done: (error: unknown, connection: PoolConnection) => void): void;
}

/**
 * MySQL 8 or MariaDB through mysql2. READ COMMITTED with row locks in one order; strict SQL; UTC; a bounded wait for
 * locks and for the server (mysql2 itself would wait for ever on a frozen one).
 */
export class ServerDatabase implements Database {
  readonly dialect = 'mysql' as const;

  private constructor(
    private readonly source: DataSource,
    readonly description: string,
    private readonly options: ServerOptions,
    readonly isMariaDb: boolean,
  ) {}

  static async open(url: string, schema: Schema, options: ServerOptions): Promise<ServerDatabase> {
    const version = await serverVersion(url);
    const isMariaDb = /mariadb/i.test(version);
    const source = await dataSource(url, schema, options, isMariaDb).initialize();
    await configureSessions(source, isMariaDb);
    return new ServerDatabase(source, `${isMariaDb ? 'MariaDB' : 'MySQL'} ${version}`, options, isMariaDb);
  }

  async read<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return this.inTime(work(this.source.manager));
  }

  async write<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    const runner = this.source.createQueryRunner();
    try {
      const body = async () => {
        await runner.startTransaction();
        try {
          const value = await work(runner.manager);
          await runner.commitTransaction();
          return value;
        } catch (error) {
          await runner.rollbackTransaction().catch(() => {});
          throw error;
        }
      };
      return await this.inTime(body());
    } finally {
      // A connection that hangs is given back when its query ends; the deadline has already answered the caller.
      void runner.release().catch(() => {});
    }
  }

  isRetryable(error: unknown): boolean {
    return error instanceof LostUpdate || RETRYABLE.has((error as { errno?: number }).errno ?? 0);
  }

  async migrate(): Promise<readonly string[]> {
    return (await this.source.runMigrations({ transaction: 'each' })).map((migration) => migration.name);
  }

  async undoLastMigration(): Promise<void> {
    await this.source.undoLastMigration({ transaction: 'each' });
  }

  async appliedMigrations(): Promise<readonly string[]> {
    return (await this.source.query('SELECT name FROM migrations ORDER BY id').catch(() => [])).map(
      (row: { name: string }) => row.name,
    );
  }

  async close(): Promise<void> {
    await this.source.destroy();
  }

  private async inTime<T>(work: Promise<T>): Promise<T> {
    const stop = new AbortController();
    const late = sleep(this.options.deadline, undefined, { signal: stop.signal, ref: false }).then(
      () => {
        throw new DatabaseUnavailable(`the database did not answer within ${this.options.deadline} ms`);
      },
      () => new Promise<never>(() => {}),
    );
    try {
      return await Promise.race([work, late]);
    } catch (error) {
      if (CONNECTION_LOST.has((error as { code?: string }).code ?? ''))
        throw new DatabaseUnavailable(String(error), { cause: error });
      throw error;
    } finally {
      stop.abort();
      work.catch(() => {});
    }
  }
}

function dataSource(url: string, schema: Schema, options: ServerOptions, isMariaDb: boolean): DataSource {
  const address = new URL(url);
  return new DataSource({
    // Under 'mysql' the schema diff never settles on MariaDB; both speak through mysql2.
    type: isMariaDb ? 'mariadb' : 'mysql',
    connectorPackage: 'mysql2',
    host: address.hostname,
    port: Number(address.port || 3306),
    username: decodeURIComponent(address.username),
    password: decodeURIComponent(address.password),
    database: address.pathname.slice(1),
    charset: 'utf8mb4',
    timezone: 'Z',
    connectTimeout: options.deadline,
    poolSize: options.poolSize,
    supportBigNumbers: true,
    entities: schema.entities as MixedList<Function>,
    migrations: schema.migrations as MixedList<Function>,
    migrationsTableName: 'migrations',
  } as never);
}

async function serverVersion(url: string): Promise<string> {
  const { createConnection } = await import('mysql2/promise');
  const connection = await createConnection({ uri: url.replace(/^mariadb:/, 'mysql:'), connectTimeout: 5000 }).catch(
    (error: Error) => {
      throw new DatabaseUnavailable(`cannot connect to ${url.replace(/\/\/[^@]*@/, '//')}: ${error.message}`, {
        cause: error,
      });
    },
  );
  try {
    const [rows] = await connection.query('SELECT VERSION() AS version');
    return (rows as { version: string }[])[0]?.version ?? '';
  } finally {
    await connection.end();
  }
}

/** Every connection: UTC, strict, READ COMMITTED, short lock waits, and no transaction left open by a lost client. */
async function configureSessions(source: DataSource, isMariaDb: boolean): Promise<void> {
  const settings = [
    "time_zone='+00:00'",
    "sql_mode='STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION'",
    'innodb_lock_wait_timeout=4',
    ...(isMariaDb
      ? ['idle_transaction_timeout=30', "tx_isolation='READ-COMMITTED'"]
      : ["transaction_isolation='READ-COMMITTED'"]),
  ];
  const sql = `SET SESSION ${settings.join(', ')}`;
  const pool = (source.driver as unknown as { pool: Pool }).pool;
  pool.on('connection', (connection) => connection.query(sql, () => {}));
  await new Promise<void>((resolve, reject) => {
    pool.getConnection((error, connection) => {
      if (error) return reject(error as Error);
      connection.query(sql, (fault) => {
        connection.release();
        if (fault) reject(fault as Error);
        else resolve();
      });
    });
  });
}
