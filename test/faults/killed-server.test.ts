import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { Clerk, expectAllKept } from '../support/clerk.js';
import { Place, RunningProduct } from '../support/product.js';

const KILLS = 20;

describe('a server killed while it writes to the embedded file', function () {
  this.timeout(600_000);
  let place: Place;
  beforeEach(() => {
    place = new Place();
    place.environment['TIERGATE_PUBLIC_URL'] = 'http://127.0.0.1';
  });
  afterEach(() => place.remove());

  it(`loses no acknowledged write in ${KILLS} kills, takes its own lock over, and knows its tokens again`, async () => {
    let product = await RunningProduct.start(place);
    const clerk = await Clerk.signIn(product.address);
    let repeated = 0;
    for (let kill = 0; kill < KILLS; kill++) {
      clerk.begin(4, product.address);
      await sleep(100 + Math.random() * 300);
      await product.stop('SIGKILL');
      await clerk.rest();
      product = await RunningProduct.start(place);
      repeated += await clerk.settle(product.address);
    }
    expect(await product.stop()).to.equal(0);
    const kept = await expectAllKept(clerk, place.environment['DATABASE_URL'] ?? '');
    console.log(`      ${kept} acknowledged writes kept, ${repeated} of unknown outcome repeated`);
    expect(kept).to.be.greaterThan(KILLS);
    expect(repeated).to.be.greaterThan(0);
    const audit = await place.tiergate('audit', 'verify');
    expect(audit.code, audit.out).to.equal(0);
  });
});
