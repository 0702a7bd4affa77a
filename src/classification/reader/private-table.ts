import type { DuckDBConnection } from '@duckdb/node-api';
import type { Watch } from './limits.js';
import { asked } from './private-database.js';
import type { Answered, Tabular, TabularColumn } from './tabular.js';

/** The relation `cells` of a private database, as a table that is asked. */
export class PrivateTable implements Tabular {
  readonly dialect = 'duckdb';
  readonly relation = 'cells';

  constructor(
    private readonly connection: DuckDBConnection,
    private readonly watch: Watch,
    private readonly end: () => void | Promise<void>,
    readonly columns: readonly TabularColumn[],
    readonly rows: number,
  ) {}

  ask<Row extends Answered>(sql: string): Promise<readonly Row[]> {
    return asked<Row>(this.connection, sql, this.watch);
  }

  async close(): Promise<void> {
    await this.end();
  }
}
