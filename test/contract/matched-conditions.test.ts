import { expect } from 'chai';
import { Cases, fine } from '../support/cases.js';
import { eachBackend } from '../support/databases.js';
import { type OpenApp, openApp } from '../support/server.js';

/** Conditions on the kind of applicant, from the catalogue to the paper of the case. */
describe('contract: conditions that a machine matches', function () {
  this.timeout(240_000);
  eachBackend(
    (backend) => {
      let opened: OpenApp;
      let cases: Cases;
      let dataset = '';
      before(async () => {
        opened = await openApp(backend, { seeded: true });
        cases = await Cases.open(await opened.listen());
        dataset = cases.datasets[0] as string;
      });
      after(() => opened.close());

      const condition = (more: object = {}) => ({
        kind: 'applicant-kind',
        text: { zh: '申请主体为自然人', en: 'For natural persons' },
        evidenceRequired: false,
        ...more,
      });
      const publish = async (conditions: readonly object[]) => {
        const steward = cases.as('steward-transport');
        const { headers } = await steward.get(`/api/datasets/${dataset}`);
        const match = { 'if-match': headers.get('etag') as string };
        return steward.send('PATCH', `/api/datasets/${dataset}`, { conditions }, match);
      };

      it('take kinds of applicants where one kind of condition asks for them, and nowhere else', async () => {
        for (const applicants of [[], ['centre'], ['person', 'person']])
          expect((await publish([condition({ applicants })])).body.code).to.equal('invalid-body');
        for (const wrong of [
          { kind: 'scenario', applicants: ['person'] },
          { applicants: ['person'], evidenceRequired: true },
        ]) {
          const { status, body } = await publish([condition(wrong)]);
          expect([status, body.code]).to.deep.equal([422, 'unknown-condition-kind']);
        }
      });

      it('are told before applying, on the case and on its paper; nothing is refused by itself', async () => {
        fine(await publish([condition({ applicants: ['person'] })]));
        const of = async (name: 'citizen' | 'enterprise-a-handler') =>
          fine(await cases.as(name).get(`/api/datasets/${dataset}/eligibility`)).body;
        expect([(await of('citizen')).met.length, (await of('citizen')).unmet.length]).to.deep.equal([1, 0]);
        const handlers = await of('enterprise-a-handler');
        expect([handlers.met.length, handlers.unmet.length, handlers.eligible]).to.deep.equal([0, 1, true]);
        const path = await cases.at('submitted');
        for (const name of ['enterprise-a-handler', 'reviewer-transport'] as const) {
          const { body } = fine(await cases.as(name).get(path));
          expect(body.matchedConditions).to.have.length(1);
          expect(body.matchedConditions[0]).to.include({ dataset, kind: 'applicant-kind', met: false });
        }
        const paper = fine(await cases.as('reviewer-transport').get(`${path}/case.csv`, { 'accept-language': 'en' }));
        expect(paper.text).to.match(/Condition on the kind of applicant.*not met.*For natural persons/);
        fine(await publish([condition({ applicants: ['person', 'enterprise'] })]));
        const { body } = fine(await cases.as('reviewer-transport').get(path));
        expect(body.matchedConditions[0].met).to.equal(true);
        fine(await publish([condition()]));
        expect(fine(await cases.as('reviewer-transport').get(path)).body.matchedConditions).to.deep.equal([]);
      });
    },
    (backend) => backend.name !== 'embedded on file',
  );
});
