import { expect } from 'chai';
import { eachBackend } from '../support/databases.js';
import { type Account, done, refused, Town } from '../support/town.js';

// oxlint-disable-next-line typescript/no-explicit-any -- bodies as a stranger sees them
type Body = any;

describe('contract: the use of data, counted for its holder', function () {
  this.timeout(240_000);

  eachBackend((backend) => {
    let town: Town;
    let dataset: Body;
    before(async () => {
      town = await Town.open(backend);
      dataset = await town.plain();
    });
    after(() => town?.close());

    /** As it is counted so far. */
    const usage = async (by: Account, search = ''): Promise<Body> => {
      await town.app.slices.decisions.book.flush();
      return done(await (await town.as(by)).get(`/api/decisions/usage${search}`), 200).body;
    };

    it('says how often each dataset was asked for, permitted, denied and why, and delivered', async () => {
      const about = `?dataset=${dataset.id}`;
      const before = await usage('steward-transport', about);
      await town.ask(dataset);
      await town.ask(dataset);
      await town.granted([dataset]);
      const { evaluationId } = (await town.ask(dataset)).context;
      const portal = await town.portal();
      done(await portal.post('/access/v1/deliveries', { evaluationId, bytes: 100 }), 201);
      const after = await usage('steward-transport', about);
      const reason = ({ reasons }: Body, code: string): number =>
        reasons.find((one: Body) => one.reason === code)?.count ?? 0;
      expect(after.permitted - before.permitted).to.equal(1);
      expect(after.denied - before.denied).to.equal(2);
      expect(after.delivered - before.delivered).to.equal(1);
      expect(reason(after, 'granted') - reason(before, 'granted')).to.equal(1);
      expect(reason(after, 'no-grant') - reason(before, 'no-grant')).to.equal(2);
      expect(after.tiers.map(({ tier }: Body) => tier)).to.deep.equal(['conditional']);
      expect(after.datasets).to.deep.equal([
        {
          dataset: dataset.id,
          identifier: dataset.identifier,
          permitted: after.permitted,
          denied: after.denied,
          undecided: 0,
          delivered: after.delivered,
        },
      ]);
      expect(after.days.map(({ day }: Body) => day)).to.deep.equal([after.to]);
    });

    it('shows a holder its own data only, and the overseers all of it, with what is not known', async () => {
      await town.ask(dataset);
      await town.ask('no-such-dataset');
      const transport = (await town.me('steward-transport')).organisation.id;
      for (const by of ['steward-transport', 'reviewer-transport'] as const) {
        const own = await usage(by);
        expect(own.publisher).to.equal(transport);
        expect(own.datasets.map((one: Body) => one.dataset)).to.include(dataset.id);
        expect(own.reasons.map((one: Body) => one.reason)).to.not.include('unknown-resource');
      }
      expect((await usage('steward-health')).datasets.map((one: Body) => one.dataset)).to.not.include(dataset.id);
      const [all, ours] = [await usage('supervisor'), await usage('auditor', `?publisher=${transport}`)];
      expect(all.datasets.map((one: Body) => one.dataset)).to.include.members([dataset.id, null]);
      expect(ours.publisher).to.equal(transport);
      expect(ours.datasets.map((one: Body) => one.dataset)).to.not.include(null);
      const sum = (of: Body[]) => of.reduce((total, one) => total + one.permitted + one.denied, 0);
      expect(sum(all.days)).to.equal(all.permitted + all.denied);
      expect(sum(all.tiers)).to.equal(all.permitted + all.denied);
    });

    it('counts the days that are asked for', async () => {
      const then = await usage('supervisor', '?from=2020-01-01&to=2020-12-31');
      expect(then).to.deep.include({ from: '2020-01-01', to: '2020-12-31', permitted: 0, denied: 0, datasets: [] });
      const month = await usage('supervisor', '?to=2026-03-01');
      expect(month.from, 'thirty days').to.equal('2026-01-31');
    });

    it('refuses what is not theirs: other holders, other data, other roles, other words', async () => {
      const ask = async (by: Account, search = '') => (await town.as(by)).get(`/api/decisions/usage${search}`);
      const transport = (await town.me('steward-transport')).organisation.id;
      refused(await ask('steward-health', `?publisher=${transport}`), 403, 'forbidden');
      refused(await ask('steward-health', `?dataset=${dataset.id}`), 404, 'not-found');
      refused(await ask('supervisor', '?dataset=none'), 404, 'not-found');
      refused(await ask('enterprise-a-handler'), 403, 'forbidden');
      refused(await town.anonymous.get('/api/decisions/usage'), 401, 'sign-in-required');
      refused(await ask('supervisor', '?from=2026-02-30'), 400, 'invalid-query');
    });
  });
});
