import { expect } from 'chai';
import { Cases, fine } from '../support/cases.js';
import { logFaults } from '../support/log-faults.js';
import { eachDialect } from '../support/databases.js';
import { type OpenApp, openApp } from '../support/server.js';

interface Touched {
  readonly id: string;
  readonly state: string;
  readonly outcome: string;
}

/** A change of tier as the people meet it whose grants and applications it touches. */
describe('contract: reclassification', function () {
  this.timeout(240_000);

  eachDialect((backend) => {
    let opened: OpenApp;
    let cases: Cases;
    before(async () => {
      opened = await openApp(backend, { seeded: true });
      cases = await Cases.open(await opened.listen());
    });
    after(() => opened.close());

    const propose = (dataset: string, body: object) =>
      cases.give('officer', `/api/datasets/${dataset}`, 'propose-tier', body);
    const preview = async (dataset: string, tier: string, who: Parameters<Cases['as']>[0] = 'officer') =>
      cases.as(who).get(`/api/datasets/${dataset}/reclassification?tier=${tier}`);
    const ask = async (dataset: string) => {
      const organisation = (await cases.as('enterprise-a-handler').get('/api/me')).body.organisation.id as string;
      const { body } = await cases.as('portal').post('/access/v1/evaluation', {
        subject: { type: 'organisation', id: organisation },
        resource: { type: 'dataset', id: dataset },
        action: { name: 'download' },
      });
      return [body.decision, body.context.reason.code];
    };

    it('is previewed, acts at once, and is recorded as it was previewed', async () => {
      const dataset = cases.datasets[1] as string;
      const grant = await cases.granted(dataset);
      const review = await cases.at('holder', {
        datasets: [{ dataset }],
        purpose: { category: 'education', scenario: 'A course on traffic' },
      });
      const signing = await cases.at('approved', {
        datasets: [{ dataset }],
        purpose: { category: 'operations', scenario: 'Routes of our vans' },
      });
      const draft = await cases.draft({
        datasets: [{ dataset }],
        purpose: { category: 'journalism', scenario: 'A report on traffic' },
      });
      expect(await ask(dataset)).to.deep.equal([true, 'granted']);

      const before = fine(await preview(dataset, 'restricted')).body;
      expect([before.from, before.to, before.grantRule, before.pack]).to.deep.equal([
        'conditional',
        'restricted',
        'suspend',
        'cn-shanghai',
      ]);
      const touched = (list: readonly Touched[]) => list.map(({ id, state, outcome }) => [id, state, outcome]);
      const idOf = (path: string) => path.split('/').at(-1);
      const pending = (await cases.as('enterprise-a-handler').get(signing)).body.grants[0].id;
      expect(touched(before.grants)).to.have.deep.members([
        [idOf(grant), 'active', 'suspended'],
        [pending, 'pending', 'suspended'],
      ]);
      expect(touched(before.applications)).to.have.deep.members([
        [idOf(review), 'in-review', 'no-longer-possible'],
        [idOf(signing), 'approved', 'no-longer-possible'],
        [idOf(draft), 'draft', 'no-longer-possible'],
      ]);
      expect(before.counts.grants).to.deep.equal({ suspended: 2 });
      expect(before.distributions[0].outcome).to.equal('stops');
      expect(before.grants[0].organisation.name).to.match(/\S/);
      expect(
        (await cases.as('officer').get(`/api/reclassifications?dataset=${dataset}`)).body.total,
        'nothing happened',
      ).to.equal(0);

      const { id: assessment } = (await propose(dataset, { tier: 'restricted', reason: 'Plates can be read' })).body;
      expect(await ask(dataset), 'at the next question').to.deep.equal([false, 'restricted']);
      const [recorded] = (await cases.as('officer').get(`/api/reclassifications?dataset=${dataset}`)).body.items;
      expect({ ...recorded, ...VARYING }).to.deep.equal({ ...before, ...VARYING });
      expect(recorded).to.include({ assessment, from: 'conditional', to: 'restricted' });
      expect(
        fine(await cases.as('supervisor').get(`/api/reclassifications/${recorded.id}`)).body.grants,
      ).to.have.length(2);

      for (const { id, outcome } of recorded.grants as Touched[])
        expect((await cases.as('supervisor').get(`/api/grants/${id}`)).body.state, outcome).to.equal('suspended');
      const handler = cases.as('enterprise-a-handler');
      for (const path of [review, signing, draft]) {
        const { history } = (await handler.get(path)).body;
        const last = history.at(-1);
        expect([last.event, last.data]).to.deep.equal([
          'application.tier-changed',
          { dataset, from: 'conditional', to: 'restricted' },
        ]);
      }
      expect((await handler.command(draft, 'submit')).body.code).to.equal('tier-changed');
      const { version, hash } = (await cases.as('enterprise-a-signatory').get(signing)).body.agreement;
      const signed = await cases.as('enterprise-a-signatory').command(signing, 'accept-agreement', { version, hash });
      expect([signed.status, signed.body.code]).to.deep.equal([422, 'tier-changed']);
      const page = fine(await handler.get(`/api/datasets/${dataset}`)).body;
      expect(page.notices.map(({ code }: { code: string }) => code)).to.deep.equal(['tier-raised']);
      expect(page.notices[0].at).to.match(/^\d{4}-\d\d-\d\dT/);

      await cases.give('officer-2', `/api/assessments/${assessment}`, 'confirm', {});
      const lowering = (
        await propose(dataset, { tier: 'conditional', reason: 'Plates are masked', legalBasis: 'art. 41(3)' })
      ).body;
      expect(fine(await preview(dataset, 'conditional')).body.counts.grants).to.deep.equal({ released: 2 });
      expect(await ask(dataset), 'a proposal lowers nothing').to.deep.equal([false, 'restricted']);
      await cases.give('officer-2', `/api/assessments/${lowering.id}`, 'confirm', {});
      expect(await ask(dataset)).to.deep.equal([true, 'granted']);
      const latest = (await cases.as('officer').get(`/api/reclassifications?dataset=${dataset}`)).body.items;
      expect([latest.length, latest[0].counts.grants, latest[0].grantRule]).to.deep.equal([2, { released: 2 }, null]);
      const notices = fine(await handler.get(`/api/datasets/${dataset}`)).body.notices;
      expect(notices.map(({ code }: { code: string }) => code)).to.deep.equal(['tier-lowered']);
    });

    it('is shown to those who oversee it and to the holder, and to nobody else', async () => {
      const dataset = cases.datasets[2] as string;
      await propose(dataset, { tier: 'restricted', reason: 'Under review' });
      const [{ id }] = (await cases.as('officer').get(`/api/reclassifications?dataset=${dataset}`)).body.items;
      for (const who of ['officer', 'supervisor', 'auditor', 'admin', 'steward-transport'] as const) {
        expect((await preview(dataset, 'conditional', who)).status, who).to.equal(200);
        expect((await cases.as(who).get(`/api/reclassifications/${id}`)).status, who).to.equal(200);
      }
      const absent = (await preview('01ARZ3NDEKTSV4RRFFQ69G5FAV', 'open', 'steward-health')).body;
      const foreign = await preview(dataset, 'open', 'steward-health');
      expect({ ...foreign.body, instance: '' }).to.deep.equal({ ...absent, instance: '' });
      expect((await cases.as('steward-health').get(`/api/reclassifications/${id}`)).status).to.equal(404);
      expect((await cases.as('steward-health').get('/api/reclassifications')).body.total).to.equal(0);
      for (const who of ['enterprise-a-handler', 'portal', 'citizen'] as const)
        expect((await preview(dataset, 'open', who)).status, who).to.equal(403);
      expect((await preview(dataset, 'open', 'anonymous')).status).to.equal(401);
      for (const tier of ['odd', '', 'Open']) expect((await preview(dataset, tier)).status, tier).to.equal(400);
    });

    it('of a draft touches nobody and is not announced', async () => {
      const steward = cases.as('steward-transport');
      const written = {
        identifier: 'governed-draft',
        title: { zh: '公交站点名录' },
        abstract: { zh: '站点' },
        field: 'transport',
        declaredTier: 'open',
        updateFrequency: 'yearly',
      };
      const { id } = fine(await steward.post('/api/datasets', written)).body;
      fine(await steward.command(`/api/datasets/${id}`, 'propose-tier', { tier: 'restricted', reason: 'Not yet' }));
      expect((await cases.as('officer').get(`/api/reclassifications?dataset=${id}`)).body.total).to.equal(0);
      expect((await steward.get(`/api/datasets/${id}`)).body.notices).to.deep.equal([]);
    });

    it('leaves a log that holds', async () => {
      expect(await logFaults(opened.app)).to.deep.equal([]);
    });
  });
});

/** What a record of a change has beside what its preview says. */
const VARYING = { id: '', etag: '', at: '', actor: '', assessment: '', publisher: '' };
