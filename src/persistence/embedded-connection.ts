import { DatabaseSync, type DatabaseSyncInstance, type StatementSyncInstance } from '@photostructure/sqlite';

type Bindable = null | number | bigint | string | Uint8Array;

/**
 * What the embedded driver may be given as a value. Values that would be stored as something else, or that the native
 * binding handles unsafely, are refused here: objects, functions, NUL characters, numbers that are not finite.
 */
function bindable(value: unknown): Bindable {
  if (value === undefined || value === null) return null;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'bigint' || value instanceof Uint8Array) return value;
  if (value instanceof Date) return value.toISOString();
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  if (typeof value === 'string' && !value.includes('\0')) return value;
  throw new TypeError(`a ${typeof value} cannot be stored`);
}

/** One prepared statement, in the shape TypeORM's SQLite driver calls. */
class GuardedStatement {
  readonly reader: boolean;
  constructor(private readonly statement: StatementSyncInstance) {
    this.reader = statement.columns().length > 0;
  }
  all(...values: unknown[]): unknown[] {
    return this.statement.all(...values.map(bindable));
  }
  run(...values: unknown[]): { changes: number | bigint; lastInsertRowid: number | bigint } {
    return this.statement.run(...values.map(bindable));
  }
}

/**
 * The guard between TypeORM (its `better-sqlite3` type) and the SQLite binary that ships inside its npm package.
 * See docs/adr: nothing to compile, nothing to download, and no value reaches the binding unchecked.
 */
export class EmbeddedConnection {
  private readonly database: DatabaseSyncInstance;
  constructor(path: string, options: { readonly?: boolean; timeout?: number } = {}) {
    this.database = new DatabaseSync(path, { readOnly: options.readonly ?? false, timeout: options.timeout ?? 5000 });
  }
  prepare(sql: string): GuardedStatement {
    return new GuardedStatement(this.database.prepare(sql));
  }
  pragma(source: string): unknown[] {
    return this.database.prepare(`PRAGMA ${source}`).all();
  }
  exec(sql: string): void {
    this.database.exec(sql);
  }
  close(): void {
    this.database.close();
  }
}
