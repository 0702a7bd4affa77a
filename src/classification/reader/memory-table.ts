import type { DuckDBAppender, DuckDBConnection } from '@duckdb/node-api';
import { OutOfMemory, Watch } from './limits.js';
import { duckdb, privateDatabase } from './private-database.js';
import { PrivateTable } from './private-table.js';
import type { RowSink } from './rows.js';
import type { TabularColumn } from './tabular.js';

/** Rows handed over at a time: DuckDB's own vector. */
const CHUNK = 2048;
/** Characters handed over at a time, where few rows hold many. */
const CHARACTERS = 4 * 1024 * 1024;

/**
 * A table of text in a private DuckDB in memory, compressed as it fills. Nothing of it is written to disk, it ends with
 * `close`, and where it would grow beyond its memory it throws `OutOfMemory` instead.
 */
export class MemoryTable extends PrivateTable {
  /** Loads records as they come; a record that is too short is filled with NULL, what is too long is cut. */
  static async load(names: readonly string[], records: AsyncIterable<readonly string[]>): Promise<MemoryTable> {
    const filling = await MemoryTable.filling();
    try {
      for (const name of names) filling.column(name);
      for await (const record of records) await filling.row(record);
      return await filling.done();
    } catch (error) {
      filling.abandon();
      throw error;
    }
  }

  /** An empty table to read a source into. End it with `done` or `abandon`. */
  static async filling(watch = new Watch(), memory?: string): Promise<Filling> {
    const { connection, close } = await privateDatabase(memory);
    await connection.run("ATTACH ':memory:' AS memory_of_cells (COMPRESS); USE memory_of_cells");
    const table = (columns: readonly TabularColumn[], rows: number): MemoryTable =>
      new MemoryTable(connection, watch, close, columns, rows);
    return new Filling(await duckdb(), connection, table, close);
  }
}

/** A table in memory while it is being read into. */
export class Filling implements RowSink {
  private readonly columns: TabularColumn[] = [];
  /** Columns the database knows already. */
  private made = 0;
  private cells: (string | null)[][] = [];
  private waiting = 0;
  private characters = 0;
  private rows = 0;
  private appender: DuckDBAppender | null = null;

  constructor(
    private readonly library: Awaited<ReturnType<typeof duckdb>>,
    private readonly connection: DuckDBConnection,
    private readonly table: (columns: readonly TabularColumn[], rows: number) => MemoryTable,
    readonly abandon: () => void,
  ) {}

  column(name: string): void {
    this.columns.push({ name, sql: `c${this.columns.length}` });
    this.cells.push(Array.from({ length: this.waiting }, () => null));
  }

  row(record: readonly string[]): void | Promise<void> {
    for (let at = 0; at < this.cells.length; at += 1) {
      const cell = record[at] || null;
      this.cells[at]?.push(cell);
      this.characters += cell?.length ?? 0;
    }
    this.rows += 1;
    this.waiting += 1;
    return this.waiting === CHUNK || this.characters > CHARACTERS ? this.flush() : undefined;
  }

  async done(): Promise<MemoryTable> {
    await this.flush();
    this.appender?.closeSync();
    await this.connection.run('CHECKPOINT memory_of_cells');
    return this.table(this.columns, this.rows);
  }

  private async flush(): Promise<void> {
    try {
      if (this.made < this.columns.length) await this.make();
      if (this.waiting > 0) this.append();
    } catch {
      throw new OutOfMemory();
    }
  }

  private append(): void {
    const { DuckDBDataChunk, VARCHAR } = this.library;
    const chunk = DuckDBDataChunk.create(this.columns.map(() => VARCHAR));
    chunk.setColumns(this.cells);
    this.appender?.appendDataChunk(chunk);
    this.appender?.flushSync();
    this.cells = this.columns.map(() => []);
    this.waiting = 0;
    this.characters = 0;
  }

  /** Makes the table, or adds the columns that were found since. */
  private async make(): Promise<void> {
    this.appender?.closeSync();
    const fresh = this.columns.slice(this.made).map(({ sql }) => `${sql} VARCHAR`);
    if (this.made === 0) await this.connection.run(`CREATE TABLE cells (${fresh.join(', ')})`);
    else for (const column of fresh) await this.connection.run(`ALTER TABLE cells ADD COLUMN ${column}`);
    this.made = this.columns.length;
    this.appender = await this.connection.createAppender('cells', 'main', 'memory_of_cells');
  }
}
