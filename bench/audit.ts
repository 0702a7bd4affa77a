import { loggedTables, schema } from '../ormconfig.js';
import { SYSTEM } from '../src/kernel/principal.js';
import { ok } from '../src/kernel/result.js';
import { LogJournal, verifyLog } from '../src/log/index.js';
import { openDatabase, Reactions, Reader, rowHash, UnitOfWork } from '../src/persistence/index.js';
import { inQuick, lastingBackends } from './quick.js';

const ENTRIES = inQuick(1_000_000, 1000);
const CHUNK = 500;

/** Entries as a busy product leaves them: some data, one row each. */
async function fill(unit: UnitOfWork): Promise<void> {
  for (let from = 0; from < ENTRIES; from += CHUNK) {
    await unit.run((tx) => {
      for (let number = from; number < from + CHUNK; number++) {
        const id = `01J${String(number).padStart(23, '0')}`;
        tx.wrote('bench', id, rowHash('bench', { id, number }));
        const subject = { kind: 'bench', id };
        tx.append({ event: 'bench.wrote', subject, actor: SYSTEM, data: { number, text: '一条日志 of the log' } });
      }
      return Promise.resolve(ok(null));
    });
  }
}

for (const backend of lastingBackends) {
  const place = await backend.fresh();
  const database = await openDatabase(place.url, schema);
  await database.migrate();
  const journal = new LogJournal(() => Promise.resolve());
  const clock = { now: () => Date.now() };
  const began = performance.now();
  await fill(new UnitOfWork(database, journal, new Reactions(), clock));
  const filled = performance.now();
  const report = await database.snapshot((manager) =>
    verifyLog(new Reader(manager, database.dialect, Date.now()), loggedTables),
  );
  const done = performance.now();
  if (report.faults.length > 0) throw new Error(`${report.faults.length} faults in an untouched log`);
  const rate = (milliseconds: number) => Math.round((ENTRIES / milliseconds) * 1000).toLocaleString('en');
  console.log(
    `${backend.name}: ${ENTRIES.toLocaleString('en')} entries written in chunks ${rate(filled - began)}/s; audit verify ${((done - filled) / 1000).toFixed(1)} s, ${rate(done - filled)} entries/s`,
  );
  await database.close();
  await place.dispose();
}
