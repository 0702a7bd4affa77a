import { expect } from 'chai';
import { dayOf } from '../../src/kernel/time.js';
import { eachBackend } from '../support/databases.js';
import { done, refused, Town } from '../support/town.js';

const REFUSAL = { reasons: [{ code: 'purpose-not-covered', text: 'Not for this.' }] };

/** Similar earlier cases beside a ruling, asked of the whole product. */
describe('contract: similar earlier cases', function () {
  this.timeout(180_000);

  eachBackend((backend) => {
    let town: Town;
    before(async () => {
      town = await Town.open(backend);
    });
    after(() => town.close());

    const idOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
    const seen = async (path: string, who: Parameters<Town['as']>[0] = 'reviewer-transport') => {
      await town.counted();
      return done(await (await town.as(who)).get(`${path}/similar-cases`), 200).body;
    };
    const alike = (body: { items: { application: string }[] }, path: string) =>
      // oxlint-disable-next-line typescript/no-explicit-any -- bodies as a stranger sees them
      body.items.find(({ application }) => application === idOf(path)) as any;
    const ruled = async (dataset: object, by: 'approve' | 'refuse', body: object, more: object = {}) => {
      const path = await town.advised([dataset], more);
      done(await town.give('approver', path, by, body));
      return path;
    };

    it('finds the earlier rulings on the same data, says in what they are alike and how each ended', async () => {
      const dataset = await town.plain();
      const refusal = await ruled(dataset, 'refuse', REFUSAL);
      const part = await ruled(dataset, 'approve', { datasets: [{ dataset: dataset.id, quota: 3 }] });
      const { application: whole, grant } = await town.granted([dataset]);
      done(await (await town.as('supervisor')).command(grant, 'revoke', { reason: 'Passed on' }));
      const path = await town.submitted([dataset]);
      const body = await seen(path);
      expect(alike(body, path), 'never itself').to.equal(undefined);
      for (const one of [refusal, part, whole]) {
        expect(alike(body, one).traits).to.include.members([
          'dataset',
          'items',
          'purpose',
          'scenario',
          'delivery',
          'applicant',
        ]);
        expect(JSON.stringify(alike(body, one))).not.to.match(/weight/);
      }
      expect(alike(body, refusal).datasets[0]).to.include({
        ruling: 'refused',
        alsoAsked: true,
        tier: 'conditional',
        tierNow: 'conditional',
      });
      expect(alike(body, refusal).reasons[0]).to.deep.nested.include({ code: 'purpose-not-covered' });
      expect(alike(body, refusal).reasons[0].title.zh).to.be.a('string');
      expect(alike(body, part).datasets[0]).to.deep.include({
        ruling: 'approved-in-part',
        narrowing: { items: null, delivery: null, period: null, quota: 3, conditions: [] },
      });
      expect(alike(body, whole).datasets[0]).to.include({ ruling: 'approved', narrowing: null });
      expect(alike(body, whole).later.map(({ what }: { what: string }) => what)).to.deep.equal(['grant-revoked']);
      expect(alike(body, whole).days).to.be.at.most(alike(body, whole).limit);
      expect(body.total).to.be.at.least(3);
      const [practice] = body.practice;
      expect(practice).to.include({ dataset: dataset.id, counted: 3, approved: 1, approvedInPart: 1, refused: 1 });
      expect(practice.standsAlone).to.deep.equal([]);
    });

    it('warns of a ruling that would be the first of its kind, and lets it be made all the same', async () => {
      const dataset = await town.plain();
      for (let count = 0; count < 3; count += 1) await ruled(dataset, 'approve', { reason: 'Met' });
      const path = await town.advised([dataset]);
      const [practice] = (await seen(path, 'approver')).practice;
      expect(practice).to.deep.include({ counted: 3, approved: 3, standsAlone: ['approved-in-part', 'refused'] });
      done(await town.give('approver', path, 'refuse', REFUSAL));
      const [after] = (await seen(path, 'approver')).practice;
      expect(after, 'its own ruling is not among those before it').to.deep.include({ counted: 3, refused: 0 });
      const [next] = (await seen(await town.submitted([dataset]))).practice;
      expect(next).to.deep.include({ counted: 4, refused: 1, standsAlone: ['approved-in-part'] });
    });

    it('tells that a refusal was reopened, and does not count it any more', async () => {
      const dataset = await town.plain();
      const path = await ruled(dataset, 'refuse', REFUSAL);
      done(await town.give('enterprise-a-handler', path, 'appeal', { reason: 'It is covered' }));
      done(await town.give('approver-deputy', path, 'decide-appeal', { outcome: 'reopened', reason: 'It may be' }));
      const next = await town.submitted([dataset]);
      const body = await seen(next);
      expect(body.practice[0]).to.include({ counted: 0, refused: 0, since: null });
      expect(alike(body, path).later.map(({ what }: { what: string }) => what)).to.deep.equal(['refusal-reopened']);
    });

    it('tells that a refusal was annulled elsewhere, and does not count it any more', async () => {
      const dataset = await town.plain();
      const path = await ruled(dataset, 'refuse', REFUSAL);
      const filed = { kind: 'litigation', forum: 'Railway Court', filedOn: dayOf(Date.now()), reference: '7' };
      done(await town.give('approver', path, 'record-proceeding', filed));
      const end = { kind: 'litigation', outcome: 'annulled', on: dayOf(Date.now()), text: 'Void.' };
      done(await town.give('approver', path, 'record-proceeding-outcome', end));
      const body = await seen(await town.submitted([dataset]));
      expect(body.practice[0]).to.include({ counted: 0, refused: 0, since: null });
      expect(alike(body, path).later.map(({ what }: { what: string }) => what)).to.deep.equal(['ruling-overturned']);
    });

    it('is hidden from the applicant and everyone who does not judge the case', async () => {
      const path = await town.submitted([await town.plain()]);
      for (const who of [
        'enterprise-a-handler',
        'enterprise-a-signatory',
        'citizen',
        'steward-transport',
        'officer',
        'admin',
      ] as const)
        refused(await (await town.as(who)).get(`${path}/similar-cases`), 403, 'forbidden');
      refused(await (await town.as('reviewer-health')).get(`${path}/similar-cases`), 404, 'not-found');
      refused(await town.anonymous.get(`${path}/similar-cases`), 401, 'sign-in-required');
      for (const who of ['approver', 'approver-deputy', 'supervisor', 'auditor'] as const) await seen(path, who);
      const own = await (await town.as('enterprise-a-handler')).get(path);
      expect(JSON.stringify(own.body)).not.to.match(/similar|practice/);
    });

    it('shows a holder the cases of its own desk only, and counts none beside them', async () => {
      const purpose = { category: 'education', scenario: '高校公共管理课程的教学案例' };
      const health = await town.plain('health');
      const transport = await town.plain('transport');
      const elsewhere = await town.advised([health], { purpose });
      done(await town.give('approver', elsewhere, 'approve', { reason: 'Met' }));
      const here = await ruled(transport, 'approve', { reason: 'Met' }, { purpose });
      const path = await town.advised([await town.plain('transport')], { purpose });
      const all = await seen(path, 'approver');
      const own = await seen(path, 'reviewer-transport');
      expect(alike(own, here).traits).to.include.members(['purpose', 'scenario', 'holder']);
      expect(alike(own, elsewhere)).to.equal(undefined);
      expect(own.total).to.equal(own.items.length);
      for (const { application } of own.items)
        done(await (await town.as('reviewer-transport')).get(`/api/applications/${application}`), 200);
      expect(all.total).to.be.at.least(own.total);
    });
  });
});
