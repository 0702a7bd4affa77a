import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Answer } from '../support/caller.js';
import { Cases, fine } from '../support/cases.js';
import { eachBackend } from '../support/databases.js';
import { headersOf, textOf } from '../support/mail-server.js';
import { type OpenApp, openApp } from '../support/server.js';

const ABSENT = '01ARZ3NDEKTSV4RRFFQ69G5FAV';
const MINE = '/api/me/mail';

/** Choosing mail, and looking after it, over HTTP. */
describe('contract: mail', function () {
  this.timeout(240_000);

  eachBackend(
    (backend) => {
      const folder = mkdtempSync(join(tmpdir(), 'tiergate-mail-'));
      let opened: OpenApp;
      let cases: Cases;
      before(async () => {
        const environment = {
          TIERGATE_MAIL_FOLDER: join(folder, 'mail'),
          TIERGATE_PUBLIC_URL: 'https://data.example.org',
          TIERGATE_MAIL_FROM: 'no-reply@data.example.org',
        };
        opened = await openApp(backend, { seeded: true, environment });
        cases = await Cases.open(await opened.listen());
      });
      after(async () => {
        await opened.close();
        rmSync(folder, { recursive: true });
      });

      const refused = (answer: Answer, status: number, code: string): Answer => {
        expect([answer.status, answer.body.code], answer.text).to.deep.equal([status, code]);
        return answer;
      };
      const send = () => opened.app.slices.notifications.mail.sendDue(opened.app.unit);
      const files = (): string[] => (existsSync(join(folder, 'mail')) ? readdirSync(join(folder, 'mail')) : []);
      const choose = (body: object, etag = '"0"') =>
        cases.as('enterprise-a-handler').send('PATCH', MINE, body, { 'if-match': etag });

      it('is not wanted by anybody who did not ask for it', async () => {
        const handler = cases.as('enterprise-a-handler');
        const before = fine(await handler.get(MINE));
        expect(before.body).to.deep.equal({
          address: null,
          codeUntil: null,
          mode: 'none',
          language: 'zh',
          etag: '"0"',
        });
        await cases.at('submitted');
        expect(await send()).to.equal(0);
        expect(files()).to.deep.equal([]);
        refused(await cases.as('anonymous').get(MINE), 401, 'sign-in-required');
      });

      it('is asked for with an address of one’s own, on the version that was seen', async () => {
        refused(await choose({ mode: 'at-once' }), 400, 'invalid-body');
        const wrong = [
          'nobody',
          'a@b',
          'a@example.org, evil@example.net',
          'Zhang <a@example.org>',
          'a@example.org\r\nBcc: evil@example.net',
          `${'a'.repeat(250)}@example.org`,
        ];
        for (const address of wrong) refused(await choose({ address }), 400, 'invalid-body');
        refused(await choose({ mode: 'hourly' }), 400, 'invalid-body');
        refused(await choose({ person: ABSENT }), 400, 'unknown-field');
        refused(await choose({ mode: 'none' }, '"3"'), 412, 'stale-etag');
        refused(
          await cases.as('enterprise-a-handler').send('PATCH', MINE, { mode: 'none' }),
          428,
          'precondition-required',
        );
        const done = fine(await choose({ address: 'zhang@example.org', mode: 'at-once', language: 'en' }));
        const { codeUntil, ...chosen } = done.body;
        expect(chosen).to.deep.equal({ address: 'zhang@example.org', mode: 'at-once', language: 'en', etag: '"1"' });
        expect(Date.parse(codeUntil)).to.be.greaterThan(Date.now() + 23 * 3_600_000);
        expect(done.headers.get('etag')).to.equal('"1"');
        refused(
          await cases.as('portal').send('PATCH', MINE, { mode: 'none' }, { 'if-match': '"0"' }),
          403,
          'forbidden',
        );
      });

      it('is sent once the address is confirmed, with the code that came there', async () => {
        const handler = cases.as('enterprise-a-handler');
        const confirm = (code: string) => handler.post(`${MINE}/commands/confirm`, { code });
        await send();
        const [letter = ''] = files().map((file) => readFileSync(join(folder, 'mail', file), 'utf8'));
        const code = /^ {2}([2-9A-Z]{8})$/m.exec(textOf(letter))?.[1] ?? expect.fail(letter);
        const wrong = refused(await confirm('22222222'), 400, 'invalid-body');
        expect(wrong.body.errors[0]).to.include({ pointer: '/code', code: 'wrong-code' });
        refused(await confirm(''), 400, 'invalid-body');
        expect(fine(await confirm(code)).body).to.include({ codeUntil: null, etag: '"2"' });
        refused(await confirm(code), 409, 'already-so');
        refused(await handler.post(`${MINE}/commands/send-code`, {}), 409, 'already-so');
        refused(await cases.as('anonymous').post(`${MINE}/commands/confirm`, { code }), 401, 'sign-in-required');
        refused(await cases.as('portal').post(`${MINE}/commands/confirm`, { code }), 403, 'forbidden');
        rmSync(join(folder, 'mail'), { recursive: true });
      });

      it('is asked for five times an hour at most, by whoever names address after address', async () => {
        const other = cases.as('enterprise-b-handler');
        let etag = '"0"';
        for (const name of ['a', 'b', 'c', 'd']) {
          const wish = { address: `${name}@example.org`, mode: 'at-once' };
          etag = fine(await other.send('PATCH', MINE, wish, { 'if-match': etag })).body.etag;
        }
        ({ etag } = fine(await other.post(`${MINE}/commands/send-code`, {})).body);
        const many = refused(await other.post(`${MINE}/commands/send-code`, {}), 429, 'too-many-codes');
        expect(many.headers.get('retry-after')).to.equal('3600');
        fine(await other.send('PATCH', MINE, { address: null, mode: 'none' }, { 'if-match': etag }));
      });

      it('comes as a file for each step, with nothing private in it and a link to the case', async () => {
        const path = await cases.at('claimed');
        await cases.give('reviewer-transport', path, 'ask', { text: 'zz where is it stored?' });
        // The product's own round may come first.
        await send();
        const mails = files().map((file) => readFileSync(join(folder, 'mail', file), 'utf8'));
        const subjects = mails.map((raw) => headersOf(raw).get('subject') ?? '');
        for (const about of [/was received/, /was accepted/, /There is a question/])
          expect(
            subjects.filter((subject) => about.test(subject)),
            String(about),
          ).to.have.length(1);
        for (const raw of mails) {
          expect(headersOf(raw).get('to')).to.match(/<zhang@example\.org>$/);
          expect(headersOf(raw).get('from')).to.include('no-reply@data.example.org');
          expect(textOf(raw)).to.not.include('zz');
          expect(textOf(raw)).to.match(/https:\/\/data\.example\.org\/applications\/01/);
        }
        const before = files().length;
        expect(await send()).to.equal(0);
        expect(files()).to.have.length(before);
      });

      it('is looked after by administrators, who see no address', async () => {
        const admin = cases.as('admin');
        const list = fine(await admin.get('/api/mails?limit=2'));
        expect(list.body.items[0]).to.include({ kind: 'notification', state: 'sent', tries: 1, lastError: null });
        const own = fine(await cases.as('enterprise-a-handler').get('/api/me')).body.subject.name;
        expect(list.body.items[0]).to.deep.include({ personName: own, allowedCommands: [] });
        expect(list.body.figures).to.deep.equal({ waiting: 0, failed: 0, oldest: null });
        expect(list.text).to.not.include('zhang');
        const next = fine(await admin.get(`/api/mails?limit=2&pageToken=${list.body.nextPageToken}`));
        expect(next.body.items[0].id).to.not.equal(list.body.items[1].id);
        expect(fine(await admin.get('/api/mails?state=failed')).body).to.include({ total: 0 });
        refused(await admin.get('/api/mails?state=lost'), 400, 'invalid-query');
        refused(await admin.get('/api/mails?pageToken=bm9wZQ'), 400, 'invalid-page-token');
        refused(await cases.as('enterprise-a-handler').get('/api/mails'), 403, 'forbidden');
        refused(await cases.as('auditor').get('/api/mails'), 403, 'forbidden');
        const [sent] = list.body.items;
        refused(await admin.post(`/api/mails/${sent.id}/commands/retry`, {}), 409, 'already-so');
        refused(await admin.post(`/api/mails/${ABSENT}/commands/retry`, {}), 404, 'not-found');
      });

      it('that could not be written is told to the operator, and tried again on demand', async () => {
        rmSync(join(folder, 'mail'), { recursive: true });
        const { office } = opened.app.slices.notifications.mail.deps;
        const send1 = office.send.bind(office);
        Object.assign(office, { send: async () => ({ kind: 'refused', error: '550 <zhang@example.org> unknown' }) });
        const path = await cases.at('submitted');
        await send();
        Object.assign(office, { send: send1 });
        const admin = cases.as('admin');
        const { items, figures } = fine(await admin.get('/api/mails?state=failed')).body;
        const [failed] = items;
        expect(figures).to.deep.equal({ waiting: 0, failed: 1, oldest: null });
        expect(failed.allowedCommands).to.deep.equal(['retry']);
        expect(failed).to.include({ state: 'failed', lastError: '550 <…@example.org> unknown' });
        const again = fine(await admin.post(`/api/mails/${failed.id}/commands/retry`, {})).body;
        expect([again.state, again.tries]).to.deep.equal(['waiting', 0]);
        await send();
        expect(files()).to.deep.equal([`${failed.id}.eml`]);
        expect(path).to.match(/^\/api\/applications/);
        const metrics = (await cases.as('anonymous').get('/metrics')).text;
        for (const name of ['waiting', 'failed', 'oldest_seconds'])
          expect(metrics).to.match(new RegExp(`^tiergate_mails_${name} \\d`, 'm'));
      });

      it('is noted in the log without the address, and verified with it', async () => {
        const entries = fine(
          await cases.as('auditor').get('/api/audit/entries?subjectKind=mail-preference&after=0&limit=10'),
        );
        expect(entries.body.items[0]).to.include({ event: 'mail-preference.changed' });
        expect(entries.body.items[0].data).to.deep.equal({ mode: 'at-once', language: 'en' });
        expect(entries.body.items[1]).to.include({ event: 'mail-preference.confirmed' });
        const none = fine(await choose({ address: null, mode: 'none' }, '"2"'));
        expect(none.body).to.include({ address: null, mode: 'none' });
      });
    },
    (backend) => backend.name !== 'embedded on file',
  );
});
