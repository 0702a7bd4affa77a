import { expect } from 'chai';
import type { Answer } from '../support/caller.js';
import { Cases, fine, type Name, PERSONS, type Person } from '../support/cases.js';
import { eachBackend } from '../support/databases.js';
import { type OpenApp, openApp, TestClock } from '../support/server.js';

const ABSENT = '01ARZ3NDEKTSV4RRFFQ69G5FAV';
const DAY = 86_400_000;

interface Told {
  readonly id: string;
  readonly event: string;
  readonly about: { readonly kind: string; readonly id: string };
  readonly href: string;
  readonly title: string;
  readonly text: string;
  readonly readAt: string | null;
  readonly etag: string;
}

/** What people are told of events, over HTTP. */
describe('contract: notifications', function () {
  this.timeout(240_000);

  eachBackend(
    (backend) => {
      const clock = new TestClock(Date.now());
      let opened: OpenApp;
      let address: string;
      let cases: Cases;
      before(async () => {
        opened = await openApp(backend, { seeded: true, clock });
        address = await opened.listen();
        cases = await Cases.open(address);
      });
      after(() => opened.close());

      const refused = (answer: Answer, status: number, code: string): Answer => {
        expect([answer.status, answer.body.code], answer.text).to.deep.equal([status, code]);
        return answer;
      };
      const listed = async (name: Name, search = ''): Promise<Told[]> =>
        fine(await cases.as(name).get(`/api/notifications?limit=100${search}`)).body.items;
      const about = async (name: Name, path: string): Promise<Told[]> =>
        (await listed(name)).filter(({ href }) => href === path).reverse();
      const events = async (name: Name, path: string): Promise<string[]> =>
        (await about(name, path)).map(({ event }) => event);
      const unread = async (name: Name): Promise<number> =>
        fine(await cases.as(name).get('/api/notifications/unread-count')).body.unread;

      it('tells everyone concerned once of each step of a case, and nobody of what they did themselves', async () => {
        const path = await cases.at('concluded');
        expect(await events('enterprise-a-handler', path)).to.deep.equal([
          'application.submitted',
          'application.accepted',
          'application.approved',
          'application.concluded',
        ]);
        expect(await events('enterprise-a-signatory', path)).to.deep.equal(['application.approved']);
        expect(await events('reviewer-transport', path)).to.include.members(['application.submitted']);
        expect(await events('approver', path)).to.include.members(['application.advised']);
        expect(await events('approver-deputy', path)).to.deep.equal(['application.advised']);
        for (const name of [
          'enterprise-b-handler',
          'citizen',
          'reviewer-health',
          'officer',
          'admin',
          'portal',
        ] as const)
          expect(await events(name, path), name).to.deep.equal([]);
      });

      it('says until when a correction is awaited, that it came, and the way to a review of a refusal', async () => {
        const path = await cases.at('submitted');
        await cases.give('reviewer-transport', path, 'request-correction', { defects: [{ text: 'Name the site.' }] });
        const { deadlines } = (await cases.as('enterprise-a-handler').get(path)).body;
        const { due } = deadlines.find(({ kind }: { kind: string }) => kind === 'correction');
        const [, asked] = await about('enterprise-a-handler', path);
        expect(asked?.text).to.include(due);
        expect(asked?.text).to.not.include('Name the site');
        await cases.give('enterprise-a-handler', path, 'submit');
        expect(await events('reviewer-transport', path)).to.include('application.corrected');
        for (const step of ['accept', 'claim'] as const) await cases.give('reviewer-transport', path, step);
        await cases.give('reviewer-transport', path, 'advise', { recommendation: 'refuse', remark: 'Secret thought' });
        await cases.give('approver', path, 'refuse', { reasons: [{ code: 'other', text: 'Because of 张三.' }] });
        for (const name of ['enterprise-a-handler', 'enterprise-a-signatory'] as const)
          expect((await about(name, path)).at(-1)?.text, name).to.match(/review of the refusal/);
        await cases.give('enterprise-a-handler', path, 'appeal', { reason: 'Look again' });
        expect(await events('approver-deputy', path)).to.include('application.appealed');
        expect(await events('approver', path), 'whoever refused does not decide').to.not.include(
          'application.appealed',
        );
      });

      it('keeps private remarks, free texts and names out of every text', async () => {
        const path = await cases.at('claimed');
        const before = (await listed('enterprise-a-handler')).length;
        await cases.give('reviewer-transport', path, 'remark', { text: 'zzprivate', private: true });
        expect(await listed('enterprise-a-handler')).to.have.length(before);
        await cases.give('reviewer-transport', path, 'remark', { text: 'zzpublic', private: false });
        await cases.give('reviewer-transport', path, 'ask', { text: 'zzquestion' });
        await cases.give('enterprise-a-handler', path, 'answer', { text: 'zzanswer' });
        await cases.give('enterprise-a-handler', path, 'withdraw', { reason: 'zzreason' });
        expect(await events('enterprise-a-handler', path)).to.include.members([
          'application.remarked',
          'application.asked',
        ]);
        expect(await events('reviewer-transport', path)).to.include.members([
          'application.answered',
          'application.withdrawn',
        ]);
        const names = new Set<string>();
        for (const person of PERSONS) {
          const { subject, organisation } = (await cases.as(person).get('/api/me')).body;
          names.add(subject.name);
          if (person.startsWith('enterprise')) names.add(organisation.name);
        }
        for (const person of PERSONS)
          for (const { title, text } of await listed(person)) {
            expect(title + text, person).to.not.match(/zz|[{}[\]]|—/);
            for (const name of names) expect(title + text, person).to.not.include(name);
          }
      });

      it('speaks the language of the reader, whatever was spoken when it happened', async () => {
        const handler = cases.as('enterprise-a-handler');
        const chinese = fine(await handler.get('/api/notifications?limit=100', { 'accept-language': 'zh-CN' })).body
          .items;
        const english = await listed('enterprise-a-handler');
        expect(chinese.map(({ id }: Told) => id)).to.deep.equal(english.map(({ id }) => id));
        for (const { title, text } of chinese as Told[]) {
          expect(title).to.match(/\p{Script=Han}/u);
          expect(text).to.match(/。$/);
        }
        for (const { text } of english) expect(text).to.match(/\.$/);
      });

      it('tells only of what its reader may see', async () => {
        let seen = 0;
        for (const person of PERSONS)
          for (const { href } of await listed(person)) {
            expect((await cases.as(person).get(href)).status, `${person} ${href}`).to.equal(200);
            seen += 1;
          }
        expect(seen).to.be.above(40);
      });

      it('is told of a suspension with its cause, of its end, and of measures after a violation', async () => {
        const path = await cases.granted();
        await cases.give('supervisor', path, 'suspend', { reason: 'zz look' });
        await cases.give('supervisor', path, 'resume', { reason: 'zz fine' });
        const [stopped, back] = await about('enterprise-a-handler', path);
        expect([stopped?.event, back?.event]).to.deep.equal(['grant.suspended', 'grant.resumed']);
        expect(stopped?.text).to.include('a supervisor stopped it');
        const made = fine(
          await cases.as('reviewer-transport').post('/api/violations', {
            grant: path.split('/').at(-1),
            kind: 'missed-report',
            description: 'zz no report',
            evidence: [],
          }),
        );
        const violation = `/api/violations/${made.body.id}`;
        expect(await events('enterprise-a-signatory', violation)).to.deep.equal(['violation.reported']);
        expect(await events('supervisor', violation)).to.deep.equal(['violation.reported']);
        expect(await events('reviewer-transport', violation)).to.deep.equal([]);
        await cases.give('enterprise-a-handler', violation, 'reply', { text: 'zz sorry' });
        expect(await events('supervisor', violation)).to.include('violation.answered');
        clock.advance(15 * DAY);
        cases = await Cases.open(address);
        await cases.give('supervisor', violation, 'dismiss', { reason: 'zz nothing' });
        expect((await events('enterprise-a-handler', violation)).at(-1)).to.equal('violation.dismissed');
        expect(await events('reviewer-transport', violation), 'who reported it').to.deep.equal(['violation.dismissed']);
      });

      it('tells the asker and the steward of a demand, and nobody where a visitor asked', async () => {
        const holder = (await cases.as('steward-transport').get('/api/me')).body.organisation.id;
        const words = { holder, title: 'zz noise', description: 'zz map' };
        const asked = `/api/demands/${fine(await cases.as('citizen').post('/api/demands', words)).body.id}`;
        expect(await events('citizen', asked)).to.deep.equal(['demand.made']);
        expect(await events('steward-transport', asked)).to.deep.equal(['demand.made']);
        await cases.give('steward-transport', asked, 'answer', { outcome: 'planned', text: 'zz next year' });
        const told = (await about('citizen', asked)).at(-1);
        expect([told?.event, told?.text.includes('planned')]).to.deep.equal(['demand.answered', true]);
        const visited = `/api/demands/${fine(await cases.as('anonymous').post('/api/demands', words)).body.id}`;
        expect(await events('steward-transport', visited)).to.deep.equal(['demand.made']);
      });

      it('reminds of a day that is near and tells of one that has passed, each once', async () => {
        const path = await cases.at('submitted');
        const { unit, slices } = opened.app;
        const { due } = (await cases.as('reviewer-transport').get(path)).body.deadlines[0];
        clock.advance(Date.parse(`${due}T04:00:00+08:00`) - DAY - clock.now());
        await Promise.all([1, 2, 3].map(() => slices.notifications.reminders.letTimeAct(unit)));
        clock.advance(3 * DAY);
        await Promise.all([1, 2, 3].map(() => slices.applications.clock.letTimeAct(unit)));
        cases = await Cases.open(address);
        const desk = await events('reviewer-transport', path);
        expect(desk).to.deep.equal(['application.submitted', 'reminder.due', 'application.overdue']);
        expect(await events('supervisor', path)).to.deep.equal(['application.overdue']);
        expect(await events('enterprise-a-handler', path)).to.deep.equal([
          'application.submitted',
          'application.overdue',
        ]);
        const late = (await about('enterprise-a-handler', path)).at(-1);
        expect(late?.text).to.include(due);
      });

      it('is listed in pages, read and unread apart, and counted', async () => {
        const handler = cases.as('enterprise-a-handler');
        const all = await listed('enterprise-a-handler');
        const first = fine(await handler.get('/api/notifications?limit=2')).body;
        expect(first.items).to.have.length(2);
        const next = fine(await handler.get(`/api/notifications?limit=2&pageToken=${first.nextPageToken}`)).body;
        expect([...first.items, ...next.items].map(({ id }: Told) => id)).to.deep.equal(
          all.slice(0, 4).map(({ id }) => id),
        );
        expect([first.total, first.unread]).to.deep.equal([all.length, await unread('enterprise-a-handler')]);
        refused(await handler.get('/api/notifications?pageToken=bm9wZQ'), 400, 'invalid-page-token');
        refused(await handler.get('/api/notifications?unread=maybe'), 400, 'invalid-query');
        refused(await cases.as('anonymous').get('/api/notifications'), 401, 'sign-in-required');
      });

      it('is marked as read by whom it was told, one by one or up to what they saw', async () => {
        const handler = cases.as('enterprise-a-handler');
        const before = await unread('enterprise-a-handler');
        const [newest, second] = await listed('enterprise-a-handler', '&unread=true');
        const mark = `/api/notifications/${second?.id}/commands/mark-read`;
        refused(await handler.post(mark, {}), 428, 'precondition-required');
        refused(await handler.post(mark, {}, { 'if-match': '"7"' }), 412, 'stale-etag');
        refused(await cases.as('citizen').post(mark, {}, { 'if-match': '"1"' }), 404, 'not-found');
        const absent = `/api/notifications/${ABSENT}/commands/mark-read`;
        refused(await handler.post(absent, {}, { 'if-match': '"1"' }), 404, 'not-found');
        const done = fine(await handler.post(mark, {}, { 'if-match': second?.etag ?? '' }));
        expect([done.body.readAt === null, done.headers.get('etag')]).to.deep.equal([false, done.body.etag]);
        const again = fine(await handler.post(mark, {}, { 'if-match': done.body.etag }));
        expect(again.body).to.deep.equal(done.body);
        expect(await unread('enterprise-a-handler')).to.equal(before - 1);
        expect((await listed('enterprise-a-handler', '&unread=true')).map(({ id }) => id)).to.not.include(second?.id);

        const others = await unread('enterprise-a-signatory');
        const all = '/api/notifications/commands/mark-all-read';
        const upTo = second?.id;
        expect(fine(await handler.post(all, { upTo })).body).to.deep.equal({ marked: before - 2 });
        expect((await listed('enterprise-a-handler', '&unread=true')).map(({ id }) => id)).to.deep.equal([newest?.id]);
        expect(await unread('enterprise-a-signatory')).to.equal(others);
        refused(await handler.post(all, {}), 400, 'invalid-body');
        refused(await handler.post(all, { upTo: 'x' }), 400, 'invalid-body');
      });

      it('is gone after more than a year', async () => {
        const people: Person[] = ['enterprise-a-handler', 'reviewer-transport'];
        const told = new Set<string>();
        for (const person of people) for (const { id } of await listed(person)) told.add(id);
        expect(told.size).to.be.above(0);
        clock.advance(401 * DAY);
        const { unit: work, slices } = opened.app;
        const taken = await slices.notifications.service.letTimeAct(work);
        expect(taken).to.be.above(0);
        cases = await Cases.open(address);
        for (const person of people) expect((await listed(person)).filter(({ id }) => told.has(id))).to.deep.equal([]);
      });
    },
    (backend) => backend.name !== 'embedded on file',
  );
});
