import { randomBytes } from 'node:crypto';
import { pathToFileURL } from 'node:url';
import { createConnection, type RowDataPacket } from 'mysql2/promise';
import { inProject } from './project.js';

/** A private server instance that a fault test may hurt. */
export interface PrivateMariaDb {
  readonly url: string;
  readonly port: number;
  pid(): number;
  signal(name: NodeJS.Signals): void;
  /** Ends what is left of the server and starts it again on the same data and port. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

interface Scripts {
  findMariaDb(): { program?: string; reason?: string };
  startMariaDb(program: string): Promise<PrivateMariaDb>;
}

/** URL of the test server without a database, e.g. `mariadb://root@127.0.0.1:8189`; `undefined` where there is none. */
export const testMariaDb = (): string | undefined => process.env['TIERGATE_TEST_MARIADB'] || undefined;

/** Starts an instance of its own in about a second; for tests that kill, stop or freeze the server. */
export async function startPrivateMariaDb(): Promise<PrivateMariaDb> {
  const scripts = (await import(pathToFileURL(inProject('scripts/mariadb.mjs')).href)) as Scripts;
  const { program, reason } = scripts.findMariaDb();
  if (program === undefined) throw new Error(reason);
  return scripts.startMariaDb(program);
}

async function administer(server: string, statement: string): Promise<void> {
  const connection = await createConnection({ uri: server.replace(/^mariadb:/, 'mysql:'), connectTimeout: 5000 });
  try {
    await connection.query(statement);
  } finally {
    await connection.end();
  }
}

/**
 * A fresh, empty database on the server, with the server's own default collation: what the product needs of collation it
 * must say itself. `drop` removes it.
 */
export async function freshDatabase(server: string): Promise<{ url: string; drop(): Promise<void> }> {
  const name = `t_${process.pid}_${randomBytes(6).toString('hex')}`;
  await administer(server, `CREATE DATABASE ${name}`);
  return {
    url: `${server.replace(/\/$/, '')}/${name}`,
    drop: () => administer(server, `DROP DATABASE IF EXISTS ${name}`),
  };
}

/** A fresh database with the tables and rows of another one on the server; nobody writes to that one meanwhile. */
export async function copyDatabase(server: string, from: string): Promise<{ url: string; drop(): Promise<void> }> {
  const fresh = await freshDatabase(server);
  const source = new URL(from).pathname.slice(1);
  const connection = await createConnection({ uri: fresh.url.replace(/^mariadb:/, 'mysql:'), connectTimeout: 5000 });
  try {
    const [tables] = await connection.query<RowDataPacket[]>(`SHOW TABLES FROM ${source}`);
    for (const row of tables) {
      const name = `\`${String(Object.values(row)[0])}\``;
      const [[made]] = await connection.query<RowDataPacket[]>(`SHOW CREATE TABLE ${source}.${name}`);
      await connection.query(String(made?.['Create Table']));
      await connection.query(`INSERT INTO ${name} SELECT * FROM ${source}.${name}`);
    }
  } finally {
    await connection.end();
  }
  return fresh;
}
