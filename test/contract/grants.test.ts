import { expect } from 'chai';
import { decisionProblems } from '../../src/kernel/problems/decisions.js';
import { grantProblems } from '../../src/kernel/problems/grants.js';
import type { Answer, Caller } from '../support/caller.js';
import { Cases, fine } from '../support/cases.js';
import { eachBackend } from '../support/databases.js';
import { type OpenApp, openApp } from '../support/server.js';

const ACTORS = {
  handler: 'enterprise-a-handler',
  signatory: 'enterprise-a-signatory',
  rival: 'enterprise-b-handler',
  reviewer: 'reviewer-transport',
  steward: 'steward-transport',
  approver: 'approver',
  supervisor: 'supervisor',
  auditor: 'auditor',
  portal: 'portal',
  nobody: 'anonymous',
} as const;

interface GrantLine {
  readonly id: string;
  readonly datasetTitle: object | null;
  readonly organisationName: object | null;
}

describe('contract: grants and decisions', function () {
  this.timeout(240_000);

  eachBackend(
    (backend) => {
      let opened: OpenApp;
      let cases: Cases;
      const who = {} as Record<keyof typeof ACTORS, Caller>;
      let organisation: string;
      let datasets: readonly string[];

      before(async () => {
        opened = await openApp(backend, { seeded: true });
        cases = await Cases.open(await opened.listen());
        for (const [role, name] of Object.entries(ACTORS)) who[role as keyof typeof ACTORS] = cases.as(name);
        organisation = (await who.handler.get('/api/me')).body.organisation.id;
        datasets = cases.datasets;
      });
      after(() => opened.close());

      const ask = async (more: object = {}, caller = who.portal): Promise<Answer> =>
        caller.post('/access/v1/evaluation', {
          subject: { type: 'organisation', id: organisation },
          resource: { type: 'dataset', id: datasets[0] },
          action: { name: 'download' },
          ...more,
        });
      const reason = async (): Promise<string> => (await ask()).body.context.reason.code;
      const expectProblem = (answer: Answer, status: number, code: string): void => {
        expect([answer.status, answer.body.code], answer.text).to.deep.equal([status, code]);
        expect(answer.headers.get('content-type')).to.include('application/problem+json');
      };

      describe('a grant', () => {
        let grant: string;
        before(async () => {
          grant = await cases.granted();
        });

        it('shows its terms and its links to its own organisation, and less to the holder', async () => {
          const own = await who.handler.get(grant);
          expect(own.body).to.include({
            organisation,
            dataset: datasets[0],
            state: 'active',
            inForce: 'yes',
            purpose: 'research',
          });
          expect(own.headers.get('etag')).to.equal(own.body.etag);
          expect(own.body.links[0].href).to.match(/^\/files\//);
          expect(own.body.allowedCommands).to.deep.equal([
            'relinquish',
            'report-use',
            'submit-evidence',
            'certify-deletion',
            'amend',
          ]);
          const holders = await who.reviewer.get(grant);
          expect([holders.status, holders.body.links]).to.deep.equal([200, []]);
          expect((await who.supervisor.get(grant)).body.allowedCommands).to.deep.equal(['suspend', 'limit', 'revoke']);
        });

        it('is named in the list as on its page, by the dataset and the organisation', async () => {
          const page = (await who.supervisor.get(grant)).body;
          const items = (await who.supervisor.get(`/api/grants?dataset=${datasets[0]}`)).body.items as GrantLine[];
          const line = items.find(({ id }) => id === page.id);
          expect(page.datasetTitle).to.have.keys('zh', 'en');
          expect(line).to.deep.include({ datasetTitle: page.datasetTitle, organisationName: page.organisationName });
          const dataset = (await who.handler.get(`/api/datasets/${datasets[0]}`)).body;
          expect(line?.datasetTitle).to.deep.equal(dataset.title);
        });

        it('is absent for everybody else, in the same words as one that does not exist', async () => {
          const hidden = await who.rival.get(grant);
          const none = await who.rival.get('/api/grants/01ARZ3NDEKTSV4RRFFQ69G5FAV');
          expectProblem(hidden, 404, 'not-found');
          expect({ ...hidden.body, instance: '' }).to.deep.equal({ ...none.body, instance: '' });
          expectProblem(await who.nobody.get(grant), 401, 'sign-in-required');
          const listed = (await who.rival.get('/api/grants?limit=100')).body.items as { id: string }[];
          expect(listed.some(({ id }) => grant.endsWith(id))).to.equal(false);
        });

        it('is commanded by those whose command it is, on the version they saw', async () => {
          for (const name of ['handler', 'signatory', 'reviewer', 'approver', 'auditor'] as const) {
            expect((await who[name].command(grant, 'suspend', { reason: 'r' })).status, name).to.equal(403);
          }
          expectProblem(await who.rival.command(grant, 'relinquish', { reason: 'r' }), 404, 'not-found');
          expectProblem(
            await who.supervisor.post(`${grant}/commands/suspend`, { reason: 'r' }),
            428,
            'precondition-required',
          );
          expectProblem(
            await who.supervisor.post(`${grant}/commands/suspend`, { reason: 'r' }, { 'if-match': '"1"' }),
            412,
            'stale-etag',
          );
          expectProblem(await who.supervisor.command(grant, 'suspend', { reason: '' }), 400, 'invalid-body');
          expectProblem(
            await who.supervisor.command(grant, 'suspend', { reason: 'r', state: 'active' }),
            400,
            'unknown-field',
          );
        });

        it('is denied on the very next request after every measure, and permitted again after it', async () => {
          expect(await reason()).to.equal('granted');
          fine(await who.supervisor.command(grant, 'suspend', { reason: 'Beyond the scenario' }));
          expect(await reason()).to.equal('grant-suspended');
          expectProblem(await who.supervisor.command(grant, 'suspend', { reason: 'Again' }), 409, 'grant-state');
          fine(await who.supervisor.command(grant, 'resume', { reason: 'Cleared' }));
          expect(await reason()).to.equal('granted');
        });

        it('refuses a measure that ends before it begins, and a limit that cuts nothing', async () => {
          const past = await who.supervisor.command(grant, 'suspend', { reason: 'r', until: '2020-01-01T00:00:00Z' });
          expectProblem(past, 422, 'grant-until-past');
          expectProblem(await who.supervisor.command(grant, 'limit', { reason: 'r' }), 422, 'limit-not-narrower');
        });

        it('counts deliveries against a limit, each once', async () => {
          fine(await who.supervisor.command(grant, 'limit', { reason: 'Too much', quota: 1 }));
          const permit = (await ask()).body;
          expect(permit.context.reason.code).to.equal('granted-limited');
          const report = {
            evaluationId: permit.context.evaluationId,
            dataset: datasets[0],
            grant: permit.context.grant,
            bytes: 5,
          };
          expect((await who.portal.post('/access/v1/deliveries', report)).status).to.equal(201);
          expect((await who.portal.post('/access/v1/deliveries', report)).body.grantDeliveries).to.equal(1);
          expect(await reason()).to.equal('quota-used-up');
          expectProblem(await who.handler.post('/access/v1/deliveries', report), 403, 'forbidden');
          fine(await who.supervisor.command(grant, 'resume', { reason: 'Cleared' }));
        });

        it('links what is offered in the granted way, and nothing where a secure environment is', async () => {
          const linked = async (caller = who.handler) => {
            const { links, noLinks } = (await caller.get(grant)).body;
            return { hrefs: (links as { href: string }[]).map(({ href }) => href), noLinks };
          };
          const files = await linked();
          expect(files.noLinks).to.equal(null);
          const limited = async (delivery: string) => {
            fine(await who.supervisor.command(grant, 'limit', { reason: 'Too much', delivery }));
            const told = [await linked(), await linked(who.reviewer)];
            fine(await who.supervisor.command(grant, 'resume', { reason: 'Cleared' }));
            return told;
          };
          const [own, holders] = await limited('sandbox');
          expect(own).to.deep.equal({ hrefs: [], noLinks: 'sandbox' });
          expect(holders, 'not for the holder').to.deep.equal({ hrefs: [], noLinks: null });
          const sandbox = { text: { zh: '四号楼', en: 'Building 4' }, url: 'https://lab.example.org/' };
          fine(await who.steward.change(`/api/datasets/${datasets[0]}`, { sandbox }));
          const pointer = async (caller: Caller) => (await caller.get(grant)).body.sandbox;
          expect(await pointer(who.handler), 'not in one').to.equal(null);
          fine(await who.supervisor.command(grant, 'limit', { reason: 'Too much', delivery: 'sandbox' }));
          expect(await pointer(who.handler)).to.deep.equal(sandbox);
          for (const other of [who.reviewer, who.supervisor, who.auditor]) expect(await pointer(other)).to.equal(null);
          fine(await who.supervisor.command(grant, 'resume', { reason: 'Cleared' }));
          expect((await who.handler.get(`/api/datasets/${datasets[0]}`)).body).to.not.have.property('sandbox');
          const [interfaces] = await limited('api');
          expect(interfaces?.hrefs).to.not.have.length(0);
          expect(interfaces?.hrefs.some((href) => files.hrefs.includes(href))).to.equal(false);
        });

        it('takes account of use, of renewed evidence and of the deletion, from its own organisation', async () => {
          const report = { text: 'A travel-time map', products: ['https://maps.example/1'] };
          fine(await who.handler.command(grant, 'report-use', report));
          fine(await who.signatory.command(grant, 'report-use', { text: 'A second map' }));
          const { conditions } = (await who.handler.get(grant)).body;
          expect(conditions).to.not.have.length(0);
          expect(conditions[0]).to.include.keys('kind', 'text', 'validUntil', 'lapsed');
          const condition = conditions[0].kind as string;
          const proving = (more: object, named = condition) =>
            who.handler.command(grant, 'submit-evidence', {
              condition: named,
              evidence: { reference: 'No. 7', ...more },
            });
          expectProblem(await proving({}, 'nowhere'), 422, 'unknown-condition');
          expectProblem(await proving({ validUntil: '2020-01-01' }), 422, 'evidence-lapsed');
          expectProblem(await proving({ validUntil: '2020-13-01' }), 400, 'invalid-body');
          const proved = fine(await proving({ issuer: 'The registry', validUntil: '2099-12-31' }));
          expect(proved.body.conditions[0]).to.include({ validUntil: '2099-12-31', lapsed: false });
          const deletion = (date: string) => who.handler.command(grant, 'certify-deletion', { date, method: 'Wiped' });
          expectProblem(await deletion('2099-01-01'), 422, 'deletion-in-future');
          const { duties } = fine(await deletion('2026-01-05')).body;
          expect(duties[0]).to.deep.include({ kind: 'report-use', done: 2 });
          expect(duties[0].last).to.include({ text: 'A second map' });
          expect(duties[1]).to.deep.include({ kind: 'certify-deletion', done: 1 });
          expectProblem(await deletion('2026-01-05'), 409, 'grant-state');
          expectProblem(await who.supervisor.command(grant, 'report-use', { text: 'x' }), 403, 'forbidden');
          expectProblem(await who.rival.command(grant, 'report-use', { text: 'x' }), 404, 'not-found');
          expect(await reason(), 'an account changes nothing about the access').to.equal('granted');
        });

        it('is counted for the operator at each question, by tier and outcome', async () => {
          const counted = async (decision: string): Promise<number> => {
            const { text } = await who.nobody.get('/metrics');
            const line = `tiergate_decisions_total{tier="conditional",decision="${decision}"} `;
            return Number(
              text
                .split('\n')
                .find((one) => one.startsWith(line))
                ?.slice(line.length),
            );
          };
          const [permits, denies] = [await counted('permit'), await counted('deny')];
          expect(await reason()).to.equal('granted');
          await ask({ context: { purpose: 'marketing' } });
          await ask({ context: { purpose: 'marketing' } });
          expect([(await counted('permit')) - permits, (await counted('deny')) - denies]).to.deep.equal([1, 2]);
          expect((await who.nobody.get('/metrics')).text).to.match(/^tiergate_decision_records_lost_total 0$/m);
        });

        it('is revoked for good by a supervisor', async () => {
          const other = await cases.granted(datasets[2]);
          expectProblem(await who.handler.command(other, 'revoke', { reason: 'r' }), 403, 'forbidden');
          const revoked = fine(await who.supervisor.command(other, 'revoke', { reason: 'Passed on to a third party' }));
          expect(revoked.body.ending).to.include({ how: 'revoked', reason: 'Passed on to a third party' });
          expectProblem(await who.supervisor.command(other, 'resume', { reason: 'r' }), 409, 'grant-state');
        });

        it('ends for good when it is given back', async () => {
          expect(fine(await who.signatory.command(grant, 'relinquish', { reason: 'Done' })).body.state).to.equal(
            'relinquished',
          );
          expect(await reason()).to.equal('grant-ended');
          expect((await who.supervisor.get(grant)).body.allowedCommands).to.deep.equal([]);
          expect((await who.handler.get(grant)).body.links).to.deep.equal([]);
        });

        it('stands in lists with filters and pages', async () => {
          const { body } = await who.supervisor.get('/api/grants?limit=1');
          expect(body.total).to.be.greaterThan(1);
          const next = (await who.supervisor.get(`/api/grants?limit=1&pageToken=${body.nextPageToken}`)).body;
          expect(next.items[0].id).to.not.equal(body.items[0].id);
          const states = (await who.supervisor.get('/api/grants?state=relinquished')).body.items as { state: string }[];
          expect(states.map(({ state }) => state))
            .to.include('relinquished')
            .and.not.include('active');
          expectProblem(await who.supervisor.get('/api/grants?state=gone'), 400, 'invalid-query');
        });
      });

      describe('a decision', () => {
        it('is answered for organisations by id and credit code, and for a person by their own token', async () => {
          const me = (await who.handler.get('/api/me')).body;
          const byCode = await ask({ subject: { type: 'organisation', id: me.organisation.creditCode } });
          expect(byCode.body.context.reason.code).to.equal(await reason());
          const own = await ask({ subject: { type: 'user', id: me.subject.id } }, who.handler);
          expect(own.status).to.equal(200);
          expectProblem(
            await ask({ subject: { type: 'user', id: me.subject.id } }, who.rival),
            403,
            'not-your-subject',
          );
          expectProblem(await ask({}, who.nobody), 401, 'sign-in-required');
          const evaluations = Array.from({ length: 1001 }, () => ({}));
          expectProblem(await who.portal.post('/access/v1/evaluations', { evaluations }), 400, 'batch-too-large');
        });

        it('can be looked up by who asked, whom it is about, who reviews for the holder, and overseers; nobody else', async () => {
          const { evaluationId } = (await ask()).body.context;
          const path = `/api/decisions/${evaluationId}`;
          for (const name of ['portal', 'handler', 'reviewer', 'supervisor', 'auditor'] as const) {
            const { status, body } = await who[name].get(path);
            expect([status, body.replay?.agrees], name).to.deep.equal([200, true]);
          }
          expectProblem(await who.rival.get(path), 404, 'not-found');
        });

        it('is explained for a question, with what would turn it around', async () => {
          const question = {
            subject: { type: 'organisation', id: organisation },
            resource: { type: 'dataset', id: datasets[1] },
            action: { name: 'download' },
          };
          const { status, body } = await who.handler.post('/api/decisions/explain', question);
          expect([status, body.reason]).to.deep.equal([200, 'no-grant']);
          expect(body.wouldChange[0].facts.grant).to.deep.equal({ from: 'none', to: 'active' });
          expectProblem(await who.rival.post('/api/decisions/explain', question), 403, 'not-your-subject');
          expect((await who.auditor.post('/api/decisions/explain', question)).status).to.equal(200);
        });

        it('speaks the words of the vocabulary', async () => {
          const { body } = await who.nobody.get('/api/vocabulary');
          expect(body.reasons.stale).to.include({ undecided: true });
          for (const step of ['apply', 'wait', 'sign-agreement', 'renew', 'sign-in', 'ask-holder', 'none'])
            expect(body.nextSteps).to.have.property(step);
        });
      });

      it('every code of both chapters was met above', () => {
        const measures = ['grant-state', 'grant-until-past', 'limit-not-narrower'];
        const elsewhere = ['renewal-open', 'renewal-too-early', 'grant-ended', 'grant-restrained', 'grant-dataset'];
        const duties = ['unknown-condition', 'evidence-lapsed', 'deletion-in-future'];
        const keys = ['key-needs-interface', 'too-many-keys', 'key-end-past'];
        const met = [...measures, ...duties, ...elsewhere, ...keys, 'not-your-subject', 'batch-too-large'];
        expect([...Object.keys(grantProblems), ...Object.keys(decisionProblems)]).to.have.members(met);
      });
    },
    (backend) => backend.name !== 'embedded on file',
  );
});
