import { setTimeout as sleep } from 'node:timers/promises';
import { schema } from '../../ormconfig.js';
import { LogJournal } from '../../src/log/index.js';
import { openDatabase, Reactions, UnitOfWork } from '../../src/persistence/index.js';
import { MadeUpGrants } from './made-up-grants.js';

/** Another process that changes grants in the product's database: `node grant-writer.js <url>`; it tells how many. */
/** In five transactions a second: what they cost beside their grants would else keep it from a hundred. */
const AT_A_TIME = 20;
const EVERY = 200;

const database = await openDatabase(process.argv[2] as string, schema);
const journal = new LogJournal(() => Promise.resolve());
const unit = new UnitOfWork(database, journal, new Reactions(), { now: () => Date.now() });
const idsOf = (table: string): Promise<string[]> =>
  database.read(async (manager) =>
    (await manager.query(`SELECT id FROM ${table}`)).map(({ id }: { id: string }) => id),
  );
const grants = new MadeUpGrants(unit, await idsOf('organisations'), await idsOf('datasets'));
process.once('SIGTERM', () => process.exit(0));
for (;;) {
  const due = performance.now() + EVERY;
  await grants.put(AT_A_TIME);
  process.send?.(AT_A_TIME);
  await sleep(Math.max(0, due - performance.now()));
}
