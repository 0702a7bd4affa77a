import type { Database } from '../../src/persistence/index.js';

/** A statement as it went to the database, with the values it was bound to. */
export interface Statement {
  readonly sql: string;
  readonly values: readonly unknown[];
}

interface Logging {
  logger: { logQuery(sql: string, values?: unknown[]): void };
}

/** Listens to what TypeORM sends. One statement is kept per text: plans do not depend on the values here. */
export class Statements {
  private readonly heard = new Map<string, Statement>();
  private sent = 0;

  private constructor(private readonly connection: Logging) {}

  static async of(database: Database): Promise<Statements> {
    const connection = await database.read(async (manager) => manager.connection as unknown as Logging);
    const statements = new Statements(connection);
    const real = connection.logger;
    connection.logger = Object.create(real, {
      logQuery: { value: (sql: string, values: unknown[] = []) => statements.hear(sql, values) },
    }) as Logging['logger'];
    return statements;
  }

  /** The SELECTs that `work` sent. */
  async during(work: () => Promise<unknown>): Promise<readonly Statement[]> {
    this.heard.clear();
    await work();
    return [...this.heard.values()];
  }

  /** How many SELECTs `work` sent. */
  async count(work: () => Promise<unknown>): Promise<number> {
    const before = this.sent;
    await work();
    return this.sent - before;
  }

  private hear(sql: string, values: readonly unknown[]): void {
    if (!/^\s*SELECT/i.test(sql)) return;
    this.sent += 1;
    this.heard.set(sql, { sql, values });
  }
}
