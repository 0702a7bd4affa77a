import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Connection, createConnection, type RowDataPacket } from 'mysql2/promise';
import {
  DataSource,
  type EntityManager,
  type EntityTarget,
  type MixedList,
  type ObjectLiteral,
  type QueryRunner,
} from 'typeorm';
import { type ServerAddress, serverAddress } from '../config/index.js';
import { type Database, DatabaseUnavailable } from './database.js';
import type { Schema } from './embedded-database.js';
import { appliedNames, refuseNewer } from './migrations/applied.js';
import { Pulse } from './server-pulse.js';
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
const CONNECT_TIMEOUT = 1500;
const FROZEN = 'the database does not answer';

interface SumRow extends RowDataPacket {
  readonly Table: string;
  readonly Checksum: number | string | null;
}

/** Null where a table has no sum. */
const textOf = (rows: readonly SumRow[]): string | null =>
  rows.every(({ Checksum }) => Checksum !== null)
    ? rows.map(({ Table, Checksum }) => `${Table} ${Checksum}`).join(', ')
    : null;

export interface ServerOptions {
  readonly poolSize: number;
  /** Longest time one unit of work may wait for the database, in milliseconds. */
  readonly deadline: number;
}

/** What we use of a connection in TypeORM's pool. */
interface PoolConnection {
  readonly stream: { destroy(error: Error): void };
  query(sql: string, done: (error: unknown) => void): void;
  release(): void;
  destroy(): void;
}
interface Pool {
  readonly _allConnections: { toArray(): PoolConnection[] };
  on(event: 'connection', listener: (connection: PoolConnection) => void): void;
  getConnection(done: (error: unknown, connection: PoolConnection) => void): void;
}

/**
 * MySQL 8 or MariaDB through mysql2. READ COMMITTED with row locks in one order; strict SQL; UTC; a bounded wait for
 * locks and for the server. What was refused for its lateness is never committed afterwards: its connection is cut.
 */
export class ServerDatabase implements Database {
  readonly dialect = 'mysql' as const;
  private readonly pulse: Pulse;

  private constructor(
    private readonly source: DataSource,
    private readonly address: ServerAddress,
    readonly description: string,
    private readonly options: ServerOptions,
  ) {
    const pool = poolOf(source);
    this.pulse = new Pulse(
      (timeout) => connectTo(address, timeout),
      () => pool._allConnections.toArray().forEach(cut),
    );
    this.pulse.start();
  }

  static async open(url: string, schema: Schema, options: ServerOptions): Promise<ServerDatabase> {
    const address = serverAddress(url);
    if (typeof address === 'string') throw new Error(`DATABASE_URL: ${address}`);
    const version = await serverVersion(address);
    const isMariaDb = /mariadb/i.test(version);
    const source = await dataSource(address, schema, options, isMariaDb).initialize();
    await configureSessions(source, isMariaDb);
    return new ServerDatabase(source, address, `${isMariaDb ? 'MariaDB' : 'MySQL'} ${version}`, options);
  }

