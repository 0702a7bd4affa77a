import { type Connection, createConnection } from 'mysql2/promise';
import { TimeUp, type Watch } from '../limits.js';
import type { Answered, Tabular, TabularColumn } from '../tabular.js';

/** Where a database is; the password is never part of what is shown. */
export interface ServerAddress {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
}

/** The server refused, with the code of its refusal and never its words: they may quote a cell. */
export class ServerRefused extends Error {
  override readonly name = 'ServerRefused';
  constructor(readonly code: string) {
    super(`the database server refused: ${code}`);
  }
}

const CONNECT_MS = 10_000;

export const connectTo = (address: ServerAddress): Promise<Connection> =>
  createConnection({
    ...address,
    connectTimeout: CONNECT_MS,
    charset: 'utf8mb4',
    dateStrings: true,
    decimalNumbers: true,
  });

/** Ends a statement of another connection, as the same user. */
async function endStatement(address: ServerAddress, id: number): Promise<void> {
  const other = await connectTo(address);
  try {
    await other.query(`KILL QUERY ${id}`);
  } finally {
    await other.end();
  }
}

/** A time limit for the statements to come, as MariaDB or as MySQL 8 knows it. */
export const timeLimit = (maria: boolean, milliseconds: number): string =>
  maria
    ? `SET SESSION max_statement_time = ${milliseconds / 1000}`
    : `SET SESSION max_execution_time = ${Math.ceil(milliseconds)}`;

const INTERRUPTED = new Set(['ER_STATEMENT_TIMEOUT', 'ER_QUERY_TIMEOUT', 'ER_QUERY_INTERRUPTED']);

/** A table in the department's own server: asked inside one transaction that can only read. */
export class ServerTable implements Tabular {
  readonly dialect = 'mysql';

  constructor(
    private readonly connection: Connection,
    private readonly address: ServerAddress,
    private readonly maria: boolean,
    private readonly watch: Watch,
    readonly relation: string,
    readonly columns: readonly TabularColumn[],
    readonly rows: number,
  ) {}

  async ask<Row extends Answered>(sql: string): Promise<readonly Row[]> {
    this.watch.check();
    const { signal, left } = this.watch;
    const interrupt = (): void => void endStatement(this.address, this.connection.threadId).catch(() => undefined);
    signal?.addEventListener('abort', interrupt, { once: true });
    try {
      if (left !== Number.POSITIVE_INFINITY) await this.connection.query(timeLimit(this.maria, Math.max(1, left)));
      return (await this.connection.query(sql))[0] as unknown as readonly Row[];
    } catch (error) {
      this.watch.check();
      const code = codeOf(error);
      throw INTERRUPTED.has(code) ? new TimeUp() : new ServerRefused(code);
    } finally {
      signal?.removeEventListener('abort', interrupt);
    }
  }

  async close(): Promise<void> {
    await this.connection.query('ROLLBACK').catch(() => undefined);
    await this.connection.end().catch(() => undefined);
  }
}

/** The code of a driver's error: letters and digits of ours or the server's, never its message. */
export function codeOf(error: unknown): string {
  const { code, errno } = error as { code?: unknown; errno?: unknown };
  if (errno === 1969) return 'ER_STATEMENT_TIMEOUT';
  return typeof code === 'string' && /^[A-Z0-9_]+$/.test(code) ? code : 'UNKNOWN';
}
