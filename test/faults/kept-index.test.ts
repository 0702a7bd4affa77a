import { existsSync, statSync } from 'node:fs';
import { expect } from 'chai';
import { EmbeddedConnection } from '../../src/persistence/embedded-connection.js';
import { Caller } from '../support/caller.js';
import { fine } from '../support/cases.js';
import { Place, RunningProduct } from '../support/product.js';

const TAKEN_UP = /"grants":[1-9]\d*,.*"decision index taken up"/;

/** What a graceful stop puts away beside an embedded database, and when a start believes it. */
describe('a decision index that was kept', function () {
  this.timeout(240_000);
  let place: Place;
  let product: RunningProduct;
  let file: string;
  before(() => {
    place = new Place();
    place.environment['TIERGATE_LOG_LEVEL'] = 'info';
    file = place.database;
  });
  after(() => place.remove());

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
      const subject = { type: 'organisation', id: organisation };
      const body = {
        subject,
        resource: { type: 'dataset', id: dataset },
        action: { name: delivery },
        context: { purpose },
      };
      const { decision, context } = fine(await portal.post('/access/v1/evaluation', body)).body;
      told.push(`${id} ${decision} ${context.reason.code}`);
    }
    return told;
  };
  /** A row changed behind the log, while nobody runs. */
  const edit = (sql: string): void => {
    const hand = new EmbeddedConnection(file);
    hand.exec(sql);
    hand.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    hand.close();
  };

  it('is written when it stops, with everything in the one file; the next start answers from it alike', async () => {
    expect(await start(), 'a new database').to.equal(false);
    const told = await answers();
    expect(told.join()).to.include('granted');
    expect(await product.stop()).to.equal(0);
    expect(existsSync(`${file}-wal`) ? statSync(`${file}-wal`).size : 0).to.equal(0);
    expect(await start()).to.equal(true);
    expect(await answers()).to.deep.equal(told);
  });

  it('is not believed after a kill, for what was written since', async () => {
    fine(await (await Caller.person(product.address, 'admin')).get('/api/me'));
    expect(await product.stop('SIGKILL')).to.equal(null);
    expect(await start()).to.equal(false);
    expect(await product.stop()).to.equal(0);
  });

  it('is not believed where a hand wrote to the file: the row is found and nothing is permitted on it', async () => {
    edit("UPDATE grants SET purpose = 'marketing' WHERE state = 'active'");
    expect(await start()).to.equal(false);
    const told = await answers();
    expect(told.join()).to.include('record-tampered').and.not.include('granted');
    expect(await product.stop()).to.equal(0);
    expect(existsSync(`${file}-index`), 'a world with doubts is not kept').to.equal(false);
  });
});
