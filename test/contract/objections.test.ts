import { expect } from 'chai';
import type { objectionProblems } from '../../src/kernel/problems/objections.js';
import type { Answer } from '../support/caller.js';
import { logFaults } from '../support/log-faults.js';
import { Cases, fine, type Name } from '../support/cases.js';
import { eachDialect } from '../support/databases.js';
import { newcomer } from '../support/newcomer.js';
import { type OpenApp, openApp } from '../support/server.js';

/** Objections to tiers as those meet them who file, decide and are touched. */
describe('contract: objections', function () {
  this.timeout(240_000);

  eachDialect((backend) => {
    let opened: OpenApp;
    let cases: Cases;
    let address: string;
    /** The next dataset that no other test has touched. */
    let next = 0;
    before(async () => {
      opened = await openApp(backend, { seeded: true });
      address = await opened.listen();
      cases = await Cases.open(address);
    });
    after(() => opened.close());

    const fresh = (): string => cases.datasets[next++] as string;
    const file = (who: Name, dataset: string, body: object = {}): Promise<Answer> =>
      cases.as(who).post('/api/objections', {
        about: 'tier',
        dataset,
        tier: 'open',
        reason: 'Nothing in it is sensitive',
        ...body,
      });
    const filed = async (who: Name, dataset: string, body: object = {}): Promise<string> =>
      `/api/objections/${fine(await file(who, dataset, body)).body.id}`;
    const give = (who: Name, path: string, command: string, body: object = {}) =>
      cases.as(who).command(path, command, body);
    const page = async (dataset: string, who: Name = 'officer') =>
      fine(await cases.as(who).get(`/api/datasets/${dataset}`)).body;
    const noticesOf = async (dataset: string, who: Name): Promise<string[]> =>
      (await page(dataset, who)).notices.map(({ code }: { code: string }) => code);
    const reviewOf = async (dataset: string) => {
      for (let token = ''; ; ) {
        const { items, nextPageToken } = (
          await cases.as('officer').get(`/api/reevaluations?queue=due&limit=100&pageToken=${token}`)
        ).body;
        const found = items.find((one: { dataset: string }) => one.dataset === dataset);
        if (found !== undefined || nextPageToken === '') return found;
        token = nextPageToken;
      }
    };
    const LAW = { legalBasis: '上海市数据条例第四十一条' };

    it('a user’s is marked on the dataset, stands in the queue with its cause, and upheld becomes a proposal for two', async () => {
      const dataset = fresh();
      const path = await filed('enterprise-a-handler', dataset, LAW);
      const mine = fine(await cases.as('enterprise-a-signatory').get(path)).body;
      expect(mine).to.deep.include({
        about: 'tier',
        dataset,
        objectedTier: 'conditional',
        tier: 'open',
        tierInForce: 'conditional',
        standing: 'user',
        right: null,
        state: 'open',
        decision: null,
        waitedDays: 0,
      });
      expect(mine.objector.name.zh).to.match(/\S/);
      expect(mine.allowedCommands).to.deep.equal(['withdraw']);
      expect(await noticesOf(dataset, 'anonymous')).to.include('tier-objected');
      const review = await reviewOf(dataset);
      expect([review.cause, review.objections, review.allowedCommands]).to.deep.equal(['objection', [mine.id], []]);
      expect((await page(dataset)).tier, 'objecting changes no tier').to.equal('conditional');

      expect((await cases.as('officer').get(path)).body.allowedCommands).to.deep.equal(['uphold', 'reject']);
      const upheld = fine(await give('officer', path, 'uphold', { reason: 'True: counts only' })).body;
      expect(upheld.state).to.equal('upheld');
      expect(upheld.decision).to.deep.include({ tier: 'open', reason: 'True: counts only', ...LAW });
      expect((await page(dataset)).tier, 'one person lowers nothing').to.equal('conditional');
      expect(await noticesOf(dataset, 'anonymous')).to.not.include('tier-objected');
      expect(await reviewOf(dataset)).to.equal(undefined);
      const assessment = `/api/assessments/${upheld.decision.assessment}`;
      const proposal = fine(await cases.as('officer-2').get(assessment)).body;
      expect([proposal.state, proposal.proposal.tier, proposal.proposal.objection]).to.deep.equal([
        'proposed',
        'open',
        mine.id,
      ]);
      expect((await give('officer', assessment, 'confirm')).body.code).to.equal('own-proposal');
      fine(await give('officer-2', assessment, 'confirm'));
      expect((await page(dataset)).tier).to.equal('open');
      expect(fine(await cases.as('enterprise-a-handler').get(path)).body.decision.reason).to.equal('True: counts only');
    });

    it('a right-holder’s, upheld, closes the data at once', async () => {
      const dataset = fresh();
      const path = await filed('citizen', dataset, {
        tier: 'restricted',
        right: 'personal-information',
        reason: 'My plate is in it',
        evidence: 'Row 17 of the file',
      });
      const { body } = await cases.as('officer-2').get(path);
      expect([body.standing, body.right, body.evidence]).to.deep.equal([
        'right-holder',
        'personal-information',
        'Row 17 of the file',
      ]);
      const steward = fine(await cases.as('steward-transport').get(path)).body;
      expect([steward.objector, steward.reason], 'who they are is not for the publisher').to.deep.equal([
        null,
        'My plate is in it',
      ]);
      expect(body.objector.id).to.match(/\S/);
      fine(await give('officer-2', path, 'uphold', { reason: 'Seen', ...LAW }));
      expect(await page(dataset)).to.deep.include({ tier: 'restricted', tierStatus: 'pending-review' });
    });

    it('is rejected with reasons, and the tier stays', async () => {
      const dataset = fresh();
      const path = await filed('steward-transport', dataset, { tier: 'restricted' });
      expect((await give('officer', path, 'reject', {})).status, 'without a reason').to.equal(400);
      const { state, decision, standing } = fine(await give('officer', path, 'reject', { reason: 'Looked: no' })).body;
      expect([state, standing, decision.reason, decision.tier, decision.assessment]).to.deep.equal([
        'rejected',
        'publisher',
        'Looked: no',
        null,
        null,
      ]);
      expect((await page(dataset)).tier).to.equal('conditional');
      expect(await reviewOf(dataset)).to.equal(undefined);
      expect((await give('officer', path, 'uphold', { reason: 'r' })).body.code).to.equal('objection-closed');
      fine(await file('steward-transport', dataset, { tier: 'restricted', reason: 'Something new' }));
    });

    it('is upheld in part, but not against what was asked', async () => {
      const dataset = fresh();
      const path = await filed('enterprise-a-handler', dataset);
      fine(
        await cases.give('officer', `/api/datasets/${dataset}`, 'propose-tier', { tier: 'restricted', reason: 'r' }),
      );
      expect((await give('officer-2', path, 'uphold', { reason: 'r', tier: 'restricted' })).body.code).to.equal(
        'not-upheld',
      );
      expect((await give('officer-2', path, 'uphold', { reason: 'r' })).body.code).to.equal('lowering-needs-reason');
      const { decision } = fine(
        await give('officer-2', path, 'uphold', { reason: 'r', tier: 'conditional', ...LAW }),
      ).body;
      expect(decision.tier).to.equal('conditional');
    });

    it('is withdrawn by whoever objected and by nobody else; a repeated one has an end', async () => {
      const dataset = fresh();
      const path = await filed('enterprise-a-handler', dataset);
      expect((await file('enterprise-a-signatory', dataset)).body.code, 'one body, one objection').to.equal(
        'objection-open',
      );
      const other = await filed('enterprise-b-handler', dataset);
      for (const [who, status] of [
        ['officer', 403],
        ['steward-transport', 403],
        ['enterprise-b-handler', 404],
        ['citizen', 404],
        ['anonymous', 401],
      ] as const)
        expect((await give(who, path, 'withdraw')).status, who).to.equal(status);
      fine(await give('enterprise-a-signatory', path, 'withdraw', { reason: 'A mistake' }));
      expect(await noticesOf(dataset, 'anonymous'), 'the other still waits').to.include('tier-objected');
      fine(await give('enterprise-b-handler', other, 'withdraw'));
      expect(await noticesOf(dataset, 'anonymous')).to.not.include('tier-objected');
      expect((await give('enterprise-a-handler', path, 'withdraw')).body.code).to.equal('objection-closed');
    });

    it('keeps the dataset in the queue through rulings and closed reviews', async () => {
      const dataset = fresh();
      fine(
        await cases
          .as('steward-transport')
          .post(`/api/reevaluations/${dataset}/commands/ask`, { cause: 'join', note: 'Joined' }),
      );
      const path = await filed('enterprise-a-handler', dataset);
      const { cause, objections } = await reviewOf(dataset);
      expect([cause, objections.length], 'what it stood there for before stays said').to.deep.equal(['join', 1]);
      const { id } = (
        await cases.give('officer', `/api/datasets/${dataset}`, 'propose-tier', { tier: 'restricted', reason: 'r' })
      ).body;
      await cases.give('officer-2', `/api/assessments/${id}`, 'confirm');
      expect((await reviewOf(dataset)).cause, 'a ruling on something else decides no objection').to.equal('objection');
      fine(await give('officer', path, 'reject', { reason: 'Plates' }));
      expect(await reviewOf(dataset)).to.equal(undefined);
    });

    it('is seen by who filed, the stewards of the publisher and those who oversee; to others it does not exist', async () => {
      const dataset = fresh();
      const path = await filed('enterprise-a-handler', dataset);
      for (const who of [
        'officer',
        'supervisor',
        'auditor',
        'admin',
        'steward-transport',
        'enterprise-a-signatory',
      ] as const) {
        expect((await cases.as(who).get(path)).status, who).to.equal(200);
        expect((await cases.as(who).get(`/api/objections?dataset=${dataset}`)).body.total, who).to.equal(1);
      }
      const absent = (await cases.as('citizen').get('/api/objections/01ARZ3NDEKTSV4RRFFQ69G5FAV')).body;
      for (const who of ['enterprise-b-handler', 'steward-health', 'citizen', 'reviewer-health', 'portal'] as const) {
        const { status, body } = await cases.as(who).get(path);
        expect([status, { ...body, instance: '' }], who).to.deep.equal([404, { ...absent, instance: '' }]);
        expect((await cases.as(who).get(`/api/objections?dataset=${dataset}`)).body.total, who).to.equal(0);
      }
      expect((await cases.as('officer').get(`/api/objections?dataset=${dataset}&state=rejected`)).body.total).to.equal(
        0,
      );
      expect((await cases.as('anonymous').get(path)).status).to.equal(401);
      for (const who of ['officer', 'auditor', 'portal', 'reviewer-transport'] as const)
        expect((await file(who, dataset)).status, who).to.equal(403);
      for (const who of ['enterprise-a-handler', 'auditor', 'supervisor', 'steward-transport'] as const)
        expect((await give(who, path, 'reject', { reason: 'r' })).status, who).to.equal(403);
    });

    it('to a dataset that the caller may not see is to none at all', async () => {
      const hidden = fresh();
      fine(await cases.give('officer', `/api/datasets/${hidden}`, 'propose-tier', { tier: 'restricted', reason: 'r' }));
      const absent = (await file('enterprise-a-handler', '01ARZ3NDEKTSV4RRFFQ69G5FAV')).body;
      const refused = (await file('enterprise-a-handler', hidden)).body;
      expect({ ...refused, instance: '' }).to.deep.equal({ ...absent, instance: '' });
      expect(absent.code).to.equal('not-found');
      for (const body of [
        { about: 'quality' },
        { tier: 'Open' },
        { reason: ' ' },
        { right: 'none' },
        { state: 'upheld' },
      ])
        expect((await file('enterprise-a-handler', hidden, body)).status, JSON.stringify(body)).to.equal(400);
    });

    const SCENES: Record<keyof typeof objectionProblems, () => Promise<Answer>> = {
      'no-standing': () => file('enterprise-a-handler', fresh(), { tier: 'restricted' }),
      'objection-open': async () => {
        const dataset = fresh();
        await filed('citizen', dataset);
        return file('citizen', dataset);
      },
      'objection-closed': async () => {
        const path = await filed('citizen', fresh());
        fine(await give('citizen', path, 'withdraw'));
        return give('officer', path, 'reject', { reason: 'r' });
      },
      'own-objection': async () => {
        const { caller } = await newcomer(cases, address, {
          username: 'authority-steward',
          beside: 'officer',
          role: 'steward',
        });
        const dataset = fresh();
        const made = await caller.post('/api/objections', {
          about: 'tier',
          dataset,
          tier: 'open',
          reason: 'We use it',
        });
        const path = `/api/objections/${fine(made).body.id}`;
        expect((await cases.as('officer').get(path)).body.allowedCommands).to.deep.equal([]);
        return give('officer', path, 'reject', { reason: 'r' });
      },
      'own-ruling': async () => {
        const dataset = fresh();
        await cases.give('officer', `/api/datasets/${dataset}`, 'propose-tier', { tier: 'restricted', reason: 'r' });
        const path = await filed('steward-transport', dataset, { tier: 'conditional' });
        expect((await cases.as('officer').get(path)).body.allowedCommands).to.deep.equal([]);
        return give('officer', path, 'reject', { reason: 'I was right' });
      },
      'not-upheld': async () =>
        give('officer', await filed('citizen', fresh()), 'uphold', { reason: 'r', tier: 'restricted' }),
      'objections-waiting': async () => {
        const dataset = fresh();
        await filed('citizen', dataset);
        const { etag } = await reviewOf(dataset);
        return cases
          .as('officer')
          .post(`/api/reevaluations/${dataset}/commands/close`, { reason: 'r' }, { 'if-match': etag });
      },
    };
    for (const [code, scene] of Object.entries(SCENES))
      it(`refuses with ${code}`, async () => {
        const answer = await scene();
        expect([answer.status >= 400, answer.body.code], answer.text).to.deep.equal([true, code]);
      });

    it('of two at once from one body stands one', async () => {
      const dataset = fresh();
      const answers = await Promise.all(
        Array.from({ length: 5 }, (_, at) =>
          file(at % 2 === 0 ? 'enterprise-a-handler' : 'enterprise-a-signatory', dataset),
        ),
      );
      expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).to.deep.equal([201, 409, 409, 409, 409]);
      const path = `/api/objections/${answers.find(({ status }) => status === 201)?.body.id}`;
      const decided = await Promise.all(
        (['officer', 'officer-2', 'officer'] as const).map((who) => give(who, path, 'reject', { reason: who })),
      );
      expect(decided.filter(({ status }) => status === 200)).to.have.length(1);
    });

    it('leaves a log that holds, in which nobody’s words stand but the officer’s', async () => {
      const { entries } = await opened.app.unit.read(async (reader) => ({
        entries: await reader.manager.query("SELECT * FROM log WHERE event LIKE 'objection.%'"),
      }));
      expect(entries.length).to.be.above(10);
      expect(JSON.stringify(entries)).to.not.contain('My plate is in it');
      expect(await logFaults(opened.app)).to.deep.equal([]);
    });
  });
});
