import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { createConnection } from 'mysql2/promise';
import { Caller } from '../support/caller.js';
import { fine } from '../support/cases.js';
import { Clerk, expectAllKept } from '../support/clerk.js';
import { freshDatabase, type PrivateMariaDb, startPrivateMariaDb, testMariaDb } from '../support/mariadb.js';
import { Place, PRODUCTION, RunningProduct } from '../support/product.js';
import { skipSuite } from '../support/skip.js';

const KILLS = 4;

describe('a database server that is hurt while the product runs', function () {
  this.timeout(300_000);
  if (testMariaDb() === undefined) skipSuite(this, 'no MariaDB: TIERGATE_TEST_MARIADB is not set');
  let server: PrivateMariaDb;
  let place: Place;

  before(async () => {
    server = await startPrivateMariaDb();
  });
  after(() => server.stop());
  beforeEach(async () => {
    place = new Place((await freshDatabase(server.url)).url);
    place.environment['TIERGATE_PUBLIC_URL'] = 'http://127.0.0.1';
  });
  afterEach(() => place.remove());

  const verified = async (): Promise<void> => {
    const audit = await place.tiergate('audit', 'verify');
    expect(audit.code, audit.out + audit.err).to.equal(0);
  };

  it(`killed ${KILLS} times during writes, it keeps what was acknowledged, and the product goes on by itself`, async () => {
    const product = await RunningProduct.start(place);
    const clerk = await Clerk.signIn(product.address);
    for (let kill = 0; kill < KILLS; kill++) {
      clerk.begin(8);
      await sleep(400 + Math.random() * 400);
      server.signal('SIGKILL');
      await sleep(100);
      await server.restart();
      const back = await product.until('/health/ready');
      console.log(`      ready ${Math.round(back)} ms after the database was back`);
      await clerk.rest();
      await clerk.settle();
    }
    const kept = await expectAllKept(clerk, place.environment['DATABASE_URL'] ?? '');
    expect(kept).to.be.greaterThan(KILLS);
    expect(await product.stop()).to.equal(0);
    await verified();
  });

  it('frozen, everything that needs it is refused while it stands still; afterwards each key has one effect', async () => {
    const product = await RunningProduct.start(place);
    const clerk = await Clerk.signIn(product.address);
    clerk.begin(4);
    await sleep(300);
    server.signal('SIGSTOP');
    try {
      const asked = performance.now();
      const ask = (path: string) => fetch(product.address + path);
      const [search, ready, live] = await Promise.all([
        ask('/api/organisations'),
        ask('/health/ready'),
        ask('/health/live'),
      ]);
      console.log(`      refused after ${Math.round(performance.now() - asked)} ms`);
      expect(live.status).to.equal(200);
      expect(ready.status).to.equal(503);
      expect(search.status).to.equal(503);
      expect(search.headers.get('retry-after')).to.equal('2');
      expect(((await search.json()) as { code: string }).code).to.equal('unavailable');
      await clerk.rest();
    } finally {
      server.signal('SIGCONT');
    }
    const back = await product.until('/health/ready');
    console.log(`      ready ${Math.round(back)} ms after it went on`);
    await clerk.settle();
    await expectAllKept(clerk, place.environment['DATABASE_URL'] ?? '');
    await product.stop();
    await verified();
  });

  it('frozen, open data is still served to the portals it knows, and nothing else to anybody', async () => {
    const product = await RunningProduct.start(place);
    const { address } = product;
    const [portal, stranger, person] = [
      await Caller.portal(address),
      await Caller.portal(address),
      await Caller.person(address, 'supervisor'),
    ];
    const [open] = fine(await person.get('/api/datasets?tier=open&limit=1')).body.items;
    const [grant] = fine(await person.get('/api/grants?state=active&limit=1')).body.items;
    const asked = (dataset: string) => ({
      subject: { type: 'organisation', id: grant.organisation },
      resource: { type: 'dataset', id: dataset },
      action: { name: grant.delivery },
      context: { purpose: grant.purpose },
    });
    const told = async (by: Caller, dataset: string) => {
      const { status, body } = await by.post('/access/v1/evaluation', asked(dataset));
      return status === 200 ? [body.decision, body.context.reason.code] : [status, body.code];
    };
    expect(await told(portal, open.id)).to.deep.equal([true, 'open-data']);
    expect((await told(portal, grant.dataset))[0]).to.equal(true);
    server.signal('SIGSTOP');
    try {
      while ((await told(portal, grant.dataset))[0] === true) await sleep(100);
      expect(await told(portal, grant.dataset)).to.deep.equal([false, 'stale']);
      const began = performance.now();
      expect(await told(portal, open.id)).to.deep.equal([true, 'open-data']);
      console.log(`      open data after ${Math.round(performance.now() - began)} ms`);
      expect(await told(stranger, open.id), 'seen for the first time').to.deep.equal([503, 'unavailable']);
    } finally {
      server.signal('SIGCONT');
    }
    await product.until('/health/ready');
    expect((await told(portal, grant.dataset))[0]).to.equal(true);
    expect(await product.stop()).to.equal(0);
  });

  it('down at the start, the product lives, is not ready, permits nothing, and comes up with it', async () => {
    await (await RunningProduct.start(place)).stop();
    server.signal('SIGKILL');
    await sleep(100);
    const product = await RunningProduct.launch(place);
    await product.until('/health/live');
    const [ready, asked] = await Promise.all([
      fetch(`${product.address}/health/ready`),
      fetch(`${product.address}/api/access/check`, { method: 'POST', body: '{}' }),
    ]);
    expect([ready.status, asked.status]).to.deep.equal([503, 503]);
    expect(await ready.json()).to.deep.equal({ status: 'down', parts: { start: 'down' } });
    expect(asked.headers.get('content-type')).to.contain('application/problem+json');
    expect(((await asked.json()) as { code: string }).code).to.equal('unavailable');
    await sleep(1500);
    expect(product.log()).to.contain('waiting for the database');
    await server.restart();
    await product.until('/health/ready');
    expect(await product.stop()).to.equal(0);
  });

  it('that is not there, or does not let us in, is said at once where waiting would not help', async () => {
    const url = new URL(place.environment['DATABASE_URL'] ?? '');
    url.username = 'nobody';
    url.password = 'k%23ept%40secret';
    const refused = await place.run(['serve'], { DATABASE_URL: url.href, PORT: '0' });
    expect(refused.code).to.equal(3);
    expect(refused.err).to.contain('user, password and name');
    expect(refused.err).not.to.match(/k.*ept|secret'?@/);
    const none = await place.run(['migrate', 'status'], { DATABASE_URL: 'mariadb://root@127.0.0.1:9/none' });
    expect(none.code).to.equal(3);
    expect(none.err).to.match(/cannot connect to none at 127\.0\.0\.1:9/);
  });

  it('that does not flush what it acknowledges is told loudly in a demo, and is not ready for production', async () => {
    const administer = await createConnection(server.url.replace('mariadb:', 'mysql:'));
    await administer.query('SET GLOBAL innodb_flush_log_at_trx_commit = 2');
    try {
      Object.assign(place.environment, PRODUCTION);
      const production = await RunningProduct.launch(place);
      await production.until('/health/live');
      while (!production.log().includes('acknowledged writes can be lost')) await sleep(50);
      await production.until('/problems/unavailable');
      const ready = await fetch(`${production.address}/health/ready`);
      expect(ready.status).to.equal(503);
      expect(((await ready.json()) as { parts: object }).parts).to.include({ database: 'ok', durability: 'down' });
      await production.stop();
      place.environment['TIERGATE_MODE'] = 'demo';
      const demo = await RunningProduct.start(place);
      expect(await (await fetch(`${demo.address}/health/ready`)).json()).to.deep.include({ status: 'degraded' });
      await demo.stop();
      const doctor = await place.tiergate('doctor');
      expect(doctor.code).to.equal(1);
      expect(doctor.out).to.contain('innodb_flush_log_at_trx_commit is 2: set it to 1');
    } finally {
      await administer.query('SET GLOBAL innodb_flush_log_at_trx_commit = 1');
      await administer.end();
    }
  });
});
