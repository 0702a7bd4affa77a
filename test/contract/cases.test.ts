import { expect } from 'chai';
import type { Answer } from '../support/caller.js';
import { Cases, fine } from '../support/cases.js';
import { eachBackend } from '../support/databases.js';
import { type OpenApp, openApp } from '../support/server.js';

function expectProblem(answer: Answer, status: number, code: string): void {
  expect([answer.status, answer.body?.code], answer.text).to.deep.equal([status, code]);
}

interface Line {
  readonly id: string;
  readonly openQuestions: number;
}

type Choice = Readonly<Record<'addMember' | 'removeMember' | 'reassign', readonly { id: string; name: string }[]>>;

/** What the commands off the main road do, asked of the product by the people whose commands they are. */
describe('contract: cases off the main road', function () {
  this.timeout(240_000);

  eachBackend(
    (backend) => {
      let opened: OpenApp;
      let cases: Cases;
      before(async () => {
        opened = await openApp(backend, { seeded: true });
        cases = await Cases.open(await opened.listen());
      });
      after(() => opened.close());

      const see = async (name: Parameters<Cases['as']>[0], path: string) => fine(await cases.as(name).get(path)).body;
      const me = async (name: Parameters<Cases['as']>[0]): Promise<string> => (await see(name, '/api/me')).subject.id;
      const events = (page: { history: { event: string }[] }): string[] => page.history.map(({ event }) => event);

      /** How many open questions the lists of the applicant and of the holder show on a case. */
      const waiting = (path: string): Promise<number[]> =>
        Promise.all(
          (['enterprise-a-handler', 'reviewer-transport'] as const).map(async (side) => {
            const { items } = (await see(side, '/api/applications?limit=100')) as { items: Line[] };
            return items.find(({ id }) => path.endsWith(id))?.openQuestions ?? -1;
          }),
        );

      it('a question waits for its answer; both are told to either side', async () => {
        const path = await cases.at('claimed');
        await cases.give('reviewer-transport', path, 'ask', { text: 'Which roads?' });
        const asked = await see('enterprise-a-handler', path);
        const [open] = asked.questions;
        expect(open).to.include({ number: 1, text: 'Which roads?', answered: false, answer: null });
        expect(Date.now() - Date.parse(open.askedAt)).to.be.within(-1000, 60_000);
        expect(await waiting(path)).to.deep.equal([1, 1]);
        expect(asked.allowedCommands).to.include('answer');
        await cases.give('enterprise-a-handler', path, 'answer', { text: 'The ring road.' });
        for (const side of ['enterprise-a-handler', 'reviewer-transport'] as const) {
          const page = await see(side, path);
          const [one] = page.questions;
          expect(one, side).to.deep.include({ ...open, answered: true, answer: one.answer });
          expect(one.answer.text, side).to.equal('The ring road.');
          expect(one.answer.at >= one.askedAt, side).to.equal(true);
          const told = page.history.slice(-2).map((one: { data: { text: string } }) => one.data.text);
          expect(told, side).to.deep.equal(['Which roads?', 'The ring road.']);
        }
        expect(await waiting(path)).to.deep.equal([0, 0]);
        expectProblem(
          await cases.as('enterprise-a-handler').command(path, 'answer', { text: 'Again.' }),
          409,
          'no-open-question',
        );
      });

      it('a released case is open to be claimed, and nobody is named for it', async () => {
        const path = await cases.at('claimed');
        expect((await see('reviewer-transport', path)).assignee.id).to.equal(await me('reviewer-transport'));
        const { body } = await cases.give('reviewer-transport', path, 'release');
        expect(body.assignee).to.equal(null);
        expect(body.allowedCommands).to.include('claim').and.not.include('release');
        await cases.give('reviewer-transport', path, 'claim');
      });

      it('a case is handed to a colleague, and is then not the first one’s any more', async () => {
        const path = await cases.at('authority');
        const deputy = await me('approver-deputy');
        await cases.give('approver', path, 'claim');
        expectProblem(
          await cases.as('approver').command(path, 'reassign', { to: await me('reviewer-transport') }),
          422,
          'no-successor',
        );
        const choice = (await see('approver', `${path}/candidates`)) as Choice;
        expect(choice).to.deep.equal({
          addMember: [],
          removeMember: [],
          reassign: [{ id: deputy, name: (await see('approver-deputy', '/api/me')).subject.name }],
        });
        const { body } = await cases.give('approver', path, 'reassign', { to: deputy });
        expect(await see('approver', `${path}/candidates`), 'the case is not theirs any more').to.deep.include({
          reassign: [],
        });
        expect(body.assignee.id).to.equal(deputy);
        expectProblem(await cases.as('approver').command(path, 'approve'), 409, 'claimed-by-another');
        await cases.give('approver-deputy', path, 'approve');
      });

      it('whom a command could name is told to nobody who may not see the case', async () => {
        const path = `${await cases.draft()}/candidates`;
        for (const name of ['enterprise-b-handler', 'reviewer-transport', 'portal'] as const)
          expectProblem(await cases.as(name).get(path), 404, 'not-found');
        expectProblem(await cases.as('anonymous').get(path), 401, 'sign-in-required');
      });

      it('members are named and taken back while the case is open', async () => {
        const path = await cases.draft();
        const signatory = await me('enterprise-a-signatory');
        const choice = (): Promise<Choice> => see('enterprise-a-handler', `${path}/candidates`);
        const before = await choice();
        const person = before.addMember.find(({ id }) => id === signatory);
        expect(person).to.have.all.keys('id', 'name');
        expect(before.addMember.map(({ id }) => id)).to.include(await me('enterprise-a-handler'));
        expect(before.addMember.map(({ id }) => id)).not.to.include(await me('enterprise-b-handler'));
        expect([before.removeMember, before.reassign]).to.deep.equal([[], []]);
        const added = await cases.give('enterprise-a-handler', path, 'add-member', { subject: signatory });
        expect(added.body.members).to.deep.equal([signatory]);
        expect(added.body.memberNames).to.deep.equal([person]);
        const after = await choice();
        expect(after.removeMember).to.deep.equal([person]);
        expect(after.addMember).not.to.deep.include(person);
        expectProblem(
          await cases.as('enterprise-a-handler').command(path, 'add-member', { subject: await me('auditor') }),
          422,
          'unknown-member',
        );
        const removed = await cases.give('enterprise-a-handler', path, 'remove-member', { subject: signatory });
        expect(removed.body.members).to.deep.equal([]);
        expect(events(removed.body).slice(-2)).to.deep.equal([
          'application.member-added',
          'application.member-removed',
        ]);
      });

      it('a withdrawn case is over: nothing is waited for, no clock runs, only a copy can follow', async () => {
        const path = await cases.at('claimed');
        const { body } = await cases.give('enterprise-a-signatory', path, 'withdraw', { reason: 'Not needed.' });
        expect(body).to.deep.include({ state: 'withdrawn', stage: null, waitingFor: null, allowedCommands: [] });
        expect(body.deadlines.map(({ ended }: { ended: string | null }) => ended)).to.not.include(null);
        expect(body.history.at(-1)).to.deep.include({
          event: 'application.withdrawn',
          data: { reason: 'Not needed.' },
        });
        expect((await see('enterprise-a-handler', path)).allowedCommands).to.deep.equal(['copy-as-new']);
        expectProblem(await cases.as('reviewer-transport').command(path, 'claim'), 409, 'wrong-state');
      });

      it('a duplicate is closed by the reviewer with its reason, which the applicant reads', async () => {
        const path = await cases.at('claimed');
        await cases.give('reviewer-transport', path, 'close', { reason: 'The same request is open.' });
        const page = await see('enterprise-a-handler', path);
        expect(page).to.deep.include({ state: 'closed', waitingFor: null, grants: [] });
        expect(page.history.at(-1)).to.deep.include({
          event: 'application.closed',
          data: { reason: 'The same request is open.' },
        });
      });

      it('a refusal is reviewed by someone who has not acted, who may open the case again', async () => {
        const path = await cases.at('refused');
        const refused = await see('enterprise-a-handler', path);
        expect(refused.reasons[0]).to.deep.include({ code: 'other', text: 'Not this year.' });
        expect(refused.reasons[0].remedy).to.be.a('string').and.not.equal('');
        await cases.give('enterprise-a-handler', path, 'appeal', { reason: 'The purpose was misread.' });
        const decision = { outcome: 'reopened', reason: 'It was.' };
        expectProblem(await cases.as('approver').command(path, 'decide-appeal', decision), 403, 'same-person-twice');
        const { body } = await cases.give('approver-deputy', path, 'decide-appeal', decision);
        expect(body).to.deep.include({ state: 'in-review', stage: 'authority' });
        expect(body.appeal).to.deep.include({ reason: 'The purpose was misread.', outcome: 'reopened' });
      });

      it('a review that upholds leaves the refusal, and cannot be asked for twice', async () => {
        const path = await cases.at('refused');
        await cases.give('enterprise-a-signatory', path, 'appeal', { reason: 'Please look again.' });
        await cases.give('approver-deputy', path, 'decide-appeal', { outcome: 'upheld', reason: 'Nothing new.' });
        const page = await see('enterprise-a-handler', path);
        expect(page).to.deep.include({ state: 'refused', allowedCommands: ['copy-as-new'] });
        expect(page.appeal.outcome).to.equal('upheld');
        expectProblem(
          await cases.as('enterprise-a-handler').command(path, 'appeal', { reason: 'Again.' }),
          409,
          'already-appealed',
        );
      });

      it('a revoked grant is over for good, is denied at once, and says why', async () => {
        const [, dataset] = cases.datasets;
        const grant = await cases.granted(dataset);
        const organisation = (await see('enterprise-a-handler', '/api/me')).organisation.id;
        const ask = async () =>
          fine(
            await cases.as('portal').post('/access/v1/evaluation', {
              subject: { type: 'organisation', id: organisation },
              resource: { type: 'dataset', id: dataset },
              action: { name: 'download' },
            }),
          ).body;
        expect((await ask()).decision).to.equal(true);
        const { body } = await cases.give('supervisor', grant, 'revoke', { reason: 'Passed on to others.' });
        expect(body).to.deep.include({ state: 'revoked', inForce: 'ended', allowedCommands: [] });
        expect(body.ending).to.deep.include({ how: 'revoked', reason: 'Passed on to others.' });
        const denied = await ask();
        expect([denied.decision, denied.context.reason.code]).to.deep.equal([false, 'grant-revoked']);
        expectProblem(await cases.as('supervisor').command(grant, 'resume', { reason: 'Sorry.' }), 409, 'grant-state');
        expect((await see('enterprise-a-handler', grant)).ending.reason).to.equal('Passed on to others.');
      });

      it('the agreements in force are listed for everyone, each as its own page shows it', async () => {
        const { items } = await see('anonymous', '/api/agreements');
        expect(items.length).to.be.greaterThan(1);
        for (const listed of items as { href: string }[])
          expect(await see('anonymous', listed.href)).to.deep.equal(listed);
      });

      it('the auditor alone reads the log: whole, by subject, page by page, without a name of a person in it', async () => {
        const path = await cases.at('claimed');
        const id = path.split('/').at(-1) as string;
        const log = '/api/audit/entries';
        const own = await see('auditor', `${log}?subjectKind=application&subjectId=${id}`);
        expect(own.items.map(({ event }: { event: string }) => event)).to.deep.equal([
          'application.claimed',
          'application.accepted',
          'application.submitted',
          'application.created',
        ]);
        expect(own.total).to.equal(4);
        expect(JSON.stringify(own)).to.not.include('Zhou Wangshu');
        const first = await see('auditor', `${log}?limit=2`);
        const second = await see('auditor', `${log}?limit=2&pageToken=${first.nextPageToken}`);
        const positions = [...first.items, ...second.items].map(({ position }: { position: number }) => position);
        const newest = first.total as number;
        expect(positions).to.deep.equal([newest, newest - 1, newest - 2, newest - 3]);
        expect((await see('auditor', `${log}?after=2&limit=1`)).items[0].position).to.equal(3);
        for (const name of ['supervisor', 'admin', 'enterprise-a-handler', 'portal'] as const)
          expectProblem(await cases.as(name).get(log), 403, 'forbidden');
      });
    },
    (backend) => backend.name !== 'embedded on file',
  );
});
