import { expect } from 'chai';
import { eachBackend } from '../../support/databases.js';
import { chapter } from '../../support/promises.js';
import { type Account, ACCOUNTS, day, done, PURPOSE, refused, Town } from '../../support/town.js';

eachBackend(
  (backend) =>
    chapter('grants', (promise) => {
      let town: Town;
      before(async () => {
        town = await Town.open(backend);
        await town.plain(); // the one of which enterprise B has a grant from the seeds
      });
      after(() => town?.close());
      const see = async (path: string, by: Account = 'enterprise-a-handler') =>
        (await (await town.as(by)).get(path)).body;

      promise(
        '`{id, application, organisation, dataset, items, purpose, delivery, period, state, agreement, conditions, quota?, duties, links:[{distribution, href, credential?}], etag}`; `links` says where the data is.',
        async () => {
          const dataset = await town.plain();
          const { application, grant } = await town.granted([dataset]);
          const body = await see(grant);
          expect(body).to.include.keys(
            ...'id application organisation dataset items purpose delivery period state'.split(' '),
            ...'agreement conditions duties links etag'.split(' '),
          );
          expect(body).to.not.have.property('quota');
          expect(body).to.include({ dataset: dataset.id, state: 'active', purpose: 'research', delivery: 'download' });
          expect(`/api/applications/${body.application}`).to.equal(application);
          const [link] = body.links;
          expect(dataset.distributions.map(({ id }: { id: string }) => id)).to.include(link.distribution);
          const served = await (await town.as('enterprise-a-handler')).get(link.href);
          expect([served.status, served.text.split('\n')[0]]).to.deep.equal([
            200,
            dataset.items.map(({ name }: { name: string }) => name).join(','),
          ]);
          for (const by of ['enterprise-b-handler', 'citizen'] as const)
            expect((await (await town.as(by)).get(link.href)).status, by).to.equal(403);
          expect((await town.anonymous.get(link.href)).status).to.be.oneOf([401, 403]);
        },
      );

      promise('`links` says where the data is.', async () => {
        // Of a part-approval too: what is covered is served, nothing else.
        const dataset = await town.plain();
        const items = dataset.items.slice(0, 2).map(({ name }: { name: string }) => name);
        const { grant } = await town.granted([dataset], { datasets: [{ dataset: dataset.id, items }] });
        const [link] = (await see(grant)).links;
        const { status, text } = await (await town.as('enterprise-a-handler')).get(link.href);
        expect([status, text.split('\n')[0]]).to.deep.equal([200, items.join(',')]);
      });

      promise('`GET /api/grants?organisation=&dataset=&state=`', async () => {
        const dataset = await town.plain('health');
        const { grant } = await town.granted([dataset]);
        const { organisation } = await town.me('enterprise-a-handler');
        const ids = async (query: string, by: Account) =>
          (await see(`/api/grants?limit=100&${query}`, by)).items.map(({ id }: { id: string }) => `/api/grants/${id}`);
        expect(await ids(`dataset=${dataset.id}&state=active`, 'enterprise-a-handler')).to.include(grant);
        expect(await ids(`organisation=${organisation.id}`, 'supervisor')).to.include(grant);
        for (const by of ['enterprise-b-handler', 'citizen', 'reviewer-transport'] as const) {
          expect(await ids('', by), by).to.not.include(grant);
          refused(await (await town.as(by)).get(grant), 404, 'not-found');
        }
        refused(await (await town.portal()).get(grant), 404, 'not-found');
        refused(await (await town.as('supervisor')).get('/api/grants?state=live'), 400, 'invalid-query');
      });

      promise('`…/commands/{suspend|resume|revoke|relinquish}` `{reason, until?}`', async () => {
        const dataset = await town.plain();
        const { grant } = await town.granted([dataset]);
        for (const by of ACCOUNTS.filter((one) => one !== 'supervisor'))
          for (const name of ['suspend', 'revoke', 'resume'])
            expect((await town.give(by, grant, name, { reason: 'x' })).status, `${by} ${name}`).to.be.oneOf([403, 404]);
        refused(await town.give('supervisor', grant, 'suspend', {}), 400, 'invalid-body');
        refused(
          await town.give('supervisor', grant, 'suspend', { reason: 'x', until: '2020-01-01' }),
          422,
          'grant-until-past',
        );
        for (const until of [undefined, day(3), new Date(Date.now() + 3_600_000).toISOString()]) {
          const more = until === undefined ? {} : { until };
          done(await town.give('supervisor', grant, 'suspend', { reason: 'Reported', ...more }));
          expect(await town.reason(dataset), 'on the very next request').to.equal('grant-suspended');
          done(await town.give('supervisor', grant, 'resume', { reason: 'Cleared' }));
          expect(await town.reason(dataset)).to.equal('granted');
        }
        done(await town.give('supervisor', grant, 'revoke', { reason: 'Passed on to others' }));
        expect((await see(grant)).state).to.equal('revoked');
        expect((await town.ask(dataset)).decision).to.equal(false);
        refused(await town.give('supervisor', grant, 'resume', { reason: 'x' }), 409, 'grant-state');
        const again = await town.granted([dataset]);
        refused(await town.give('enterprise-b-handler', again.grant, 'relinquish', { reason: 'x' }), 404, 'not-found');
        done(await town.give('enterprise-a-handler', again.grant, 'relinquish', { reason: 'Done' }));
        expect([(await see(again.grant)).state, (await see(again.grant)).links]).to.deep.equal(['relinquished', []]);
        expect((await town.ask(dataset)).decision).to.equal(false);
      });

      promise('`limit {reason, quota?, delivery?, until?}`', async () => {
        const dataset = await town.plain();
        const { grant } = await town.granted([dataset]);
        refused(await town.give('supervisor', grant, 'limit', { reason: 'x' }), 422, 'limit-not-narrower');
        done(await town.give('supervisor', grant, 'limit', { reason: 'Too much', quota: 1, until: day(5) }));
        expect(await see(grant)).to.include({ state: 'limited', quota: 1 });
        const permit = await town.ask(dataset);
        expect([permit.decision, permit.context.reason.code]).to.deep.equal([true, 'granted-limited']);
        done(
          await (await town.portal()).post('/access/v1/deliveries', { evaluationId: permit.context.evaluationId }),
          201,
        );
        expect(await town.reason(dataset)).to.equal('quota-used-up');
        done(await town.give('supervisor', grant, 'resume', { reason: 'Cleared' }));
        expect(await town.reason(dataset)).to.equal('granted');
      });

      promise('(what was served: it feeds quotas and use reports)', async () => {
        const dataset = await town.plain('health');
        const { grant } = await town.granted([dataset], { datasets: [{ dataset: dataset.id, quota: 2 }] });
        expect((await see(grant)).quota).to.equal(2);
        const portal = await town.portal();
        const report = async (more: object = {}) => {
          const { evaluationId } = (await town.ask(dataset)).context;
          return portal.post('/access/v1/deliveries', { evaluationId, ...more });
        };
        refused(await report({ grant: '01C9Z81T00ZZZZZZZZZZZZZZZZ' }), 400, 'invalid-body');
        refused(await report({ dataset: (await town.plain('health')).id }), 400, 'invalid-body');
        const served = done(await report(), 201);
        expect(served.body.grantDeliveries).to.equal(1);
        done(await report({ dataset: dataset.id, grant: grant.split('/').pop(), bytes: 120 }), 201);
        expect(await town.reason(dataset)).to.equal('quota-used-up');
        refused(await portal.post('/access/v1/deliveries', {}), 400, 'invalid-body');
        const handler = await town.as('enterprise-a-handler');
        refused(await handler.post('/access/v1/deliveries', {}), 403, 'forbidden');
      });

      promise('`close {reason}` (duplicate, or ended by a restriction of use)', async () => {
        const dataset = await town.plain('health');
        const first = await town.submitted([dataset]);
        const again = done(await town.create([dataset]), 201).body;
        expect(again.warnings[0]).to.include({ code: 'similar-request', blocking: false });
        expect(again.warnings[0].linked.id).to.equal(first.split('/').pop());
        const second = `/api/applications/${again.id}`;
        done(await town.give('enterprise-a-handler', second, 'submit'));
        refused(await town.give('enterprise-a-handler', second, 'close', { reason: 'x' }), 403, 'applicant-side');
        expect(done(await town.give('reviewer-health', second, 'close', { reason: 'Duplicate' })).body.state).to.equal(
          'closed',
        );
      });

      promise('`add-member {subject}`, `remove-member {subject}`', async () => {
        // A grant of named members serves those; the rest of the organisation is told so.
        const dataset = await town.plain('health');
        const [{ subject: member }, { subject: other, organisation }] = [
          await town.me('enterprise-a-handler'),
          await town.me('enterprise-a-signatory'),
        ];
        const draft = await town.draft([dataset], { purpose: { ...PURPOSE, category: 'education' } });
        const stranger = (await town.me('enterprise-b-handler')).subject.id;
        expect((await town.give('enterprise-a-handler', draft, 'add-member', { subject: stranger })).status).to.equal(
          422,
        );
        const added = done(await town.give('enterprise-a-handler', draft, 'add-member', { subject: member.id })).body;
        expect(added.members).to.deep.equal([member.id]);
        const { grant } = await town.granted(
          [dataset],
          {},
          {
            members: [member.id],
            purpose: { ...PURPOSE, category: 'operations' },
          },
        );
        expect((await see(grant)).members).to.deep.equal([member.id]);
        const asks = async (id: string) =>
          town.reason(dataset, { subject: { type: 'user', id, properties: { organisation: organisation.id } } });
        expect(await asks(member.id)).to.equal('granted');
        expect(await asks(other.id)).to.equal('members-only');
        // Serving members only holds for the file itself.
        const [link] = (await see(grant)).links;
        expect((await (await town.as('enterprise-a-handler')).get(link.href)).status).to.equal(200);
        expect((await (await town.as('enterprise-a-signatory')).get(link.href)).status).to.equal(403);
      });
    }),
  ({ name }) => name !== 'embedded on file',
);
