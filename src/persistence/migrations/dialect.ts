import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * One hand-readable SQL text serves both databases: SQLite accepts the column types MySQL needs. What differs is added
 * here: engine, character set and a binary collation without padding on every table.
 */
export class Statements {
  constructor(private readonly runner: QueryRunner) {}

  async createTable(name: string, columns: string): Promise<void> {
    await this.runner.query(`CREATE TABLE ${name} (${columns})${await this.suffix()}`);
  }

  async createIndex(name: string, table: string, columns: string, unique: 'unique' | 'plain' = 'plain'): Promise<void> {
    await this.runner.query(`CREATE ${unique === 'unique' ? 'UNIQUE ' : ''}INDEX ${name} ON ${table} (${columns})`);
  }

  async dropTable(name: string): Promise<void> {
    await this.runner.query(`DROP TABLE ${name}`);
  }

  async run(sql: string, values: readonly unknown[] = []): Promise<void> {
    await this.runner.query(sql, [...values]);
  }

  private async suffix(): Promise<string> {
    const type = this.runner.connection.options.type;
    if (type === 'better-sqlite3') return '';
    const collation = type === 'mariadb' ? 'utf8mb4_nopad_bin' : 'utf8mb4_0900_bin';
    return ` ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=${collation}`;
  }
}

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
