import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { FLUSH_EVERY } from '../../src/decisions/decision-book.js';
import { Caller } from '../support/caller.js';
import { Place, RunningProduct } from '../support/product.js';

/** The write under way when the process ends, on a busy machine. */
const SLACK = 1500;

describe('a server killed while it answers checks', function () {
  this.timeout(240_000);
  let place: Place;
  beforeEach(() => {
    place = new Place();
    place.environment['TIERGATE_PUBLIC_URL'] = 'http://127.0.0.1';
  });
  afterEach(() => place.remove());

  it('keeps the record of every decision but the last ones, within the bound that the book states', async () => {
    let product = await RunningProduct.start(place);
    let portal = await Caller.portal(product.address);
    const listed = await portal.get('/api/datasets?tier=conditional&limit=1');
    const question = {
      subject: { type: 'organisation', id: 'nobody' },
      resource: { type: 'dataset', id: listed.body.items[0].id },
      action: { name: 'download' },
    };
    const answered: { id: string; at: number }[] = [];
    const killAt = performance.now() + 4000;
    while (performance.now() < killAt) {
      const { body } = await portal.post('/access/v1/evaluation', question);
      answered.push({ id: body.context.evaluationId, at: performance.now() });
      await sleep(5);
    }
    const end = performance.now();
    await product.stop('SIGKILL');
    product = await RunningProduct.start(place);
    portal = await Caller.portal(product.address);
    const early = answered.filter(({ at }) => at < end - FLUSH_EVERY - SLACK);
    expect(early.length).to.be.greaterThan(20);
    const found: boolean[] = [];
    for (const { id } of answered) found.push((await portal.get(`/api/decisions/${id}`)).status === 200);
    const lost = answered.filter((_, at) => !found[at]);
    console.log(`      ${answered.length} answered, ${lost.length} of the last not kept`);
    expect(found.slice(0, early.length).every(Boolean)).to.equal(true);
    expect(lost.every(({ at }) => at >= end - FLUSH_EVERY - SLACK)).to.equal(true);
    await product.stop();
  });
});
