import { expect } from 'chai';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { schema } from '../../ormconfig.js';
import { type Database, NewerDatabase, openDatabase, type Schema } from '../../src/persistence/index.js';
import { eachBackend, type TestDatabase } from '../support/databases.js';

interface Column {
  readonly name: string;
  readonly type: string;
}

const isSqlite = (database: Database): boolean => database.dialect === 'sqlite';
const query = (database: Database, sql: string, values: unknown[] = []) =>
  database.write((manager) => manager.query(sql, values));

async function tablesOf(database: Database): Promise<string[]> {
  const sql = isSqlite(database)
    ? "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
    : 'SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE()';
  const rows: { name: string }[] = await query(database, sql);
  return rows
    .map(({ name }) => name)
    .filter((name) => name !== 'migrations')
    .sort();
}

const columnsOf = (database: Database, table: string): Promise<Column[]> =>
  query(
    database,
    isSqlite(database)
      ? `SELECT name, type FROM pragma_table_info('${table}')`
      : `SELECT column_name AS name, data_type AS type FROM information_schema.columns
         WHERE table_schema = DATABASE() AND table_name = '${table}' ORDER BY ordinal_position`,
  );

/** Every table and index as the database itself writes them down. */
async function shapeOf(database: Database): Promise<unknown> {
  if (isSqlite(database))
    return query(database, "SELECT name, sql FROM sqlite_master WHERE name <> 'migrations' ORDER BY name");
  const shape = [];
  for (const table of await tablesOf(database)) shape.push(await query(database, `SHOW CREATE TABLE ${table}`));
  return shape;
}

/** One row in every table, whatever its columns. */
async function fill(database: Database): Promise<void> {
  for (const table of await tablesOf(database)) {
    const columns = await columnsOf(database, table);
    const values = columns.map(({ type }) =>
      /int/.test(type) ? 7 : type.startsWith('datetime') ? '2026-01-02 03:04:05.678' : '"x"',
    );
    const places = columns.map(() => '?').join();
    await query(
      database,
      `INSERT INTO ${table} (${columns.map(({ name }) => name).join()}) VALUES (${places})`,
      values,
    );
  }
}

type Content = Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>;

async function contentOf(database: Database): Promise<Content> {
  const content: Record<string, Content[string]> = {};
  for (const table of await tablesOf(database)) content[table] = await query(database, `SELECT * FROM ${table}`);
  return content;
}

/** Of what was there, the tables and columns that still are. */
const remaining = (before: Content, now: Content): Content =>
  Object.fromEntries(
    Object.entries(now).map(([table, rows]) => {
      const columns = Object.keys(rows[0] ?? {});
      const kept = (row: Content[string][number]) => Object.fromEntries(columns.map((name) => [name, row[name]]));
      return [table, (before[table] ?? []).map(kept)];
    }),
  );

/** The same migrations, of which one meets a power cut at its n-th statement. */
function interruptedAt(index: number, statement: number): Schema {
  const Whole = schema.migrations[index] as new () => MigrationInterface;
  class Interrupted extends Whole {
    override async up(runner: QueryRunner): Promise<void> {
      const ask = runner.query.bind(runner);
      let left = statement;
      runner.query = (...given: Parameters<typeof ask>) => {
        if (left === 0) throw new Error('power cut');
        left -= 1;
        return ask(...given);
      };
      try {
        await super.up(runner);
      } finally {
        runner.query = ask;
      }
    }
  }
  return { entities: [], migrations: schema.migrations.map((own, at) => (at === index ? Interrupted : own)) };
}

describe('migrations', function () {
  this.timeout(240_000);
  eachBackend((backend) => {
    let place: TestDatabase;
    let database: Database;
    beforeEach(async () => {
      place = await backend.fresh();
      database = await openDatabase(place.url, schema);
    });
    afterEach(async () => {
      await database.close();
      await place.dispose();
    });

    it('go back one by one with data in every table, leave what is older as it was, and come to the same schema again', async () => {
      await database.migrate();
      const shape = await shapeOf(database);
      await fill(database);
      let content = await contentOf(database);
      for (let left = schema.migrations.length; left > 0; left--) {
        await database.undoLastMigration();
        const now = await contentOf(database);
        // Fewer tables or columns, or the same where a migration brought indexes only; what is left is untouched.
        expect(Object.keys(now).filter((table) => !(table in content))).to.deep.equal([]);
        expect(now).to.deep.equal(remaining(content, now));
        content = now;
      }
      expect(content).to.deep.equal({});
      await database.migrate();
      expect(await shapeOf(database)).to.deep.equal(shape);
    });

    it('keep the data that is there when only the last one is missing', async () => {
      await database.migrate();
      await database.undoLastMigration();
      await fill(database);
      const content = await contentOf(database);
      expect((await database.migrate()).length).to.equal(1);
      // More tables or columns, or the same where it brought indexes only.
      expect(remaining(await contentOf(database), content)).to.deep.equal(content);
    });

    it('that were interrupted at any statement are completed by the next start', async () => {
      if (!backend.durable) return;
      await database.migrate();
      const shape = await shapeOf(database);
      for (const [index, statement] of [
        [0, 1],
        [0, 9],
        [2, 3],
        [2, 30],
        [3, 5],
      ] as const) {
        const other = await backend.fresh();
        const cut = await openDatabase(other.url, interruptedAt(index, statement));
        await cut.migrate().catch((error: Error) => expect(error.message).to.equal('power cut'));
        await cut.close();
        const next = await openDatabase(other.url, schema);
        await next.migrate();
        expect(await shapeOf(next), `${index} ${statement}`).to.deep.equal(shape);
        await next.close();
        await other.dispose();
      }
    });

    it('of a later version are refused, forward and back', async () => {
      await database.migrate();
      await query(database, "INSERT INTO migrations (timestamp, name) VALUES (1800000000000, 'Later1800000000000')");
      for (const act of [() => database.migrate(), () => database.undoLastMigration(), () => database.refuseNewer()]) {
        const error = await act().then(
          () => undefined,
          (thrown: unknown) => thrown,
        );
        expect(error).to.be.instanceOf(NewerDatabase);
        expect((error as NewerDatabase).unknown).to.deep.equal(['Later1800000000000']);
      }
    });
  });

  eachBackend(
    (backend) => {
      it('leave a table of somebody else alone, and say so', async () => {
        const place = await backend.fresh();
        const database = await openDatabase(place.url, schema);
        await query(database, 'CREATE TABLE log (line int)');
        await query(database, 'INSERT INTO log VALUES (1)');
        for (let attempt = 0; attempt < 2; attempt++) {
          const error = await database.migrate().then(
            () => undefined,
            (thrown: Error) => thrown.message,
          );
          expect(error).to.contain('the table log is there already and is not ours');
        }
        expect(await query(database, 'SELECT line FROM log')).to.have.length(1);
        await database.close();
        await place.dispose();
      });

      it('run once when two instances start on one empty database', async () => {
        const place = await backend.fresh();
        const both = await Promise.all([openDatabase(place.url, schema), openDatabase(place.url, schema)]);
        const done = await Promise.all(both.map((database) => database.migrate()));
        expect(done.map(({ length }) => length)).to.have.members([0, schema.migrations.length]);
        await Promise.all(both.map((database) => database.close()));
        await place.dispose();
      });
    },
    (backend) => backend.dialect === 'mysql',
  );
});
