import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import type { Answered, Tabular, TabularColumn } from './tabular.js';

/** Bytes the private database may hold in memory, and its threads; beyond that it fails instead of growing. */
export const MEMORY = { limit: '256MB', threads: '2' } as const;

/** Rows handed over at a time. */
const CHUNK = 2048;

/** A table of text in a private DuckDB in memory; nothing of it is written to disk, and it ends with `close`. */
export class MemoryTable implements Tabular {
  readonly dialect = 'duckdb';
  readonly relation = 'cells';

  private constructor(
    private readonly instance: DuckDBInstance,
    private readonly connection: DuckDBConnection,
    readonly columns: readonly TabularColumn[],
    readonly rows: number,
  ) {}

  /** Loads records as they come; a record that is too short is filled with NULL, what is too long is cut. */
  static async load(names: readonly string[], records: AsyncIterable<readonly string[]>): Promise<MemoryTable> {
    const instance = await DuckDBInstance.create(':memory:', { memory_limit: MEMORY.limit, threads: MEMORY.threads });
    const connection = await instance.connect();
    const columns = names.map((name, index) => ({ name, sql: `c${index}` }));
    await connection.run(`CREATE TABLE cells (${columns.map(({ sql }) => `${sql} VARCHAR`).join(', ')})`);
    const appender = await connection.createAppender('cells');
    let rows = 0;
    for await (const record of records) {
      for (const index of columns.keys()) {
        const cell = record[index];
        if (cell === undefined || cell === '') appender.appendNull();
        else appender.appendVarchar(cell);
      }
      appender.endRow();
      rows += 1;
      if (rows % CHUNK === 0) appender.flushSync();
    }
    appender.closeSync();
    return new MemoryTable(instance, connection, columns, rows);
  }

  async ask<Row extends Answered>(sql: string): Promise<readonly Row[]> {
    const reader = await this.connection.runAndReadAll(sql);
    return reader.getRowObjectsJS().map((row) => {
      const plain = Object.entries(row).map(([key, value]) => [key, typeof value === 'bigint' ? Number(value) : value]);
      return Object.fromEntries(plain) as Row;
    });
  }

  async close(): Promise<void> {
    this.connection.closeSync();
    this.instance.closeSync();
  }
}
