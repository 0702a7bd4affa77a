import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * One hand-readable SQL text serves both databases: SQLite accepts the column types MySQL needs. What differs is added
 * here: engine, character set and a binary collation without padding on every table.
 */
export class Statements {
  constructor(private readonly runner: QueryRunner) {}

  async createTable(name: string, columns: string): Promise<void> {
    if (!(await this.isThere(name, columns))) {
      await this.runner.query(`CREATE TABLE ${name} (${columns})${this.suffix()}`);
    }
  }

  async createIndex(name: string, table: string, columns: string, unique: 'unique' | 'plain' = 'plain'): Promise<void> {
    const sql = `SELECT 1 FROM information_schema.statistics
      WHERE table_schema = DATABASE() AND table_name = ? AND index_name = ? LIMIT 1`;
    if (this.isServer && (await this.runner.query(sql, [table, name])).length > 0) return;
    await this.runner.query(`CREATE ${unique === 'unique' ? 'UNIQUE ' : ''}INDEX ${name} ON ${table} (${columns})`);
  }

  async dropIndex(name: string, table: string): Promise<void> {
    const of = this.runner.connection.options.type === 'better-sqlite3' ? '' : ` ON ${table}`;
    await this.runner.query(`DROP INDEX ${name}${of}`);
  }

  /** A column that may be absent: rows there are keep their hashes, which leave out what is null. */
  async addColumn(table: string, column: string): Promise<void> {
    const [name = ''] = column.split(' ');
    const sql = `SELECT 1 FROM information_schema.columns
      WHERE table_schema = DATABASE() AND table_name = ? AND column_name = ? LIMIT 1`;
    if (this.isServer && (await this.runner.query(sql, [table, name])).length > 0) return;
    await this.runner.query(`ALTER TABLE ${table} ADD COLUMN ${column}`);
  }

  async dropColumn(table: string, name: string): Promise<void> {
    await this.runner.query(`ALTER TABLE ${table} DROP COLUMN ${name}`);
  }

  async dropTable(name: string): Promise<void> {
    await this.runner.query(`DROP TABLE IF EXISTS ${name}`);
  }

  async run(sql: string, values: readonly unknown[] = []): Promise<void> {
    await this.runner.query(sql, [...values]);
  }

  /**
   * Whether an interrupted run of this migration made the table already: servers commit each such statement by itself,
   * where the embedded database takes all of them back. A table of the same name with other columns is somebody else's.
   */
  private async isThere(name: string, columns: string): Promise<boolean> {
    if (!this.isServer) return false;
    const sql = `SELECT column_name AS name FROM information_schema.columns
      WHERE table_schema = DATABASE() AND table_name = ? ORDER BY ordinal_position`;
    const found: { name: string }[] = await this.runner.query(sql, [name]);
    if (found.length === 0) return false;
    if (found.map((column) => column.name).join() === columnNames(columns).join()) return true;
    throw new Error(`the table ${name} is there already and is not ours: give the product a database of its own`);
  }

  private get isServer(): boolean {
    return this.runner.connection.options.type !== 'better-sqlite3';
  }

  private suffix(): string {
    if (!this.isServer) return '';
    const collation = this.runner.connection.options.type === 'mariadb' ? 'utf8mb4_nopad_bin' : 'utf8mb4_0900_bin';
    return ` ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=${collation}`;
  }
}

/** First words of the comma-separated parts, but for the key. */
const columnNames = (columns: string): string[] =>
  columns
    .replaceAll(/\([^)]*\)/g, '')
    .split(',')
    .map((part) => part.trim().split(/\s/)[0] ?? '')
    .filter((word) => word !== 'PRIMARY');

/** A migration class of TypeORM: `order` (four digits) decides the sequence. */
export function migration(
  order: string,
  name: string,
  up: (sql: Statements) => Promise<void>,
  down: (sql: Statements) => Promise<void>,
): new () => MigrationInterface {
  return class implements MigrationInterface {
    // TypeORM reads the sequence from the last 13 digits of the name.
    readonly name = `${name}170000000${order}`;
    up(runner: QueryRunner): Promise<void> {
      return up(new Statements(runner));
    }
    down(runner: QueryRunner): Promise<void> {
      return down(new Statements(runner));
    }
  };
}
