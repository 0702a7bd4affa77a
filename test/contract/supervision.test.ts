import { expect } from 'chai';
import { addDays, dayOf } from '../../src/kernel/time.js';
import type { Answer } from '../support/caller.js';
import { Cases, fine, type Name } from '../support/cases.js';
import { eachBackend } from '../support/databases.js';
import { type OpenApp, openApp, TestClock } from '../support/server.js';

const DAY = 86_400_000;
const ABSENT = '01ARZ3NDEKTSV4RRFFQ69G5FAV';

/** Violations, what follows them, and how it reaches grants, applications and decisions, over HTTP. */
describe('contract: supervision', function () {
  this.timeout(240_000);

  eachBackend(
    (backend) => {
      const clock = new TestClock(Date.now());
      const today = (): string => dayOf(clock.now());
      let opened: OpenApp;
      let address: string;
      let cases: Cases;
      let organisation: string;
      let authority: string;
      before(async () => {
        opened = await openApp(backend, { seeded: true, clock });
        address = await opened.listen();
        cases = await Cases.open(address);
        organisation = (await cases.as('enterprise-a-handler').get('/api/me')).body.organisation.id;
        authority = (await cases.as('supervisor').get('/api/me')).body.organisation.id;
      });
      after(() => opened.close());

      const later = async (days: number): Promise<void> => {
        clock.advance(days * DAY);
        cases = await Cases.open(address);
      };
      const refused = (answer: Answer, status: number, code: string): Answer => {
        expect([answer.status, answer.body.code], answer.text).to.deep.equal([status, code]);
        return answer;
      };
      const reason = async (dataset: string): Promise<string> =>
        fine(
          await cases.as('portal').post('/access/v1/evaluation', {
            subject: { type: 'organisation', id: organisation },
            resource: { type: 'dataset', id: dataset },
            action: { name: 'download' },
          }),
        ).body.context.reason.code;
      const report = (body: object, by: Name = 'supervisor') =>
        cases.as(by).post('/api/violations', { kind: 'platform-rules', description: 'Requests by a robot', ...body });
      const reported = async (body: object, by?: Name): Promise<string> =>
        `/api/violations/${fine(await report(body, by)).body.id}`;
      const hear = (path: string) =>
        cases.give('enterprise-a-handler', path, 'reply', { text: 'The script was stopped.' });
      const impose = (path: string, body: object, by: Name = 'supervisor') =>
        cases.as(by).command(path, 'impose', { reason: 'As established', ...body });
      const grantId = (path: string): string => path.split('/').at(-1) ?? '';
      const state = async (grant: string): Promise<string> => (await cases.as('supervisor').get(grant)).body.state;

      /** The product's own rounds may come first: the log says how often a thing happened. */
      const actOften = () =>
        Promise.all([1, 2, 3].map(() => opened.app.slices.supervision.clock.letTimeAct(opened.app.unit)));
      const events = async (kind: 'violation' | 'sanction', id: string): Promise<string[]> =>
        (
          await cases.as('auditor').get(`/api/audit/entries?subjectKind=${kind}&subjectId=${id}&after=0`)
        ).body.items.map(({ event }: { event: string }) => event);

      describe('a violation', () => {
        let dataset: string;
        let grant: string;
        before(async () => {
          dataset = cases.datasets[0] as string;
          grant = await cases.granted(dataset);
        });

        it('is reported by supervisors, and by the holder about grants from it', async () => {
          const by = (name: Name) => report({ grant: grantId(grant) }, name);
          expect((await by('reviewer-transport')).status).to.equal(201);
          expect((await by('steward-transport')).status).to.equal(201);
          refused(await by('reviewer-health'), 422, 'unknown-grant');
          refused(await by('enterprise-b-handler'), 403, 'forbidden');
          refused(await by('anonymous'), 401, 'sign-in-required');
          refused(await report({ organisation }, 'reviewer-transport'), 403, 'forbidden');
        });

        it('names one thing that exists, and what kind it is', async () => {
          refused(await report({ grant: ABSENT }), 422, 'unknown-grant');
          refused(await report({ organisation: ABSENT }), 422, 'unknown-organisation');
          refused(await report({}), 400, 'invalid-body');
          refused(await report({ grant: grantId(grant), organisation }), 400, 'invalid-body');
          refused(await report({ grant: grantId(grant), kind: 'rudeness' }), 400, 'invalid-body');
          refused(await report({ grant: grantId(grant), state: 'sanctioned' }), 400, 'unknown-field');
        });

        it('is seen by whom it concerns and by those who oversee; the reporter by the latter only', async () => {
          const path = await reported({ grant: grantId(grant) }, 'reviewer-transport');
          for (const name of ['supervisor', 'auditor', 'approver'] as const)
            expect((await cases.as(name).get(path)).body.reportedBy, name).to.have.keys('person', 'organisation');
          for (const name of ['enterprise-a-handler', 'enterprise-a-signatory', 'steward-transport'] as const)
            expect((await cases.as(name).get(path)).body.reportedBy, name).to.equal(null);
          for (const name of ['enterprise-b-handler', 'steward-health', 'citizen', 'portal'] as const)
            refused(await cases.as(name).get(path), 404, 'not-found');
          const listed = (await cases.as('enterprise-a-handler').get(`/api/violations?grant=${grantId(grant)}`)).body;
          expect(listed.items.map(({ id }: { id: string }) => `/api/violations/${id}`)).to.include(path);
          expect((await cases.as('citizen').get('/api/violations')).body.total).to.equal(0);
        });

        it('is decided on after the organisation was heard, by a supervisor and within the ladder', async () => {
          const path = await reported({ grant: grantId(grant) });
          const early = refused(await impose(path, { step: 'notice' }), 409, 'not-heard');
          expect(early.body.hearingUntil).to.equal((await cases.as('supervisor').get(path)).body.hearingUntil);
          refused(await cases.as('enterprise-b-handler').command(path, 'reply', { text: 'x' }), 404, 'not-found');
          refused(await cases.as('supervisor').command(path, 'reply', { text: 'x' }), 403, 'forbidden');
          await hear(path);
          refused(await impose(path, { step: 'notice' }, 'approver'), 403, 'forbidden');
          const off = refused(await impose(path, { step: 'restrict' }), 422, 'measure-not-on-ladder');
          expect(off.body).to.deep.include({ lowest: 'notice', highest: 'suspend', earlier: 0 });
          refused(await impose(path, { step: 'limit' }), 422, 'measure-incomplete');
          const none = await cases.as('supervisor').post(`${path}/commands/impose`, { step: 'notice', reason: 'r' });
          refused(none, 428, 'precondition-required');
          const { body } = fine(await impose(path, { step: 'notice' }));
          expect([body.state, body.rulings[0].step, body.sanctions[0].state]).to.deep.equal([
            'sanctioned',
            'notice',
            'final',
          ]);
          expect(await state(grant), 'a notice stops nothing').to.equal('active');
          refused(await cases.as('supervisor').command(path, 'dismiss', { reason: 'Late' }), 409, 'violation-state');
        });

        it('concerning the own organisation of whoever would decide is left to others', async () => {
          const path = await reported({ organisation: authority });
          refused(
            await cases.as('supervisor').command(path, 'dismiss', { reason: 'Ours' }),
            403,
            'organisation-concerned',
          );
          expect((await cases.as('supervisor').get(path)).body.allowedCommands).to.deep.equal([]);
        });

        it('a second time allows harder measures: the first is counted', async () => {
          const path = await reported({ grant: grantId(grant) });
          expect((await cases.as('supervisor').get(path)).body.ladder).to.deep.equal({
            lowest: 'warning',
            highest: 'revoke',
            earlier: 1,
            steps: ['warning', 'limit', 'suspend', 'revoke'],
          });
          await cases.give('supervisor', path, 'dismiss', { reason: 'Not established' });
          expect((await cases.as('supervisor').get(path)).body.state).to.equal('dismissed');
        });

        it('of over-reach suspends the grant at once, and a dismissal gives it back at once', async () => {
          expect(await reason(dataset)).to.equal('granted');
          const path = await reported({ grant: grantId(grant), kind: 'beyond-scenario' }, 'reviewer-transport');
          expect(await reason(dataset), 'the next request').to.equal('grant-suspended');
          const { holds } = (await cases.as('enterprise-a-handler').get(grant)).body;
          expect([holds[0].cause, holds[0].reason.includes(grantId(path))]).to.deep.equal(['sanction', true]);
          refused(await cases.as('supervisor').command(grant, 'resume', { reason: 'By hand' }), 409, 'grant-state');
          const { body } = await cases.give('supervisor', path, 'dismiss', { reason: 'It was within the scenario' });
          const [first] = body.sanctions;
          expect([first.interim, first.state, first.end.cause]).to.deep.equal([true, 'ended', 'dismissed']);
          expect(await reason(dataset)).to.equal('granted');
        });

        it('limits a grant until its end, and only narrower', async () => {
          const path = await reported({ grant: grantId(grant), kind: 'transfer-to-third-party' });
          await hear(path);
          const body = { step: 'limit', quota: 3, until: addDays(today(), 2) };
          refused(await impose(path, { step: 'limit', delivery: 'download' }), 422, 'limit-not-narrower');
          const done = fine(
            await cases.as('supervisor').post('/api/sanctions', { violation: grantId(path), reason: 'r', ...body }),
          );
          expect([done.status, done.body.limit.quota, await state(grant)]).to.deep.equal([201, 3, 'limited']);
          expect(await reason(dataset)).to.equal('granted-limited');
          await later(3);
          await actOften();
          expect(await events('sanction', done.body.id), 'exactly once').to.deep.equal([
            'sanction.imposed',
            'sanction.ended',
          ]);
          expect(await state(grant)).to.equal('active');
          expect((await cases.as('supervisor').get(`/api/sanctions/${done.body.id}`)).body).to.deep.include({
            state: 'ended',
            allowedCommands: [],
          });
        });

        it('warned of and not cured leads on by itself, exactly once; cured it does not', async () => {
          const warn = async (cure: boolean): Promise<string> => {
            const path = await reported({ grant: grantId(grant), kind: 'lapsed-proof' });
            await hear(path);
            fine(await impose(path, { step: 'warning', cureBy: addDays(today(), 5) }));
            if (cure) await cases.give('supervisor', path, 'confirm-cure', { reason: 'Seen' });
            return path;
          };
          const cured = await warn(true);
          const left = await warn(false);
          await later(6);
          await actOften();
          expect((await events('violation', grantId(left))).slice(2), 'exactly once').to.deep.equal([
            'violation.sanctioned',
            'violation.escalated',
          ]);
          expect((await cases.as('supervisor').get(cured)).body.state).to.equal('cured');
          const { body } = await cases.as('supervisor').get(left);
          expect([body.state, body.rulings.map(({ step }: { step: string }) => step)]).to.deep.equal([
            'sanctioned',
            ['warning', 'suspend'],
          ]);
          expect(await reason(dataset)).to.equal('grant-suspended');
        });

        it('is lifted early by a second person with a reason, and then only', async () => {
          const listed = (await cases.as('supervisor').get('/api/sanctions?state=in-force&step=suspend')).body;
          const byTime = `/api/sanctions/${listed.items[0].id}`;
          fine(await cases.as('supervisor').command(byTime, 'lift', { reason: 'The proof was handed in' }));
          expect(await reason(dataset)).to.equal('granted');
          refused(await cases.as('supervisor').command(byTime, 'lift', { reason: 'Again' }), 409, 'sanction-state');

          const path = await reported({ grant: grantId(grant), kind: 're-identification' });
          await hear(path);
          const { sanctions } = fine(await impose(path, { step: 'suspend' })).body;
          const own = `/api/sanctions/${sanctions.find((one: { state: string }) => one.state === 'in-force').id}`;
          refused(await cases.as('supervisor').command(own, 'lift', { reason: 'Mine' }), 403, 'sanction-second-person');
          refused(await cases.as('auditor').command(own, 'lift', { reason: 'x' }), 403, 'forbidden');
          expect((await cases.as('supervisor').get(own)).body.allowedCommands).to.deep.equal([]);
          expect((await cases.as('approver').get(own)).body.allowedCommands).to.deep.equal(['lift']);
          fine(await cases.as('approver').command(own, 'lift', { reason: 'Settled' }));
          expect(await reason(dataset)).to.equal('granted');
        });

        it('ends a grant for good by a revocation, after which there is nothing to act on', async () => {
          const path = await reported({ grant: grantId(grant), kind: 're-identification' });
          await hear(path);
          fine(await impose(path, { step: 'revoke' }));
          expect([await state(grant), await reason(dataset)]).to.deep.equal(['revoked', 'grant-revoked']);
          const again = await reported({ grant: grantId(grant), kind: 'unlawful-acquisition' });
          await hear(again);
          refused(await impose(again, { step: 'suspend' }), 422, 'nothing-to-measure');
          const { ladder } = fine(await cases.as('supervisor').get(again)).body;
          expect(ladder).to.deep.equal({
            lowest: 'suspend',
            highest: 'restrict',
            earlier: 0,
            steps: ['notice', 'restrict'],
          });
          const noticed = fine(await impose(again, { step: 'notice' })).body;
          expect([noticed.state, noticed.ladder.steps]).to.deep.equal(['sanctioned', ['restrict']]);
        });
      });

      describe('a restriction of use', () => {
        const asked = (index: number) => cases.datasets[index] as string;
        let grant: string;
        let open: string;
        let draft: string;
        let elsewhere: string;
        let sanction: string;

        before(async () => {
          grant = await cases.granted(asked(1));
          open = await cases.at('authority', {
            datasets: [{ dataset: asked(1) }],
            purpose: { category: 'education', scenario: 'A course' },
          });
          draft = await cases.draft({
            datasets: [{ dataset: asked(1) }],
            purpose: { category: 'other', scenario: 'Later' },
          });
          elsewhere = await cases.at('submitted', { datasets: [{ dataset: asked(2) }] });
        });

        it('ends live grants and closes open applications for the same datasets, and only those', async () => {
          const path = await reported({ organisation, kind: 'unlawful-acquisition' });
          await hear(path);
          const until = addDays(today(), 30);
          refused(await impose(path, { step: 'restrict', datasets: [ABSENT], until }), 422, 'unknown-dataset');
          refused(await impose(path, { step: 'restrict', datasets: [asked(1)] }), 422, 'measure-incomplete');
          const done = fine(await impose(path, { step: 'restrict', datasets: [asked(1)], until })).body;
          sanction = `/api/sanctions/${done.sanctions[0].id}`;
          expect(await state(grant)).to.equal('revoked');
          const closed = (await cases.as('enterprise-a-handler').get(open)).body;
          expect([closed.state, closed.waitingFor]).to.deep.equal(['closed', null]);
          expect(JSON.stringify(closed.history)).to.contain(grantId(path));
          expect((await cases.as('enterprise-a-handler').get(elsewhere)).body.state).to.equal('submitted');
        });

        it('reaches the very next decision, whatever the grant', async () => {
          expect(await reason(asked(1))).to.equal('use-restricted');
          expect(await reason(asked(2))).to.equal('no-grant');
        });

        it('refuses new applications with a code, and an old draft cannot be submitted', async () => {
          const handler = cases.as('enterprise-a-handler');
          const body = {
            datasets: [{ dataset: asked(1) }],
            purpose: { category: 'research', scenario: 'Again' },
            delivery: 'download',
            period: { from: today(), to: addDays(today(), 90) },
          };
          const answer = refused(await handler.post('/api/applications', body), 422, 'use-restricted');
          expect(answer.body.errors[0].pointer).to.equal('/datasets/0/dataset');
          const { warnings, allowedCommands } = (await handler.get(draft)).body;
          expect(warnings.map(({ code }: { code: string }) => code)).to.include('use-restricted');
          expect(allowedCommands).to.not.include('submit');
          refused(await handler.command(draft, 'submit'), 422, 'use-restricted');
        });

        it('ends by itself, at the next decision, and is told of once', async () => {
          await later(32);
          expect(await reason(asked(1)), 'whether or not its end was told').to.equal('grant-revoked');
          await actOften();
          expect(await events('sanction', grantId(sanction))).to.deep.equal(['sanction.imposed', 'sanction.ended']);
          expect((await cases.as('supervisor').get(sanction)).body).to.deep.include({ state: 'ended' });
          expect((await cases.as('enterprise-a-handler').get(draft)).body.allowedCommands).to.include('submit');
        });

        it('of all datasets is lifted early by a second person', async () => {
          const path = await reported({ organisation, kind: 'infringement' });
          await hear(path);
          const until = addDays(today(), 30);
          const { sanctions } = fine(await impose(path, { step: 'restrict', until })).body;
          expect(await reason(asked(3))).to.equal('use-restricted');
          expect((await cases.as('enterprise-a-handler').get(elsewhere)).body.state).to.equal('closed');
          fine(
            await cases.as('approver').command(`/api/sanctions/${sanctions[0].id}`, 'lift', { reason: 'Compensated' }),
          );
          expect(await reason(asked(3))).to.equal('no-grant');
        });
      });

      describe('all of an organisation', () => {
        it('is suspended with the grants that come into being after it', async () => {
          const [first, second] = [cases.datasets[4] as string, cases.datasets[5] as string];
          await cases.granted(first);
          const waiting = await cases.at('authority', { datasets: [{ dataset: second }] });
          const path = await reported({ organisation, kind: 'beyond-scenario' });
          expect(await reason(first)).to.equal('grant-suspended');
          await cases.give('approver', waiting, 'approve', { reason: 'Met' });
          const { agreement, grants } = (await cases.as('enterprise-a-signatory').get(waiting)).body;
          const { version, hash } = agreement;
          await cases.give('enterprise-a-signatory', waiting, 'accept-agreement', { version, hash });
          expect(await state(`/api/grants/${grants[0].id}`)).to.equal('suspended');
          await cases.give('supervisor', path, 'dismiss', { reason: 'Within the scenario' });
          expect([await reason(first), await reason(second)]).to.deep.equal(['granted', 'granted']);
        });

        it('stands on a desk that counts what its lists hold', async () => {
          const desk = fine(await cases.as('supervisor').get('/api/supervision')).body;
          const total = async (path: string) => (await cases.as('supervisor').get(path)).body.total;
          for (const [name, count] of Object.entries(desk.violations))
            expect(await total(`/api/violations?state=${name}`), name).to.equal(count);
          for (const [name, count] of Object.entries(desk.sanctions))
            expect(await total(`/api/sanctions?state=in-force&step=${name}`), name).to.equal(count);
          for (const [name, count] of Object.entries(desk.grants))
            expect(await total(`/api/grants?${name === 'overdue' ? 'duty' : 'state'}=${name}`), name).to.equal(count);
          expect(desk.violations.reported).to.be.above(0);
          refused(await cases.as('steward-transport').get('/api/supervision'), 403, 'forbidden');
        });
      });
    },
    (backend) => backend.name !== 'embedded on file',
  );
});
