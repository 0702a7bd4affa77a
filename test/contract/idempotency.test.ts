import { expect } from 'chai';
import { headPosition } from '../../src/log/index.js';
import type { Answer } from '../support/caller.js';
import { Cases, fine, type Name } from '../support/cases.js';
import { eachBackend, type TestDatabase } from '../support/databases.js';
import { type OpenApp, openApp } from '../support/server.js';

const HANDLER = 'enterprise-a-handler';
/** In Shanghai. */
const TODAY = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
const RIVAL = 'enterprise-b-handler';
let keys = 0;
const freshKey = (): { 'idempotency-key': string } => ({ 'idempotency-key': `key-${keys++}` });

/** One command is sent many times over; what counts is how often it happened. */
describe('contract: idempotency keys', function () {
  this.timeout(240_000);

  eachBackend(
    (backend) => {
      let database: TestDatabase;
      let opened: OpenApp;
      let cases: Cases;
      const clock = { shift: 0, now: (): number => Date.now() + clock.shift };
      const start = async (): Promise<void> => {
        opened = await openApp(backend, { database, clock, seeded: true });
        cases = await Cases.open(await opened.listen());
      };
      const restart = async (): Promise<void> => {
        await opened.close();
        await start();
      };
      /** Sessions do not last that long: everybody signs in again. */
      const later = (hours: number): Promise<void> => {
        clock.shift += hours * 3_600_000;
        return restart();
      };
      before(async () => {
        database = await backend.fresh();
        await start();
      });
      after(async () => {
        await opened.close();
        await database.dispose();
      });

      const draftBody = (scenario: string) => ({
        datasets: [{ dataset: cases.datasets[0] }],
        purpose: { category: 'research', scenario },
        delivery: 'download',
        period: { from: TODAY, to: `${Number(TODAY.slice(0, 4)) + 1}-06-30` },
      });
      const draft = (scenario: string, headers: Record<string, string>, name: Name = HANDLER): Promise<Answer> =>
        cases.as(name).post('/api/applications', draftBody(scenario), headers);
      const drafts = async (name: Name = HANDLER): Promise<number> =>
        fine(await cases.as(name).get('/api/applications?limit=1')).body.total;
      const replayed = ({ headers }: Answer): boolean => headers.get('idempotency-replayed') === 'true';
      const refused = (answer: Answer, status: number, code: string): void => {
        expect([answer.status, answer.body?.code], answer.text).to.deep.equal([status, code]);
      };

      it('makes five calls at once one effect and one answer, to the byte and with its headers', async () => {
        const before = await drafts();
        const key = freshKey();
        const answers = await Promise.all(Array.from({ length: 5 }, () => draft('Five at once', key)));
        expect(answers.map(({ status }) => status)).to.deep.equal([201, 201, 201, 201, 201]);
        expect(new Set(answers.map(({ text }) => text)).size).to.equal(1);
        for (const header of ['etag', 'location', 'content-type'])
          expect(new Set(answers.map(({ headers }) => headers.get(header))).size, header).to.equal(1);
        expect(answers.filter(replayed)).to.have.length(4);
        expect(await drafts()).to.equal(before + 1);
      });

      it('is what makes them one: five calls without a key are five', async () => {
        const before = await drafts();
        await Promise.all(Array.from({ length: 5 }, () => draft('Five without a key', {})));
        expect(await drafts()).to.equal(before + 5);
      });

      it('serves one request: another body, path or method is refused, and does nothing', async () => {
        const key = freshKey();
        const first = fine(await draft('The first', key));
        const path = `/api/applications/${first.body.id}`;
        const before = await opened.app.unit.read(headPosition);
        refused(await draft('Another', key), 422, 'idempotency-key-reused');
        const ifMatch = { ...key, 'if-match': first.headers.get('etag') ?? '' };
        refused(
          await cases.as(HANDLER).post(`${path}/commands/submit`, draftBody('The first'), ifMatch),
          400,
          'unknown-field',
        );
        refused(await cases.as(HANDLER).post(`${path}/commands/submit`, {}, ifMatch), 422, 'idempotency-key-reused');
        refused(
          await cases.as(HANDLER).send('PATCH', path, { delivery: 'api' }, ifMatch),
          422,
          'idempotency-key-reused',
        );
        expect(await opened.app.unit.read(headPosition)).to.equal(before);
        expect((await draft('The first', key)).text).to.equal(first.text);
      });

      it('is looked up before If-Match: a repeated command is answered though the version has moved on', async () => {
        const path = await cases.draft();
        const handler = cases.as(HANDLER);
        const etag = (await handler.get(path)).headers.get('etag') ?? '';
        const key = freshKey();
        const submit = (headers: Record<string, string>) => handler.post(`${path}/commands/submit`, {}, headers);
        const first = fine(await submit({ ...key, 'if-match': etag }));
        for (const headers of [{ ...key, 'if-match': etag }, { ...key, 'if-match': '"none"' }, key]) {
          const again = await submit(headers);
          expect([again.status, again.text, replayed(again)]).to.deep.equal([200, first.text, true]);
        }
        refused(await submit({ ...freshKey(), 'if-match': etag }), 412, 'stale-etag');
        refused(await submit(freshKey()), 428, 'precondition-required');
      });

      it('belongs to one caller: the same key of another is another', async () => {
        const key = freshKey();
        const mine = fine(await draft('Mine', key));
        const theirs = fine(await draft('Mine', key, RIVAL));
        expect(theirs.body.id).to.not.equal(mine.body.id);
        expect(theirs.body.applicant.id).to.not.equal(mine.body.applicant.id);
        expect([replayed(mine), replayed(theirs)]).to.deep.equal([false, false]);
      });

      it('means nothing without a name: strangers do not share keys', async () => {
        const key = freshKey();
        const facts = (en: string) => ({ title: { en }, items: [{ name: 'id', title: { en: 'Identity card' } }] });
        const preview = (en: string) => cases.as('anonymous').post('/api/assessments/preview', facts(en), key);
        expect((await preview('Roads')).status).to.equal(200);
        expect((await preview('Clinics')).status).to.equal(200);
      });

      it('is free again after a refusal, for the corrected request', async () => {
        const key = freshKey();
        const wrong = { ...draftBody('Wrong'), datasets: [{ dataset: 'nowhere' }] };
        refused(await cases.as(HANDLER).post('/api/applications', wrong, key), 422, 'unknown-dataset');
        expect((await draft('Corrected', key)).status).to.equal(201);
      });

      it('is kept for a day, and then free', async () => {
        const key = freshKey();
        const first = fine(await draft('Today', key));
        await later(23);
        expect((await draft('Today', key)).text).to.equal(first.text);
        await later(2);
        const next = fine(await draft('Today', key));
        expect([next.body.id === first.body.id, replayed(next)]).to.deep.equal([false, false]);
      });

      it('outlives a restart', async () => {
        const key = freshKey();
        const first = fine(await draft('Before the restart', key));
        await restart();
        const again = await draft('Before the restart', key);
        expect([again.status, again.text, replayed(again)]).to.deep.equal([201, first.text, true]);
        expect(again.headers.get('etag')).to.equal(first.headers.get('etag'));
        expect(again.headers.get('location')).to.equal(first.headers.get('location'));
      });
    },
    ({ durable }) => durable,
  );
});
