import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { createConnection } from 'mysql2/promise';
import { EmbeddedConnection } from '../../src/persistence/embedded-connection.js';
import { Caller } from '../support/caller.js';
import { fine } from '../support/cases.js';
import { type Backend, eachBackend, type TestDatabase } from '../support/databases.js';
import { Place, RunningProduct } from '../support/product.js';

const TAKEN_UP = /"grants":[1-9]\d*,.*"decision index taken up"/;
const EDIT = "UPDATE grants SET purpose = 'marketing' WHERE state = 'active'";

/** What a graceful stop puts away, and when a start believes it. */
describe('a decision index that was kept', function () {
  this.timeout(240_000);
  eachBackend(suite, ({ durable }) => durable);
});

function suite(backend: Backend): void {
  let database: TestDatabase;
  let place: Place;
  let product: RunningProduct;
  /** Of the embedded database. */
  let file: string;
  before(async () => {
    database = await backend.fresh();
    file = database.url.replace(/^sqlite:/, '');
    place = new Place(database.url);
    place.environment['TIERGATE_LOG_LEVEL'] = 'info';
  });
  after(async () => {
    place.remove();
    await database.dispose();
  });

  const start = async (): Promise<boolean> => {
    product = await RunningProduct.start(place);
    return TAKEN_UP.test(product.log());
  };
  /** What a portal is told of each grant of the demo. */
  const answers = async (): Promise<readonly string[]> => {
    const supervisor = await Caller.person(product.address, 'supervisor');
    const portal = await Caller.portal(product.address);
    const { items } = fine(await supervisor.get('/api/grants?limit=100')).body;
    const told: string[] = [];
    for (const { id, organisation, dataset, purpose, delivery } of items) {
      const body = {
        subject: { type: 'organisation', id: organisation },
        resource: { type: 'dataset', id: dataset },
        action: { name: delivery },
        context: { purpose },
      };
      const { decision, context } = fine(await portal.post('/access/v1/evaluation', body)).body;
      told.push(`${id} ${decision} ${context.reason.code}`);
    }
    return told;
  };
  /** Where the index lies while nobody runs, if it does. */
  const kept = (): string | undefined => {
    if (backend.dialect === 'sqlite') return existsSync(`${file}-index`) ? `${file}-index` : undefined;
    const folder = join(place.folder, 'data', 'index');
    const [name] = existsSync(folder) ? readdirSync(folder) : [];
    return name === undefined ? undefined : join(folder, name);
  };
  /** A row changed behind the log, while nobody runs. */
  const edit = async (sql: string): Promise<void> => {
    if (backend.dialect === 'mysql') {
      const hand = await createConnection(database.url.replace(/^mariadb:/, 'mysql:'));
      await hand.query(sql);
      return hand.end();
    }
    const hand = new EmbeddedConnection(file);
    hand.exec(sql);
    hand.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    hand.close();
  };

  it('is written when it stops; the next start answers from it alike', async () => {
    expect(await start(), 'a new database').to.equal(false);
    const told = await answers();
    expect(told.join()).to.include('granted');
    expect(await product.stop()).to.equal(0);
    if (backend.dialect === 'sqlite')
      expect(existsSync(`${file}-wal`) ? statSync(`${file}-wal`).size : 0, 'all stands in the one file').to.equal(0);
    expect(statSync(kept() ?? expect.fail('nothing kept')).mode & 0o077, 'for its owner alone').to.equal(0);
    expect(await start()).to.equal(true);
    expect(await answers()).to.deep.equal(told);
  });

  it('is not believed after a kill, for what was written since', async () => {
    fine(await (await Caller.person(product.address, 'admin')).get('/api/me'));
    expect(await product.stop('SIGKILL')).to.equal(null);
    expect(await start()).to.equal(false);
    expect(await product.stop()).to.equal(0);
  });

  it('is not believed where a byte of it is another one', async () => {
    const path = kept() ?? expect.fail('nothing kept');
    const bytes = readFileSync(path);
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
    writeFileSync(path, bytes);
    expect(await start()).to.equal(false);
    expect(await product.stop()).to.equal(0);
  });

  it('is not believed where a hand wrote to a row: it is found and nothing is permitted on it', async () => {
    await edit(EDIT);
    expect(await start()).to.equal(false);
    const told = await answers();
    expect(told.join()).to.include('record-tampered').and.not.include('granted');
    expect(await product.stop()).to.equal(0);
    expect(kept(), 'a world with doubts is not kept').to.equal(undefined);
  });
}
