import { expect } from 'chai';
import { eachBackend } from '../../support/databases.js';
import { chapter } from '../../support/promises.js';
import { type Account, done, refused, Town } from '../../support/town.js';

eachBackend(
  (backend) =>
    chapter('classification', (promise) => {
      let town: Town;
      before(async () => {
        town = await Town.open(backend);
      });
      after(() => town?.close());

      const BASIS = { reason: 'Aggregated by month', legalBasis: 'Shanghai Data Regulations, art. 41(2)' };
      const page = async (id: string, by: Account = 'officer') =>
        (await (await town.as(by)).get(`/api/datasets/${id}`)).body;
      const propose = async (id: string, tier: string, more: object = BASIS, by: Account = 'steward-transport') =>
        town.give(by, `/api/datasets/${id}`, 'propose-tier', { tier, ...more });
      const assessment = async (proposed: { body: { id: string } }) => `/api/assessments/${proposed.body.id}`;

      promise(
        '`{id, dataset, state, verdict:{tier, abstained, confidence}, items:[{name, tier, findings}], risk, rules:[{id, pack, version, source, verified, outcome, inputs}], lowering:[…], replayHash}`',
        async () => {
          const { id } = await town.plain();
          const steward = await town.as('steward-transport');
          const started = done(await steward.post(`/api/datasets/${id}/assessments`), 202);
          const found = done(await steward.get(`/api/assessments/${started.body.id}`)).body;
          expect(found).to.include.keys(
            'id',
            'dataset',
            'state',
            'verdict',
            'items',
            'risk',
            'rules',
            'lowering',
            'replayHash',
          );
          expect(found.verdict).to.include.keys('tier', 'abstained', 'confidence');
          expect(found.rules[0]).to.include.keys('id', 'pack', 'version', 'source', 'verified', 'outcome', 'inputs');
          expect(found.dataset).to.equal(id);
          refused(await (await town.as('steward-health')).get(`/api/assessments/${found.id}`), 404, 'not-found');
          refused(await (await town.as('enterprise-a-handler')).get(`/api/assessments/${found.id}`), 403, 'forbidden');
          refused(await town.anonymous.get(`/api/assessments/${found.id}`), 401, 'sign-in-required');
        },
      );

      promise('Confirmer ≠ proposer; lowering needs reason and legal basis.', async () => {
        const { id } = await town.plain();
        refused(await propose(id, 'open', {}), 422, 'lowering-needs-reason');
        const proposed = done(await propose(id, 'open'));
        expect(await page(id), 'not before a second person').to.include({ tier: 'conditional' });
        const path = await assessment(proposed);
        refused(await town.give('steward-transport', path, 'confirm'), 403, 'forbidden');
        const confirmed = done(await town.give('officer', path, 'confirm'));
        expect(confirmed.body.state).to.equal('confirmed');
        const now = await page(id, 'enterprise-a-handler');
        expect(now).to.include({ tier: 'open', tierStatus: 'confirmed' });
        expect(now.reasons[0]).to.include({ text: BASIS.reason, source: BASIS.legalBasis });
        expect(await town.reason(id, { subject: { type: 'anonymous', id: 'anonymous' } })).to.equal('open-data');

        const other = await town.plain();
        const own = await assessment(done(await propose(other.id, 'open', BASIS, 'officer')));
        refused(await town.give('officer', own, 'confirm'), 422, 'own-proposal');
        refused(await town.give('officer', own, 'override', { tier: 'open', ...BASIS }), 422, 'own-proposal');
        done(await town.give('officer-2', own, 'confirm'));
        expect((await page(other.id)).tier).to.equal('open');
      });

      promise('`{tier?, reason?, legalBasis?, evidence?}`', async () => {
        const { id } = await town.plain();
        const path = await assessment(done(await propose(id, 'restricted', { ...BASIS, reason: 'Persons are named' })));
        refused(await town.give('officer', path, 'override', { tier: 'conditional' }), 422, 'reason-required');
        refused(
          await town.give('officer', path, 'override', { tier: 'conditional', reason: 'x' }),
          422,
          'lowering-needs-reason',
        );
        refused(await town.give('officer', path, 'override', { tier: 'secret', ...BASIS }), 400, 'invalid-body');
        expect(
          done(await town.give('officer', path, 'override', { tier: 'conditional', ...BASIS })).body.state,
        ).to.equal('overridden');
        expect(await page(id)).to.include({ tier: 'conditional', tierStatus: 'confirmed' });
        refused(await town.give('officer-2', path, 'confirm'), 409, 'assessment-closed');
      });

      promise('tierStatus:"declared"|"confirmed"|"pending-review"', async () => {
        const { id } = await town.plain();
        const steward = await town.as('steward-transport');
        // Raising acts at once, and says why; lowering waits for a second person, whichever way it is tried.
        done(await propose(id, 'restricted', { reason: 'Persons are named', legalBasis: 'art. 41(2)' }));
        const raised = await page(id);
        expect(raised).to.include({ tier: 'restricted', tierStatus: 'pending-review' });
        expect(raised.reasons[0]).to.include({
          rule: 'proposed-by-person',
          text: 'Persons are named',
          source: 'art. 41(2)',
        });
        expect(raised.distributions.map(({ tier }: { tier: string }) => tier)).to.not.include('conditional');
        const next = await town.plain();
        const patched = done(await steward.change(`/api/datasets/${next.id}`, { declaredTier: 'open' })).body;
        expect(patched).to.include({ tier: 'conditional', declaredTier: 'open', tierStatus: 'pending-review' });
        // Its level asks for a condition, or the stricter tier stays until a review: the first reason says which.
        expect(patched.reasons[0].rule).to.be.oneOf(['level-conditional', 'kept-until-review']);
      });

      promise('records with the same rules and verdict are one group, confirmed on one screen', async () => {
        const officer = await town.as('officer');
        const { body } = await officer.get('/api/assessments?state=proposed&limit=1');
        const proposals = await Promise.all(
          body.groups.map(async ({ group, count }: { group: string; count: number }) => {
            const { items } = (await officer.get(`/api/assessments?state=proposed&group=${group}&limit=1`)).body;
            return { group, count, proposed: items[0].verdict.proposed };
          }),
        );
        const abstained = proposals.find(({ proposed }) => proposed === null);
        if (abstained !== undefined)
          refused(
            await officer.post('/api/assessments/commands/confirm', { group: abstained.group }),
            422,
            'nothing-proposed',
          );
        const id = proposals.find(({ count, proposed }) => count > 1 && proposed !== null).group;
        const before = (await officer.get(`/api/assessments?state=proposed&group=${id}&limit=100`)).body;
        expect(before.total).to.be.greaterThan(1);
        refused(
          await (await town.as('steward-transport')).post('/api/assessments/commands/confirm', { group: id }),
          403,
          'forbidden',
        );
        done(
          await officer.post(
            '/api/assessments/commands/confirm',
            { group: id },
            { 'idempotency-key': crypto.randomUUID() },
          ),
        );
        expect((await officer.get(`/api/assessments?state=proposed&group=${id}`)).body.total).to.equal(0);
        const one = await page(before.items[0].dataset);
        expect(one.tierStatus).to.equal('confirmed');
      });

      promise('`POST /api/assessments/preview`', async () => {
        const facts = { title: { zh: '居民身份证号码明细' }, items: [{ name: 'id_no', title: { zh: '身份证号' } }] };
        const { verdict, rules } = done(await town.anonymous.post('/api/assessments/preview', facts), 200).body;
        expect(verdict.tier).to.equal('restricted');
        expect(rules[0]).to.include.keys('id', 'source', 'verified');
        const statistics = { title: { zh: '公共停车场数量统计', en: 'Number of car parks' }, declared: 'open' };
        const open = await town.anonymous.post('/api/assessments/preview', statistics);
        if (open.status === 200) expect(open.body.verdict.tier).to.be.oneOf(['open', 'restricted']);
      });

      promise('`GET /api/rule-packs`', async () => {
        const { items } = (await town.anonymous.get('/api/rule-packs')).body;
        expect(items.map(({ id }: { id: string }) => id)).to.include.members(['cn-shanghai', 'us-pod']);
      });
    }),
  ({ name }) => name !== 'embedded on file',
);
