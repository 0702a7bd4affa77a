import { expect } from 'chai';
import { ok } from '../../../src/kernel/result.js';
import { SYSTEM } from '../../../src/kernel/principal.js';
import { entries, LogJournal, logEntities } from '../../../src/log/index.js';
import { migrations, openDatabase, Reactions, UnitOfWork } from '../../../src/persistence/index.js';

const urls = ['sqlite::memory:', `sqlite:/tmp/tg-smoke-${process.pid}/a.db`, ...(process.env['TG_SMOKE'] ? [process.env['TG_SMOKE']] : [])];
for (const url of urls) {
  it(`logs on ${url}`, async () => {
    const database = await openDatabase(url, { entities: logEntities, migrations });
    await database.migrate();
    let done = 0;
    const unit = new UnitOfWork(database, new LogJournal(async (p) => void (done = p)), new Reactions(), { now: () => Date.now() });
    const t0 = performance.now();
    await Promise.all(Array.from({ length: 100 }, (_, i) => unit.run(async (tx) => {
      tx.append({ event: 'x.happened', subject: { kind: 'x', id: String(i) }, actor: SYSTEM, data: { i, u: undefined }, personal: { name: 'n' } });
      return ok(i);
    })));
    console.log(url, performance.now() - t0, done);
    const all = await unit.read((r) => entries(r, { after: 0, limit: 1000 }));
    expect(all.length).equal(100);
    expect(all[0]!.personal[0]!.value).equal('n');
    await database.undoLastMigration(); 
    await database.close();
  });
}
