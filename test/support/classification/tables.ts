import { createReadStream } from 'node:fs';
import { parse } from 'csv-parse';
import { createConnection } from 'mysql2/promise';
import { MemoryTable } from '../../../src/classification/reader/memory-table.js';
import type { Answered, Tabular } from '../../../src/classification/reader/tabular.js';

/** Cells as a table holds them; null is a missing value. */
export type Rows = readonly (readonly (string | null)[])[];

async function* listed(rows: Rows): AsyncGenerator<readonly string[]> {
  for (const row of rows) yield row.map((cell) => cell ?? '');
}

/** A table in memory with these columns and rows; close it. */
export const memoryTable = (names: readonly string[], rows: Rows): Promise<MemoryTable> =>
  MemoryTable.load(names, listed(rows));

const quoted = (cell: string | null): string => (cell === null ? 'NULL' : `'${cell.replaceAll("'", "''")}'`);

/** Small tables one after another, asked in one open database: opening one takes longer than most questions. */
export class SmallTables {
  private host: MemoryTable | null = null;

  async open(): Promise<void> {
    this.host = await memoryTable(['nothing'], []);
  }

  table(names: readonly string[], rows: Rows): Tabular {
    const { host } = this;
    if (host === null) throw new Error('not open');
    const columns = names.map((name, index) => ({ name, sql: `c${index}` }));
    const list = columns.map(({ sql }) => sql).join(', ');
    const cells = rows.map((row) => `(${names.map((_, index) => quoted(row[index] ?? null)).join(', ')})`);
    const none = `SELECT ${columns.map(({ sql }) => `NULL::VARCHAR AS ${sql}`).join(', ')} LIMIT 0`;
    const relation = rows.length === 0 ? `(${none}) AS cells` : `(VALUES ${cells.join(', ')}) AS cells(${list})`;
    return {
      dialect: 'duckdb',
      rows: rows.length,
      columns,
      relation,
      ask: (sql) => host.ask(sql),
      close: () => Promise.resolve(),
    };
  }

  async close(): Promise<void> {
    await this.host?.close();
  }
}

/** A `;`-separated file with a header, in memory; close it. */
export async function fileTable(path: string): Promise<MemoryTable> {
  const records = createReadStream(path).pipe(parse({ delimiter: ';' })) as AsyncIterable<string[]>;
  const rows = records[Symbol.asyncIterator]();
  const header = await rows.next();
  return MemoryTable.load(header.value as string[], { [Symbol.asyncIterator]: () => rows });
}

/** The same table inside a MySQL or MariaDB server, with that server's own collation; `close` drops nothing. */
export async function serverTable(url: string, names: readonly string[], rows: Rows): Promise<Tabular> {
  const connection = await createConnection({ uri: url.replace(/^mariadb:/, 'mysql:'), decimalNumbers: true });
  const columns = names.map((name, index) => ({ name, sql: `c${index}` }));
  await connection.query(
    `CREATE TABLE cells (${columns.map(({ sql }) => `${sql} VARCHAR(200)`).join(', ')}) CHARACTER SET utf8mb4`,
  );
  for (let at = 0; at < rows.length; at += 500)
    await connection.query('INSERT INTO cells VALUES ?', [rows.slice(at, at + 500)]);
  return {
    dialect: 'mysql',
    rows: rows.length,
    columns,
    relation: 'cells',
    ask: async <Row extends Answered>(sql: string) => (await connection.query(sql))[0] as unknown as readonly Row[],
    close: () => connection.end(),
  };
}
