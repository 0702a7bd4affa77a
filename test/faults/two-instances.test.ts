import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { Caller } from '../support/caller.js';
import { freshDatabase, testMariaDb } from '../support/mariadb.js';
import { Place, RunningProduct } from '../support/product.js';
import { skipSuite } from '../support/skip.js';

describe('two instances on one database server', function () {
  this.timeout(400_000);
  if (testMariaDb() === undefined) skipSuite(this, 'no MariaDB: TIERGATE_TEST_MARIADB is not set');

  it('start at once on an empty one: one migrates and seeds; tokens hold on both, and so does what ends them', async () => {
    const database = await freshDatabase(testMariaDb() ?? '');
    const place = new Place(database.url);
    Object.assign(place.environment, {
      TIERGATE_PUBLIC_URL: 'http://127.0.0.1',
      TIERGATE_SECRET: 'AZyOlN3vSgFqTqk0c2J5nBdXw8rHu1Mt',
      TIERGATE_LOG_LEVEL: 'info',
    });
    const [one, two] = await Promise.all([RunningProduct.start(place), RunningProduct.start(place)]);
    const told = (words: string) => [one, two].filter(({ log }) => log().includes(words)).length;
    expect([told('"migrated"'), told('seeded organisations')]).to.deep.equal([1, 1]);

    const admin = await Caller.person(one.address, 'admin');
    const elsewhere = admin.at(two.address);
    expect((await elsewhere.get('/api/me')).status).to.equal(200);
    const made = await elsewhere.post('/api/organisations', { name: { zh: '第二个实例' }, kind: 'public-body' });
    expect(made.status, made.text).to.equal(201);
    expect((await admin.get(`/api/organisations/${made.body.id}`)).status).to.equal(200);

    expect((await admin.post('/api/auth/sign-out')).status).to.equal(204);
    expect((await admin.get('/api/me')).status).to.equal(401);
    while ((await elsewhere.get('/api/me')).status !== 401) await sleep(20);

    expect(await Promise.all([one.stop(), two.stop()])).to.deep.equal([0, 0]);
    const audit = await place.tiergate('audit', 'verify');
    expect(audit.code, audit.out + audit.err).to.equal(0);
    place.remove();
    await database.drop();
  });
});
