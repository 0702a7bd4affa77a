import { expect } from 'chai';
import { Statements } from '../../bench/plans/statements.js';
import type { App } from '../../src/app.js';
import { demonstrate } from '../support/capability.js';
import { type Account, done, refused } from '../support/town.js';

const HANDLER = 'enterprise-a-handler';
const ABSENT = '01ARZ3NDEKTSV4RRFFQ69G5FAV';
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

// oxlint-disable-next-line typescript/no-explicit-any -- bodies as a stranger sees them
type Body = any;

/**
 * How many questions to the database some work takes. The log's follower, which asks ten times a second, rests meanwhile;
 * others of the product may ask beside it, so the least of some looks.
 */
async function fewest({ follower }: App, heard: Statements, work: () => Promise<unknown>): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let look = 0; look < 6; look++) {
    await follower.poll();
    follower.stop();
    least = Math.min(least, await heard.count(work));
    follower.start(100);
  }
  return least;
}

demonstrate('traps', (shows, city) => {
  const see = async (path: string, by: Account = HANDLER): Promise<Body> =>
    done(await (await city.town.as(by)).get(path)).body;
  const own = async () => ({ type: 'organisation', id: (await city.town.me(HANDLER)).organisation.id as string });

  shows('unreadable-data-stays-closed', async () => {
    const steward = await city.town.as('steward-transport');
    const record = (n: number) => ({ identifier: `odd-${n}`, title: { zh: '站点' }, field: 'transport' });
    const odd = ['Open', 'OPEN', 'public', '', ' open', null, [], {}, 1];
    for (const [n, declaredTier] of odd.entries()) {
      const made = await steward.post('/api/datasets', { ...record(n), declaredTier });
      if (made.status !== 201) {
        expect(made.status, JSON.stringify(declaredTier)).to.equal(400);
        continue;
      }
      expect([made.body.tier, made.body.tierStatus], JSON.stringify(declaredTier)).to.deep.equal([
        'restricted',
        'pending-review',
      ]);
    }
    const { id } = done(await steward.post('/api/datasets', record(99)), 201).body;
    expect((await city.town.ask(id)).decision, 'none declared').to.equal(false);
  });

  shows('list-and-check-agree', async () => {
    const dataset = await city.town.plain();
    const period = { from: city.day(), to: city.day(2) };
    const { grant } = await city.town.granted([dataset], undefined, { period });
    const both = async () => {
      const { items } = await see(`/api/grants?state=active&dataset=${dataset.id}`);
      const listed = items.some(({ id, inForce }: Body) => grant.endsWith(id) && inForce === 'yes');
      return [listed, (await city.town.ask(dataset)).decision];
    };
    expect(await both()).to.deep.equal([true, true]);
    await city.town.give('supervisor', grant, 'suspend', { reason: 'Look' });
    expect(await both()).to.deep.equal([false, false]);
    await city.town.give('supervisor', grant, 'resume', { reason: 'Fine' });
    expect(await both()).to.deep.equal([true, true]);
    await city.passUnnoticed(3 * DAY);
    expect(await both(), 'expired, before anything was written').to.deep.equal([false, false]);
    await city.act();
    expect(await both()).to.deep.equal([false, false]);
  });

  shows('ends-within-the-day', async () => {
    const dataset = await city.town.plain();
    const { grant } = await city.town.granted([dataset]);
    const until = new Date(city.now() + 10 * MINUTE).toISOString();
    done(await city.town.give('supervisor', grant, 'suspend', { reason: 'For ten minutes', until }));
    await city.passUnnoticed(10 * MINUTE - 1);
    expect(await city.town.reason(dataset)).to.equal('grant-suspended');
    await city.wait(1);
    expect(await city.town.reason(dataset)).to.equal('granted');
  });

  shows('approval-that-gives-something', async () => {
    const dataset = await city.town.plain();
    const items = dataset.items.slice(0, 2).map(({ name }: Body) => name);
    const { grant } = await city.town.granted([dataset], { datasets: [{ dataset: dataset.id, items }] });
    const [link] = (await see(grant)).links;
    const served = await (await city.town.as(HANDLER)).get(link.href);
    expect([served.status, served.text.split('\n')[0]]).to.deep.equal([200, items.join(',')]);
    expect(served.text.split('\n').length, 'and rows below it').to.be.greaterThan(2);
  });

  shows('check-is-no-oracle', async () => {
    const { id } = await city.town.plain();
    const about = async (resource: string) => ({
      subject: await own(),
      resource: { type: 'dataset', id: resource },
      action: { name: 'download' },
    });
    for (const by of ['enterprise-b-handler', 'citizen'] as const)
      refused(await (await city.town.as(by)).post('/access/v1/evaluation', await about(id)), 403, 'not-your-subject');
    refused(await city.town.anonymous.post('/access/v1/evaluation', await about(id)), 401, 'sign-in-required');
    const shown = await see('/api/datasets?tier=restricted&limit=100');
    const known = new Set(shown.items.map((one: Body) => one.id));
    const all = await see('/api/datasets?tier=restricted&limit=100', 'steward-transport');
    const secret = all.items.find((one: Body) => !known.has(one.id)).id as string;
    const answer = async (resource: string) =>
      (await (await city.town.as(HANDLER)).post('/access/v1/evaluation', await about(resource))).body;
    const [hidden, absent] = [await answer(secret), await answer(ABSENT)];
    expect([hidden.decision, hidden.context.reason.code]).to.deep.equal([absent.decision, absent.context.reason.code]);
  });

  shows('lists-without-a-query-per-row', async () => {
    const { app } = city.town;
    const heard = await Statements.of(app.database);
    const approver = await city.town.as('approver');
    for (let n = 0; n < 6; n++) await city.town.submitted([await city.town.plain()]);
    for (const list of ['/api/applications', '/api/grants', '/api/datasets']) {
      const page = (limit: number) =>
        fewest(app, heard, async () => done(await approver.get(`${list}?limit=${limit}`)));
      expect(await page(50), list).to.equal(await page(2));
    }
    const { items } = await see('/api/datasets?tier=conditional&limit=100');
    const portal = await city.town.portal();
    const evaluations = items.map(({ id }: Body) => ({ resource: { type: 'dataset', id } }));
    const batch = { subject: await own(), action: { name: 'download' }, evaluations };
    const asked = await fewest(app, heard, async () => done(await portal.post('/access/v1/evaluations', batch)));
    expect([evaluations.length > 50, asked]).to.deep.equal([true, 0]);
  });

  shows('terms-asked-for-at-every-door', async () => {
    const dataset = await city.town.plain();
    const path = await city.town.advised([dataset]);
    done(await city.town.give('approver', path, 'approve'));
    const file = dataset.distributions.find(({ kind }: Body) => kind === 'file');
    const address = new URL(file.url ?? `/files/${file.id}/data.csv`, city.town.address).pathname;
    const handler = await city.town.as(HANDLER);
    const doors = async () => {
      const alone = (await city.town.ask(dataset)).decision;
      const batch = { subject: await own(), action: { name: 'download' } };
      const evaluations = [{ resource: { type: 'dataset', id: dataset.id } }];
      const many = (await (await city.town.portal()).post('/access/v1/evaluations', { ...batch, evaluations })).body;
      const proxy = { 'x-original-uri': address, 'x-original-method': 'GET' };
      const checked = (await handler.get('/access/check', proxy)).status === 200;
      return [alone, many.evaluations[0].decision, checked, (await handler.get(address)).status === 200];
    };
    expect(await doors()).to.deep.equal([false, false, false, false]);
    done(await city.town.sign(path));
    expect(await doors()).to.deep.equal([true, true, true, true]);
  });
});