  async read<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return this.inTime(() => work(this.source.manager));
  }

  async write<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return this.inTime((late) => transaction(this.source.createQueryRunner(), work, late));
  }

  async snapshot<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    const runner = this.source.createQueryRunner();
    try {
      await runner.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ');
      await runner.query('START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY');
      return await work(runner.manager);
    } finally {
      await runner.query('ROLLBACK').catch(() => {});
      await runner.release();
    }
  }

  async alone<T>(work: () => Promise<T>): Promise<T> {
    const connection = await connectTo(this.address, CONNECT_TIMEOUT);
    const name = createHash('sha256').update(`tiergate ${this.address.database}`).digest('hex');
    try {
      await connection.query('SELECT GET_LOCK(?, 300)', [name]);
      return await work();
    } finally {
      connection.destroy();
    }
  }

  /** The server looks at every row of them, on a connection that is cut when it takes too long. */
  async sumOf(entities: readonly EntityTarget<ObjectLiteral>[], patience: number): Promise<string | null> {
    const tables = entities.map((entity) => this.source.getMetadata(entity).tableName);
    const connection = await connectTo(this.address, CONNECT_TIMEOUT);
    try {
      const summing = connection.query<SumRow[]>(`CHECKSUM TABLE ${tables.join(', ')}`).then(([rows]) => textOf(rows));
      return await Promise.race([summing.catch(() => null), sleep(patience, null, { ref: false })]);
    } finally {
      connection.destroy();
    }
  }

  isRetryable(error: unknown): boolean {
    return error instanceof LostUpdate || RETRYABLE.has((error as { errno?: number }).errno ?? 0);
  }

  migrate(): Promise<readonly string[]> {
    return this.alone(async () => {
      await this.refuseNewer();
      return (await this.source.runMigrations({ transaction: 'each' })).map((migration) => migration.name);
    });
  }

  undoLastMigration(): Promise<void> {
    return this.alone(async () => {
      await this.refuseNewer();
      await this.source.undoLastMigration({ transaction: 'each' });
    });
  }

  refuseNewer(): Promise<void> {
    return refuseNewer(this.source);
  }

  appliedMigrations(): Promise<readonly string[]> {
    return appliedNames(this.source);
  }

  async close(): Promise<void> {
    this.pulse.stop();
    await this.source.destroy();
  }

  private async inTime<T>(work: (late: AbortSignal) => Promise<T>): Promise<T> {
    if (this.pulse.lost) throw new DatabaseUnavailable(FROZEN);
    const [late, settled] = [new AbortController(), new AbortController()];
    const deadline = sleep(this.options.deadline, undefined, { signal: settled.signal, ref: false }).then(
      () => {
        late.abort();
        throw new DatabaseUnavailable(`the database did not answer within ${this.options.deadline} ms`);
      },
      () => new Promise<never>(() => {}),
    );
    const working = work(late.signal);
    try {
      return await Promise.race([working, deadline]);
    } catch (error) {
      if (CONNECTION_LOST.has((error as { code?: string }).code ?? ''))
        throw new DatabaseUnavailable(String(error), { cause: error });
      throw error;
    } finally {
      settled.abort();
      working.catch(() => {});
    }
  }
}

const poolOf = (source: DataSource): Pool => (source.driver as unknown as { pool: Pool }).pool;

/** Ends a connection at once, with whatever waits on it; the server rolls back what was not committed. */
function cut(connection: PoolConnection): void {
  connection.stream.destroy(Object.assign(new Error(FROZEN), { code: 'PROTOCOL_CONNECTION_LOST' }));
  connection.destroy();
}

/**
 * One transaction on a connection of its own. The connection goes back to the pool when the work has ended, not when
 * its caller has given up: the next one's START TRANSACTION would commit what this one left half done.
 */
async function transaction<T>(
  runner: QueryRunner,
  work: (manager: EntityManager) => Promise<T>,
  late: AbortSignal,
): Promise<T> {
  try {
    const connection: PoolConnection = await runner.connect();
    late.throwIfAborted();
    late.addEventListener('abort', () => cut(connection), { once: true });
    await runner.startTransaction();
    try {
      const value = await work(runner.manager);
      late.throwIfAborted();
      await runner.commitTransaction();
      return value;
    } catch (error) {
      await runner.rollbackTransaction().catch(() => cut(connection));
      throw error;
    }
  } finally {
    await runner.release();
  }
}

function dataSource(address: ServerAddress, schema: Schema, options: ServerOptions, isMariaDb: boolean): DataSource {
  const { host, port, user, password, database } = address;
  return new DataSource({
    // Under 'mysql' the schema diff never settles on MariaDB; both speak through mysql2.
    type: isMariaDb ? 'mariadb' : 'mysql',
    connectorPackage: 'mysql2',
    host,
    port,
    username: user,
    password,
    database,
    charset: 'utf8mb4',
    timezone: 'Z',
    connectTimeout: CONNECT_TIMEOUT,
    poolSize: options.poolSize,
    supportBigNumbers: true,
    entities: schema.entities as MixedList<Function>,
    migrations: schema.migrations as MixedList<Function>,
    migrationsTableName: 'migrations',
  } as never);
}

const connectTo = (address: ServerAddress, connectTimeout: number): Promise<Connection> =>
  createConnection({ ...address, connectTimeout });

async function serverVersion(address: ServerAddress): Promise<string> {
  const { host, port, database } = address;
  const connection = await connectTo(address, CONNECT_TIMEOUT).catch((error: Error) => {
    throw new DatabaseUnavailable(`cannot connect to ${database} at ${host}:${port}: ${error.message}`, {
      cause: error,
    });
  });
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
  const pool = poolOf(source);
  // A connection that could not be set up would store what strict SQL refuses: it is not used.
  pool.on('connection', (connection) => connection.query(sql, (fault) => fault && cut(connection)));
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
