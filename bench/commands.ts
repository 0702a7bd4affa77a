import { setImmediate as turn } from 'node:timers/promises';
import { Column, Entity } from 'typeorm';
import { monotonicFactory } from 'ulid';
import { schema as productSchema } from '../ormconfig.js';
import { SYSTEM } from '../src/kernel/principal.js';
import { ok } from '../src/kernel/result.js';
import { LogJournal } from '../src/log/index.js';
import {
  IdColumn,
  openDatabase,
  Reactions,
  type Schema,
  Table,
  UnitOfWork,
  VersionColumn,
} from '../src/persistence/index.js';
import { migration } from '../src/persistence/migrations/dialect.js';
import { type Backend, backends, isAvailable } from '../test/support/databases.js';
import { inQuick, median } from './quick.js';

/** Commands a second: one row changed and one entry appended per command, each client on a row of its own. */
const CLIENTS = inQuick([1, 8, 64], [1, 8]);
const ROUNDS = inQuick(3, 1);
const MEASURED = inQuick(1500, 100);

@Entity('bench_rows')
class BenchRow {
  @IdColumn() id!: string;
  @Column({ type: 'int' }) counter!: number;
  @VersionColumn() version!: number;
}

const table = new Table<BenchRow>('bench', BenchRow);
const Bench9000 = migration(
  '9000',
  'Bench',
  (sql) =>
    sql.createTable('bench_rows', 'id char(26) NOT NULL PRIMARY KEY, counter int NOT NULL, version int NOT NULL'),
  (sql) => sql.dropTable('bench_rows'),
);
const schema: Schema = {
  entities: [...productSchema.entities, BenchRow],
  migrations: [...productSchema.migrations, Bench9000],
};

interface Stand {
  readonly withLog: UnitOfWork;
  readonly withoutLog: UnitOfWork;
  readonly rows: readonly string[];
  close(): Promise<void>;
}

async function build(backend: Backend): Promise<Stand> {
  const place = await backend.fresh();
  const database = await openDatabase(place.url, schema);
  await database.migrate();
  const clock = { now: () => Date.now() };
  const journal = new LogJournal(() => Promise.resolve());
  const silent = {
    admit: async () => ok(undefined),
    append: () => Promise.resolve(0),
    committed: () => Promise.resolve(),
  };
  const withLog = new UnitOfWork(database, journal, new Reactions(), clock);
  const next = monotonicFactory();
  const rows = Array.from({ length: Math.max(...CLIENTS) }, () => next());
  await withLog.run(async (tx) => {
    await table.insert(
      tx,
      rows.map((id) => ({ id, counter: 0, version: 1 })),
    );
    tx.append({ event: 'bench.started', subject: { kind: 'bench', id: rows[0] ?? '' }, actor: SYSTEM, data: {} });
    return ok(undefined);
  });
  const close = async () => {
    await database.close();
    await place.dispose();
  };
  return { withLog, withoutLog: new UnitOfWork(database, silent, new Reactions(), clock), rows, close };
}

async function command(unit: UnitOfWork, id: string): Promise<void> {
  await unit.run(async (tx) => {
    const row = await table.find(tx, id);
    if (row === null) throw new Error('the row is gone');
    await table.update(tx, { ...row, counter: row.counter + 1 });
    tx.append({
      event: 'bench.counted',
      subject: { kind: 'bench', id },
      actor: SYSTEM,
      data: { counter: row.counter + 1 },
    });
    return ok(undefined);
  });
}

async function rate(unit: UnitOfWork, rows: readonly string[], clients: number): Promise<number> {
  let done = 0;
  const from = performance.now();
  const client = async (id: string) => {
    while (performance.now() - from < MEASURED) {
      await command(unit, id);
      // A request ends in a turn of the event loop; the embedded database alone would never leave it one.
      await turn();
      done += 1;
    }
  };
  await Promise.all(rows.slice(0, clients).map(client));
  return (done * 1000) / (performance.now() - from);
}

/** One line per number of clients; with and without the log take turns, so that both meet the same machine. */
async function measure(backend: Backend): Promise<void> {
  const stand = await build(backend);
  try {
    for (const clients of CLIENTS) {
      const [on, off]: [number[], number[]] = [[], []];
      for (let round = 0; round < ROUNDS; round++) {
        off.push(await rate(stand.withoutLog, stand.rows, clients));
        on.push(await rate(stand.withLog, stand.rows, clients));
      }
      const ratio = (median(on) / median(off)).toFixed(2);
      console.log(`| ${backend.name} | ${clients} | ${median(on).toFixed(0)} | ${median(off).toFixed(0)} | ${ratio} |`);
    }
  } finally {
    await stand.close();
  }
}

console.log('| database | clients | commands/s | without the log | ratio |');
console.log('|---|---|---|---|---|');
for (const backend of backends.filter(({ durable }) => durable)) {
  if (isAvailable(backend)) await measure(backend);
  else console.log(`skipped ${backend.name}: TIERGATE_TEST_MARIADB is not set`);
}
