import { expect } from 'chai';
import { loggedTables, schema } from '../../ormconfig.js';
import { SYSTEM } from '../../src/kernel/principal.js';
import { ok } from '../../src/kernel/result.js';
import { LogJournal, verifyLog } from '../../src/log/index.js';
import {
  type Database,
  openDatabase,
  Reactions,
  Reader,
  type Table,
  Transaction,
  UnitOfWork,
  type Versioned,
} from '../../src/persistence/index.js';
import { eachBackend, type TestDatabase } from '../support/databases.js';

type AnyRow = Versioned & Record<string, unknown>;
// oxlint-disable-next-line typescript/no-explicit-any -- every table of the product, whatever its row
type AnyTable = Table<any>;

const idOf = (number: number): string => `01JBBBBBBBBBBBBBBBBBBBBB${String(number).padStart(2, '0')}`;

/** A value that fits a column, another one for each number. */
function valueFor(column: { type: unknown; transformer?: unknown }, number: number): unknown {
  if (column.type === 'varchar') return `v${number}`;
  if (column.type === 'datetime') return 1_700_000_000_000 + number;
  if (column.type === 'tinyint') return number % 2 === 1;
  if (column.type === 'bigint') return number;
  return column.transformer === undefined ? `text ${number} 文本` : { number };
}

describe('audit verify, for every table the log names', () => {
  eachBackend(
    (backend) => {
      let place: TestDatabase;
      let database: Database;
      let unit: UnitOfWork;

      before(async () => {
        place = await backend.fresh();
        database = await openDatabase(place.url, schema);
        await database.migrate();
        const clock = { now: () => Date.now() };
        unit = new UnitOfWork(database, new LogJournal(() => Promise.resolve()), new Reactions(), clock);
      });
      after(async () => {
        await database.close();
        await place.dispose();
      });

      const reading = <T>(work: (reader: Reader) => Promise<T>): Promise<T> =>
        database.read((manager) => work(new Reader(manager, database.dialect, Date.now())));
      const faultsOf = async (table: AnyTable): Promise<string[]> =>
        (await reading((reader) => verifyLog(reader, [table]))).faults.map(({ kind, where }) => `${kind} ${where}`);
      const columnsOf = (table: AnyTable) =>
        reading((reader) => Promise.resolve(reader.manager.connection.getMetadata(table.entity).columns));
      const rowOf = async (table: AnyTable, number: number): Promise<AnyRow> => {
        const values = (await columnsOf(table)).map((column) => [column.propertyName, valueFor(column, number)]);
        return { ...Object.fromEntries(values), id: idOf(number), version: 1 } as AnyRow;
      };
      const told = (table: AnyTable, id: string, work: (tx: Transaction) => Promise<unknown>) =>
        unit.run(async (tx) => {
          await work(tx);
          tx.append({ event: 'test.wrote', subject: { kind: table.kind, id }, actor: SYSTEM, data: {} });
          return ok(null);
        });
      /** What somebody does who writes to the database and not through the product. */
      const behindTheLog = <T>(work: (tx: Transaction) => Promise<T>): Promise<T> =>
        database.write((manager) =>
          work(new Transaction(manager, database.dialect, Date.now(), () => Promise.resolve(ok(undefined)))),
        );
      const overwrite = (table: AnyTable, { id, ...columns }: AnyRow) =>
        behindTheLog((tx) => tx.manager.update(table.entity, { id }, columns as never));

      for (const table of loggedTables) {
        it(`${table.kind}: finds an edit of each column, and a deleted, an added, a put-back row`, async function () {
          this.timeout(240_000);
          const [first, second] = [await rowOf(table, 11), await rowOf(table, 12)];
          await told(table, first.id, (tx) => table.insert(tx, [first]));
          expect(await faultsOf(table)).to.deep.equal([]);

          for (const column of await columnsOf(table)) {
            if (column.propertyName === 'id') continue;
            await overwrite(table, { ...first, [column.propertyName]: valueFor(column, 14) });
            expect(await faultsOf(table), column.propertyName).to.deep.equal([`row-edited ${table.kind} ${first.id}`]);
          }
          await overwrite(table, first);
          expect(await faultsOf(table)).to.deep.equal([]);

          await behindTheLog((tx) => table.insert(tx, [second]));
          expect(await faultsOf(table)).to.deep.equal([`row-unknown ${table.kind} ${second.id}`]);
          await behindTheLog((tx) => tx.manager.delete(table.entity, { id: second.id }));

          await told(table, first.id, (tx) => table.update(tx, first));
          await overwrite(table, first);
          expect(await faultsOf(table)).to.deep.equal([`row-edited ${table.kind} ${first.id}`]);

          await behindTheLog((tx) => tx.manager.delete(table.entity, { id: first.id }));
          expect(await faultsOf(table)).to.deep.equal([`row-missing ${table.kind} ${first.id}`]);
        });
      }
    },
    (backend) => backend.name !== 'embedded on file',
  );

  it('covers every table but those that say why not', async () => {
    const database = await openDatabase('sqlite::memory:', schema);
    await database.migrate();
    const rows: { name: string }[] = await database.read((manager) =>
      manager.query("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"),
    );
    const logged = await database.read((manager) =>
      Promise.resolve(loggedTables.map(({ entity }) => manager.connection.getMetadata(entity).tableName)),
    );
    await database.close();
    const others = rows.map(({ name }) => name).filter((name) => !logged.includes(name));
    expect(others.sort()).to.deep.equal(Object.keys(NOT_LOGGED).sort());
  });
});

/** Tables whose rows the log does not name, and why that is enough. */
const NOT_LOGGED: Readonly<Record<string, string>> = {
  migrations: 'schema, not data',
  log: 'the log itself: leaves and positions are verified',
  log_row: 'inside the leaves of the log',
  log_personal: 'committed to by the log',
  log_head: 'held against the last position',
  idempotency: 'answers kept for a day; nothing is decided by them',
  sign_in_guesses: 'counts of failed guesses, forgotten after a day; a lock is told to the log',
  application_numbers: 'the last number of a year; each number given stands in its application',
  complaint_numbers: 'as application_numbers: each number given stands in its complaint',
  catalogue_import_issues: 'a report; the import and its datasets are logged',
  rehearsal_changes: 'a report; the rehearsal it belongs to is logged, and its content is that of the pack rehearsed',
  fusion_datasets:
    'finds fusion assessments by dataset; which datasets one compares stands in its own row, which is logged',
  attachment_pieces: 'bytes of attachments: each row of an attachment, which is logged, holds their hash',
  attachment_uses: 'finds the cases of an attachment; which ones a case names stands in its own row, which is logged',
  notifications: 'who was told of an event that is logged, and whether they read it; nothing is decided by them',
  register_matters: 'counted from the log, and counted anew from it where `register_cursor` is emptied',
  register_grants: 'as register_matters',
  register_cursor: 'up to where the log has been counted',
  register_catalogue: 'counts of the public catalogue at the end of a quarter; nothing is decided by them',
  mails: 'what is on its way to whom of a notification; nothing is decided by them',
  notice_templates: 'what notices are written from, by its hash; the row of a notice, which is logged, names it',
  notice_series: 'the last number of a body and year; each number given stands in its notice',
  decisions: 'records of use; evidence of a permit is the grant row (trust.md)',
  decision_counts: 'sums over the records of use, before they named datasets',
  decision_uses: 'sums over the records of use',
  portal_uses: 'as decision_uses',
};
