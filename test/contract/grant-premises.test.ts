import { expect } from 'chai';
import { addDays, dayOf } from '../../src/kernel/time.js';
import { Cases, fine } from '../support/cases.js';
import { eachBackend } from '../support/databases.js';
import { type OpenApp, openApp, TestClock } from '../support/server.js';

const DAY = 86_400_000;

/** What a grant rests on fails and comes back, as its user and a portal meet it over HTTP. */
describe('contract: the premises of a grant', function () {
  this.timeout(240_000);

  eachBackend(
    (backend) => {
      const clock = new TestClock(Date.now());
      const today = (): string => dayOf(clock.now());
      let opened: OpenApp;
      let address: string;
      let cases: Cases;
      before(async () => {
        opened = await openApp(backend, { seeded: true, clock });
        address = await opened.listen();
        cases = await Cases.open(address);
      });
      after(() => opened.close());

      const handler = () => cases.as('enterprise-a-handler');
      const ask = async (dataset: string) => {
        const organisation = (await handler().get('/api/me')).body.organisation.id as string;
        return askFor(organisation, dataset);
      };
      const askFor = async (organisation: string, dataset: string) => {
        const answer = await cases.as('portal').post('/access/v1/evaluation', {
          subject: { type: 'organisation', id: organisation },
          resource: { type: 'dataset', id: dataset },
          action: { name: 'download' },
        });
        const { decision, context } = fine(answer).body;
        return [decision, context.reason.code, context.nextStep?.code] as const;
      };

      /** A dataset of the transport body that asks for one proof. */
      async function provedDataset(): Promise<{ id: string; kind: string }> {
        const holder = (await cases.as('reviewer-transport').get('/api/me')).body.organisation.id as string;
        const { items } = (await handler().get(`/api/datasets?tier=conditional&publisher=${holder}&limit=100`)).body;
        for (const { id } of items as { id: string }[]) {
          const { conditions, deliveryKinds } = (await handler().get(`/api/datasets/${id}`)).body;
          const asked = (conditions as { kind: string; evidenceRequired: boolean }[]).filter(
            (one) => one.evidenceRequired,
          );
          if (asked.length === 1 && deliveryKinds.includes('download')) return { id, kind: asked[0]!.kind };
        }
        throw new Error('no dataset asks for one proof');
      }

      it('a proof: asked for at submission with the way out, lapsed it denies, renewed it permits', async () => {
        const { id, kind } = await provedDataset();
        const path = await cases.draft({ datasets: [{ dataset: id }] });
        const bare = (await handler().get(path)).body;
        expect(bare.warnings).to.have.length(1);
        expect(bare.warnings[0]).to.include({ code: 'evidence-missing', pointer: '/evidence', blocking: true });
        expect(bare.allowedCommands).to.not.include('submit');
        const refused = await handler().command(path, 'submit');
        expect([refused.status, refused.body.code]).to.deep.equal([422, 'evidence-missing']);
        expect(refused.body.errors[0].pointer).to.equal('/evidence');

        const evidence = [
          { condition: kind, reference: 'Certificate 7', issuer: 'Registry', validUntil: addDays(today(), 3) },
        ];
        const granted = `/api/grants/${await grantOf({ datasets: [{ dataset: id }], evidence })}`;
        expect(await ask(id)).to.deep.equal([true, 'granted', undefined]);
        const listed = (await handler().get(granted)).body.conditions as { kind: string; validUntil: string | null }[];
        expect(listed.find((one) => one.kind === kind)?.validUntil).to.equal(addDays(today(), 3));

        clock.advance(4 * DAY);
        cases = await Cases.open(address);
        expect(await ask(id), 'at once, before anything was written').to.deep.equal([
          false,
          'condition-lapsed',
          'submit-evidence',
        ]);
        await opened.app.slices.grants.service.letTimeAct(opened.app.unit);
        const lapsed = (await handler().get(granted)).body;
        expect([lapsed.state, lapsed.holds[0].cause]).to.deep.equal(['suspended', 'evidence']);
        expect(await ask(id), 'and after it').to.deep.equal([false, 'condition-lapsed', 'submit-evidence']);
        const renewed = {
          condition: kind,
          evidence: { reference: 'Certificate 8', validUntil: addDays(today(), 300) },
        };
        const { body } = await cases.give('enterprise-a-handler', granted, 'submit-evidence', renewed);
        expect([body.state, body.holds]).to.deep.equal(['active', []]);
        expect(await ask(id)).to.deep.equal([true, 'granted', undefined]);
      });

      const grantOf = async (more: object): Promise<string> => {
        const path = await cases.at('concluded', more);
        return (await handler().get(path)).body.grants[0].id;
      };

      /** An officer proposes a tier and a second one gives it. */
      async function tier(dataset: string, tier: string): Promise<void> {
        const path = `/api/datasets/${dataset}`;
        const { id } = (await cases.give('officer', path, 'propose-tier', { tier, reason: 'Found to be sensitive' }))
          .body;
        await cases.give('officer-2', `/api/assessments/${id}`, 'confirm', {});
      }

      it('the tier: whoever holds a grant or has asked is told that the data was closed, and nobody else that there is such data', async () => {
        const [dataset, asked] = cases.datasets.slice(-2) as [string, string];
        const grant = `/api/grants/${await grantOf({ datasets: [{ dataset }] })}`;
        await cases.at('submitted', { datasets: [{ dataset: asked }] });
        const other = () => cases.as('enterprise-b-handler');
        const seenBy = async (caller: ReturnType<typeof handler>) => {
          const { body } = await caller.get('/api/datasets?limit=1');
          return [body.total, (await caller.get('/api/facets')).body];
        };
        const before = (await handler().get(`/api/datasets/${dataset}`)).body;
        for (const id of [dataset, asked]) {
          expect(fine(await other().get(`/api/datasets/${id}`)).body.redacted, id).to.equal(false);
          await tier(id, 'restricted');
        }
        expect((await handler().get(grant)).body.state).to.equal('suspended');

        for (const id of [dataset, asked]) {
          const page = fine(await handler().get(`/api/datasets/${id}`)).body;
          expect([page.tier, page.redacted, page.reasons.length > 0]).to.deep.equal(['restricted', true, true]);
          expect([page.items, page.distributions, page.documents, page.conditions]).to.deep.equal([[], [], [], []]);
          expect(page).to.not.have.any.keys('abstract', 'identifier', 'agreement', 'securityLevel', 'declaredTier');
          expect(page.nextStep.code).to.not.equal('apply');
        }
        expect((await handler().get(`/api/datasets/${dataset}`)).body.title).to.deep.equal(before.title);

        const absent = await other().get('/api/datasets/01ARZ3NDEKTSV4RRFFQ69G5FAV');
        for (const caller of [other(), cases.as('citizen'), cases.as('anonymous'), cases.as('portal')])
          for (const id of [dataset, asked]) {
            const answer = await caller.get(`/api/datasets/${id}`);
            expect(answer.status).to.equal(404);
            expect({ ...answer.body, instance: '' }).to.deep.equal({ ...absent.body, instance: '' });
          }
        expect(await seenBy(handler()), 'lists and facets hold it for nobody').to.deep.equal(await seenBy(other()));
        const words = encodeURIComponent(before.title.zh);
        for (const caller of [handler(), other()]) {
          const found = (await caller.get(`/api/datasets?limit=100&q=${words}`)).body.items as { id: string }[];
          expect(found.map(({ id }) => id)).to.not.include(dataset);
        }

        await cases.give('supervisor', grant, 'revoke', { reason: 'The data is not open any more' });
        expect((await handler().get(`/api/datasets/${dataset}`)).status, 'an ended grant shows nothing').to.equal(404);
      });

      it('the agreement: a later version asks the signatory, and once signed the data flow again', async () => {
        const dataset = cases.datasets[1] as string;
        const path = await cases.at('concluded', { datasets: [{ dataset }] });
        const [{ id }] = (await handler().get(path)).body.grants;
        const { template, version } = (await handler().get(path)).body.agreement;
        const revised = { text: { zh: '第二版：新增删除义务。', en: 'Second version: a duty to delete.' } };
        await cases.give('admin', `/api/agreements/${template}`, 'revise', revised);
        expect(await ask(dataset)).to.deep.equal([false, 'agreement-superseded', 'sign-agreement']);
        const signatory = cases.as('enterprise-a-signatory');
        const page = (await signatory.get(path)).body;
        expect([page.state, page.waitingFor.role, page.agreement.version]).to.deep.equal([
          'concluded',
          'signatory',
          version + 1,
        ]);
        const { hash } = page.agreement;
        await cases.give('enterprise-a-signatory', path, 'accept-agreement', { version: version + 1, hash });
        expect(await ask(dataset)).to.deep.equal([true, 'granted', undefined]);
        const grant = (await signatory.get(`/api/grants/${id}`)).body;
        expect([grant.state, grant.agreement.version]).to.deep.equal(['active', version + 1]);
        const again = await signatory.command(path, 'accept-agreement', { version: version + 1, hash });
        expect([again.status, again.body.code]).to.deep.equal([409, 'already-accepted']);
      });

      it('the organisation: suspended it holds every grant, resumed it releases them', async () => {
        const dataset = cases.datasets[2] as string;
        const grant = `/api/grants/${await grantOf({ datasets: [{ dataset }] })}`;
        const organisation = (await handler().get('/api/me')).body.organisation.id as string;
        const path = `/api/organisations/${organisation}`;
        await cases.give('admin', path, 'suspend', { reason: 'Data passed on to a third party' });
        expect(await askFor(organisation, dataset)).to.deep.equal([false, 'organisation-suspended', 'ask-authority']);
        const held = (await cases.as('supervisor').get(grant)).body;
        expect([held.state, held.holds[0].cause]).to.deep.equal(['suspended', 'organisation']);
        await cases.give('admin', path, 'resume');
        expect((await cases.as('supervisor').get(grant)).body.state).to.equal('active');
        expect(await askFor(organisation, dataset)).to.deep.equal([true, 'granted', undefined]);
      });
    },
    (backend) => backend.name !== 'embedded on file',
  );
});
