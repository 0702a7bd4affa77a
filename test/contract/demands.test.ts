import { expect } from 'chai';
import { addDays, dayOf } from '../../src/kernel/time.js';
import type { Answer } from '../support/caller.js';
import { Cases, fine, type Name } from '../support/cases.js';
import { eachBackend } from '../support/databases.js';
import { type OpenApp, openApp, TestClock } from '../support/server.js';

const ABSENT = '01ARZ3NDEKTSV4RRFFQ69G5FAV';

/** Asking for data that is not listed or not open, over HTTP. */
describe('contract: demands', function () {
  this.timeout(240_000);

  eachBackend(
    (backend) => {
      const clock = new TestClock(Date.now());
      let opened: OpenApp;
      let address: string;
      let cases: Cases;
      let transport: string;
      let closed: string;
      before(async () => {
        opened = await openApp(backend, { seeded: true, clock });
        address = await opened.listen();
        cases = await Cases.open(address);
        transport = (await cases.as('steward-transport').get('/api/me')).body.organisation.id;
        const list = `/api/datasets?tier=restricted&publisher=${transport}&limit=1`;
        closed = (await cases.as('anonymous').get(list)).body.items[0].id;
      });
      after(() => opened.close());

      const refused = (answer: Answer, status: number, code: string): Answer => {
        expect([answer.status, answer.body.code], answer.text).to.deep.equal([status, code]);
        return answer;
      };
      const WORDS = { title: 'Noise by street', description: 'For a map; call 13800138000' };
      const make = (body: object, by: Name = 'citizen') => cases.as(by).post('/api/demands', { ...WORDS, ...body });
      const made = async (body: object = { dataset: closed }, by: Name = 'citizen') =>
        `/api/demands/${fine(await make(body, by)).body.id}`;
      const answer = (path: string, body: object, by: Name = 'steward-transport') =>
        cases.as(by).command(path, 'answer', { text: 'As follows', ...body });
      const listed = async (by: Name, search = ''): Promise<string[]> =>
        (await cases.as(by).get(`/api/demands?limit=100${search}`)).body.items.map(
          ({ id }: { id: string }) => `/api/demands/${id}`,
        );

      const events = async (path: string): Promise<string[]> =>
        (
          await cases
            .as('auditor')
            .get(`/api/audit/entries?subjectKind=demand&subjectId=${path.split('/').at(-1)}&after=0`)
        ).body.items.map(({ event }: { event: string }) => event);

      it('are made by anyone, also without signing in, for data that is not open or not listed', async () => {
        const { status, body } = await make({ dataset: closed }, 'anonymous');
        expect([status, body.state, body.holder]).to.deep.equal([201, 'waiting', transport]);
        expect(body.deadline).to.deep.include({ workingDays: 15, verified: false, overdue: false });
        expect(body.deadline.due > addDays(dayOf(clock.now()), 15), 'working days').to.equal(true);
        expect((await make({ holder: transport }, 'enterprise-a-handler')).status).to.equal(201);
        const ofBody = (await make({ holder: transport }, 'handler-health')).body.deadline;
        expect(ofBody, 'what is in no catalogue: art. 39').to.deep.include({ workingDays: 15, verified: true });
      });

      it('name one thing that is there to be asked for', async () => {
        refused(await make({}), 400, 'invalid-body');
        refused(await make({ dataset: closed, holder: transport }), 400, 'invalid-body');
        refused(await make({ dataset: ABSENT }), 422, 'unknown-dataset');
        refused(await make({ holder: ABSENT }), 422, 'unknown-organisation');
        const enterprise = (await cases.as('enterprise-a-handler').get('/api/me')).body.organisation.id;
        refused(await make({ holder: enterprise }), 422, 'unknown-organisation');
        refused(await make({ dataset: closed }, 'steward-transport'), 422, 'own-data');
        refused(await make({ holder: transport }, 'reviewer-transport'), 422, 'own-data');
        const there = refused(await make({ dataset: cases.datasets[0] }), 422, 'data-is-there');
        expect(there.body.link).to.equal(`/api/datasets/${cases.datasets[0]}`);
        refused(await make({ dataset: closed, title: ' ' }), 400, 'invalid-body');
        refused(await make({ dataset: closed, state: 'opened' }), 400, 'unknown-field');
      });

      it('do not tell whether a dataset exists that nobody may know of', async () => {
        const all = (
          await cases.as('steward-transport').get(`/api/datasets?tier=restricted&publisher=${transport}&limit=100`)
        ).body.items;
        const shown = (
          await cases.as('anonymous').get(`/api/datasets?tier=restricted&publisher=${transport}&limit=100`)
        ).body.items;
        const known = new Set(shown.map(({ id }: { id: string }) => id));
        const hidden = all.find(({ id }: { id: string }) => !known.has(id)).id;
        const one = refused(await make({ dataset: hidden }), 422, 'unknown-dataset');
        const none = refused(await make({ dataset: ABSENT }), 422, 'unknown-dataset');
        expect({ ...one.body, instance: '' }).to.deep.equal({ ...none.body, instance: '' });
      });

      it('wait unseen by all but who asked, who is asked and who oversees; the answer is public, its asker is not', async () => {
        const path = await made({ dataset: closed }, 'enterprise-a-handler');
        for (const name of ['enterprise-a-signatory', 'steward-transport', 'supervisor', 'auditor'] as const)
          expect((await cases.as(name).get(path)).body.description, name).to.equal(WORDS.description);
        for (const name of ['anonymous', 'citizen', 'enterprise-b-handler', 'steward-health'] as const) {
          refused(await cases.as(name).get(path), 404, 'not-found');
          expect(await listed(name), name).to.not.include(path);
        }
        fine(await answer(path, { outcome: 'refused', reason: 'secrets' }));
        const seen = (await cases.as('anonymous').get(path)).body;
        expect(seen).to.include({ state: 'refused', title: WORDS.title, description: null, organisation: null });
        expect(seen.answers[0].reasonText).to.have.keys('en', 'zh');
        expect(seen.answers[0]).to.not.have.property('by');
        expect(await listed('anonymous', `&dataset=${closed}&state=refused`)).to.include(path);
        expect((await cases.as('enterprise-a-handler').get(path)).body.description).to.equal(WORDS.description);
      });

      it('are answered by the steward of the body asked, completely, on the version they saw', async () => {
        const path = await made();
        refused(await answer(path, { outcome: 'planned' }, 'steward-health'), 404, 'not-found');
        refused(await answer(path, { outcome: 'planned' }, 'supervisor'), 403, 'forbidden');
        refused(await answer(path, { outcome: 'refused' }), 422, 'answer-incomplete');
        refused(await answer(path, { outcome: 'opened', dataset: closed }), 422, 'answer-incomplete');
        refused(await answer(path, { outcome: 'opened', dataset: ABSENT }), 422, 'answer-incomplete');
        const send = { outcome: 'planned', text: 'x' };
        refused(
          await cases.as('steward-transport').post(`${path}/commands/answer`, send),
          428,
          'precondition-required',
        );
        const stale = { 'if-match': '"99"' };
        refused(await cases.as('steward-transport').post(`${path}/commands/answer`, send, stale), 412, 'stale-etag');
        expect((await cases.as('steward-transport').get(path)).body.allowedCommands).to.deep.equal(['answer']);
        expect((await cases.as('citizen').get(path)).body.allowedCommands).to.deep.equal([]);
        const planned = fine(await answer(path, { outcome: 'planned', plannedBy: addDays(dayOf(clock.now()), 90) }));
        expect([planned.body.state, planned.body.allowedCommands]).to.deep.equal(['planned', ['answer']]);
        const done = fine(await answer(path, { outcome: 'opened', dataset: cases.datasets[0] })).body;
        expect([done.state, done.answers.length, done.allowedCommands]).to.deep.equal(['opened', 2, []]);
        refused(await answer(path, { outcome: 'refused', reason: 'other' }), 409, 'demand-state');
      });

      it('are told once to be overdue, and stand in a queue of their own', async () => {
        const path = await made();
        expect(await listed('supervisor', '&queue=overdue')).to.deep.equal([]);
        clock.advance(60 * 86_400_000);
        cases = await Cases.open(address);
        const { demands } = opened.app.slices.supervision;
        await Promise.all([1, 2, 3].map(() => demands.letTimeAct(opened.app.unit)));
        const overdue = await listed('supervisor', '&queue=overdue');
        expect(overdue).to.include(path);
        // The product's own rounds may come first: the log says how often each was told.
        for (const one of overdue) expect(await events(one), one).to.deep.equal(['demand.made', 'demand.overdue']);
        expect((await cases.as('steward-transport').get(path)).body.deadline.overdue).to.equal(true);
        const desk = (await cases.as('supervisor').get('/api/supervision')).body.demands;
        expect(desk).to.deep.equal({
          waiting: (await listed('supervisor', '&state=waiting')).length,
          overdue: overdue.length,
        });
      });

      it('of visitors are taken only so many a day; who signs in is heard', async () => {
        const limit = opened.app.slices.supervision.demands.deps.rules.visitors;
        for (let taken = 0; taken < limit; taken++) fine(await make({ dataset: closed }, 'anonymous'));
        const answered = refused(await make({ dataset: closed }, 'anonymous'), 429, 'too-many-demands');
        expect(Number(answered.headers.get('retry-after'))).to.be.within(1, 86_400);
        expect((await make({ dataset: closed }, 'citizen')).status).to.equal(201);
      });
    },
    (backend) => backend.name !== 'embedded on file',
  );
});
