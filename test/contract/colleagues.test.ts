import { expect } from 'chai';
import { INVITATION_LASTS, MOST_MISSES } from '../../src/colleagues/domain/invitation.js';
import { ticketParts } from '../../src/colleagues/domain/ticket.js';
import { type Answer, Caller } from '../support/caller.js';
import { Cases, fine } from '../support/cases.js';
import { eachBackend } from '../support/databases.js';
import { headersOf, MailServer, textOf } from '../support/mail-server.js';
import { IdempotencyRecord } from '../../src/persistence/idempotency.js';
import { type OpenApp, openApp } from '../support/server.js';

const ABSENT = '01ARZ3NDEKTSV4RRFFQ69G5FAV';
const PASSWORD = 'window seven hills';

/** A secret may hold what the link is put together with. */
const partsOf = (invitation: string) => ticketParts(invitation) ?? expect.fail(`${invitation} is no link`);

/** An organisation and its people, over HTTP, with a real mail server. */
describe('contract: colleagues', function () {
  this.timeout(240_000);

  eachBackend(
    (backend) => {
      const post = new MailServer();
      let opened: OpenApp;
      let cases: Cases;
      let address = '';
      let later = 0;
      before(async () => {
        const environment = {
          TIERGATE_SMTP_URL: await post.start(),
          TIERGATE_PUBLIC_URL: 'https://data.example.org',
          TIERGATE_MAIL_FROM: 'no-reply@data.example.org',
        };
        opened = await openApp(backend, { seeded: true, environment, clock: { now: () => Date.now() + later } });
        address = await opened.listen();
        cases = await Cases.open(address);
      });
      after(async () => {
        await opened.close();
        await post.stop();
      });

      const refused = (answer: Answer, status: number, code: string): Answer => {
        expect([answer.status, answer.body.code], answer.text).to.deep.equal([status, code]);
        return answer;
      };
      const anybody = () => cases.as('anonymous');
      const handler = () => cases.as('enterprise-a-handler');
      const signatory = () => cases.as('enterprise-a-signatory');
      const given = (more: object = {}) => ({ name: '李敏', address: 'li@example.org', ...more });
      const invite = async (more: object = {}, by = signatory()) =>
        fine(await by.post('/api/invitations', given(more))).body;
      const accept = (invitation: string, more: object = {}, by = anybody()) =>
        by.post('/api/invitations/accept', { invitation, ...more });
      const act = (by: Caller, { id, etag }: { id: string; etag: string }, name: string, body: object = {}) =>
        by.post(`/api/invitations/${id}/commands/${name}`, body, { 'if-match': etag });
      const signIn = async (username: string) => {
        const asked = { grantType: 'password', username, password: PASSWORD };
        const { access_token } = fine(await anybody().post('/api/auth/token', asked)).body;
        return Caller.withToken(address, access_token);
      };
      const join = async (username: string, more: object = {}) => {
        const { invitation } = await invite(more);
        fine(await accept(invitation, { username, password: PASSWORD }));
        return signIn(username);
      };
      const colleague = async (username: string, by = signatory()) =>
        fine(await by.get('/api/colleagues?limit=100')).body.items.find(
          (one: { username: string }) => one.username === username,
        );

      it('invites by mail before there is an account; the link lets one person in, once', async () => {
        const made = fine(await signatory().post('/api/invitations', given({ role: 'handler', language: 'en' })));
        expect(made.status).to.equal(201);
        expect(made.body).to.include({ state: 'open', role: 'handler', address: 'li@example.org', sends: 1 });
        await opened.app.slices.notifications.mail.sendDue(opened.app.unit);
        const raw = post.arrived.find(({ to }) => to.includes('li@example.org'))?.raw ?? '';
        expect(headersOf(raw).get('to')).to.equal('李敏 <li@example.org>');
        expect(textOf(raw)).to.include(`https://data.example.org/invited#${made.body.invitation}`);
        const offer = fine(await anybody().post('/api/invitations/look', { invitation: made.body.invitation })).body;
        expect(offer).to.include({ name: '李敏', role: 'handler', expiresAt: made.body.expiresAt });
        const account = { username: 'li.min', password: PASSWORD };
        expect(fine(await accept(made.body.invitation, account)).body).to.deep.equal({ state: 'accepted' });
        refused(await accept(made.body.invitation, { ...account, username: 'li.min2' }), 404, 'invitation-ended');
        refused(
          await anybody().post('/api/invitations/look', { invitation: made.body.invitation }),
          404,
          'invitation-ended',
        );
        expect((await (await signIn('li.min')).get('/api/me')).body.roles).to.deep.equal(['handler']);
        const { items } = fine(await signatory().get('/api/invitations?state=accepted')).body;
        expect(items[0]).to.include({ id: made.body.id, address: null });
      });

      it('keeps no secret: neither in a row, nor in the log, nor in a list', async () => {
        const { invitation } = await invite();
        const { ticket, secret } = partsOf(invitation);
        const lists = [
          (await signatory().get('/api/invitations')).text,
          (await cases.as('admin').get('/api/mails')).text,
          (await cases.as('auditor').get('/api/audit/entries?subjectKind=invitation&after=0&limit=100')).text,
        ];
        for (const text of lists) expect(text).to.not.include(secret);
        const row = await opened.app.unit.read((reader) => opened.app.slices.colleagues.store.byTicket(reader, ticket));
        expect(JSON.stringify(row)).to.not.include(secret);
        expect(lists[2]).to.not.include('li@example.org');
      });

      it('says the same of links that are wrong, replaced, revoked, or too old', async () => {
        const made = await invite();
        const again = fine(await signatory().post(`/api/invitations/${made.id}/commands/send-again`)).body;
        expect(again.sends).to.equal(2);
        const revoked = await invite();
        fine(await act(signatory(), revoked, 'revoke'));
        const other = await invite();
        const wrong = `${other.invitation.slice(0, -1)}${other.invitation.endsWith('A') ? 'B' : 'A'}`;
        const answers = new Set<string>();
        for (const invitation of ['nothing', wrong, made.invitation, revoked.invitation]) {
          const answer = await anybody().post('/api/invitations/look', { invitation });
          const { instance: _, ...told } = refused(answer, 404, 'invitation-ended').body;
          answers.add(JSON.stringify(told));
          refused(await accept(invitation, { username: 'nobody.new', password: PASSWORD }), 404, 'invitation-ended');
        }
        expect(answers.size).to.equal(1);
        later = INVITATION_LASTS;
        refused(await accept(again.invitation, { username: 'too.late', password: PASSWORD }), 404, 'invitation-ended');
        later = 0;
        fine(await accept(again.invitation, { username: 'in.time', password: PASSWORD }));
        refused(await act(signatory(), { id: made.id, etag: '"9"' }, 'revoke'), 412, 'stale-etag');
        const { items } = (await signatory().get('/api/invitations?limit=100')).body;
        const closed = items.find(({ id }: { id: string }) => id === made.id);
        refused(await act(signatory(), closed, 'revoke'), 409, 'invitation-closed');
        refused(await signatory().post(`/api/invitations/${made.id}/commands/send-again`), 409, 'invitation-closed');
      });

      it('counts user names that cannot be had, and says of passwords what every account is told', async () => {
        const { invitation } = await invite();
        refused(await accept(invitation, { username: 'new.one', password: 'short' }), 422, 'weak-password');
        refused(await accept(invitation, { username: 'new.one' }), 400, 'invalid-body');
        refused(await accept(invitation, { username: 'New One', password: PASSWORD }), 400, 'invalid-body');
        refused(await accept(invitation), 401, 'sign-in-required');
        for (let miss = 0; miss < MOST_MISSES; miss++)
          refused(await accept(invitation, { username: 'admin', password: PASSWORD }), 409, 'username-taken');
        refused(await accept(invitation, { username: 'admin', password: PASSWORD }), 404, 'invitation-ended');
      });

      it('lets an account of the organisation accept, and no account of another one', async () => {
        const member = await join('member.one');
        const { invitation } = await invite({ role: 'handler' });
        refused(await accept(invitation, {}, cases.as('enterprise-b-handler')), 409, 'account-elsewhere');
        refused(await accept(invitation, {}, cases.as('portal')), 403, 'forbidden');
        fine(await accept(invitation, {}, member));
        expect((await member.get('/api/me')).body.roles).to.deep.equal(['handler']);
        const own = await invite({ role: 'handler' });
        refused(await accept(own.invitation, {}, signatory()), 422, 'roles-apart');
      });

      it('tells before, and at acceptance, whom no administrator could confirm', async () => {
        const { invitation } = await invite({ role: 'signatory', authorisation: 'By the board.' });
        const look = async (by: Caller) => fine(await by.post('/api/invitations/look', { invitation })).body.stopped;
        const waiting = async () => fine(await cases.as('admin').get('/api/invitations?state=awaiting')).body.total;
        const before = await waiting();
        const { body } = refused(await accept(invitation, {}, handler()), 422, 'roles-apart');
        expect(await waiting()).to.equal(before);
        expect(await look(handler())).to.deep.equal({ code: 'roles-apart', title: body.title, remedy: body.remedy });
        expect((await look(cases.as('enterprise-b-handler'))).code).to.equal('account-elsewhere');
        expect((await look(cases.as('portal'))).code).to.equal('forbidden');
        for (const by of [anybody(), signatory()]) expect(await look(by)).to.equal(null);
      });

      it('has one effect under one key, and keeps no secret beside it', async () => {
        const key = { 'idempotency-key': 'invite-once' };
        const send = (more: object = {}) => signatory().post('/api/invitations', given({ role: null, ...more }), key);
        const total = async () => fine(await signatory().get('/api/invitations')).body.total;
        const before = await total();
        const [first, again] = [await send(), await send()];
        expect([first.status, again.status]).to.deep.equal([201, 201]);
        expect(again.headers.get('idempotency-replayed')).to.equal('true');
        expect(again.text).to.equal(first.text);
        expect(await total()).to.equal(before + 1);
        refused(await send({ name: '王芳' }), 422, 'idempotency-key-reused');
        const path = `/api/invitations/${first.body.id}/commands/send-again`;
        const sent = [1, 2].map(() => signatory().post(path, {}, { 'idempotency-key': 'send-once' }));
        const answers = await Promise.all(sent);
        expect(answers.map(({ body }) => [body.sends, body.invitation])).to.deep.equal([
          [2, answers[0]?.body.invitation],
          [2, answers[0]?.body.invitation],
        ]);
        fine(await accept(answers[1]?.body.invitation, { username: 'once.only', password: PASSWORD }));
        const kept = await opened.app.unit.read(({ manager }) => manager.find(IdempotencyRecord));
        const told = kept.map(({ answer }) => answer ?? '').filter((answer) => answer.includes(first.body.id));
        expect(told).to.have.length(2);
        for (const { body } of [first, ...answers])
          for (const answer of told) expect(answer).to.not.include(partsOf(body.invitation).secret);
      });

      it('is the signatory’s where posts are given, and stays inside the organisation', async () => {
        refused(await handler().post('/api/invitations', given({ role: 'handler' })), 403, 'forbidden');
        fine(await handler().post('/api/invitations', given()));
        refused(await signatory().post('/api/invitations', given({ role: 'signatory' })), 400, 'invalid-body');
        refused(await signatory().post('/api/invitations', given({ authorisation: 'x' })), 400, 'invalid-body');
        refused(await signatory().post('/api/invitations', given({ address: 'nobody' })), 400, 'invalid-body');
        for (const name of ['citizen', 'studio', 'handler-health', 'admin', 'reviewer-transport'] as const) {
          const answer = await cases.as(name).post('/api/invitations', given());
          if (name === 'studio') expect(answer.status).to.equal(201);
          else refused(answer, 403, 'forbidden');
        }
        const { id, etag } = await invite();
        const rival = cases.as('enterprise-b-signatory');
        expect((await rival.get('/api/invitations')).body.total).to.equal(0);
        refused(await act(rival, { id, etag }, 'revoke'), 404, 'not-found');
        refused(await rival.post(`/api/invitations/${id}/commands/send-again`), 404, 'not-found');
        const { id: person, etag: seen, posts } = await colleague('enterprise-a-handler');
        const match = { 'if-match': seen };
        refused(
          await rival.post(`/api/colleagues/${person}/commands/remove`, { reason: 'x' }, match),
          404,
          'not-found',
        );
        refused(
          await rival.post(`/api/colleagues/${person}/posts/${posts[0].id}/commands/end`, {}, match),
          404,
          'not-found',
        );
        refused(
          await handler().post(`/api/colleagues/${person}/commands/remove`, { reason: 'x' }, match),
          403,
          'forbidden',
        );
        refused(await act(handler(), { id, etag }, 'confirm'), 403, 'forbidden');
        refused(await act(cases.as('admin'), { id, etag }, 'confirm'), 404, 'not-found');
      });

      it('changes the signatory only with an administrator, and never leaves the organisation without one', async () => {
        const me = await colleague('enterprise-a-signatory');
        expect([me.allowedCommands, me.posts[0].allowedCommands]).to.deep.equal([[], []]);
        const path = `/api/colleagues/${me.id}`;
        const leave = (etag: string) =>
          signatory().post(`${path}/commands/remove`, { reason: 'I leave' }, { 'if-match': etag });
        refused(await leave(me.etag), 409, 'last-signatory');
        const end = `${path}/posts/${me.posts[0].id}/commands/end`;
        refused(await signatory().post(end, {}, { 'if-match': me.posts[0].etag }), 409, 'last-signatory');
        const authorisation = 'The legal representative authorises Wang Qing.';
        const next = await join('wang.qing', { name: '王青', role: 'signatory', authorisation });
        expect((await next.get('/api/me')).body.roles).to.deep.equal([]);
        const admin = cases.as('admin');
        const [waits] = fine(await admin.get('/api/invitations?state=awaiting')).body.items;
        expect(waits).to.include({ authorisation, state: 'awaiting', address: null });
        expect(waits.allowedCommands).to.deep.equal(['confirm', 'refuse']);
        refused(await act(admin, { ...waits, etag: '"1"' }, 'confirm'), 412, 'stale-etag');
        expect(fine(await act(admin, waits, 'confirm')).body.state).to.equal('accepted');
        expect((await next.get('/api/me')).body.roles).to.deep.equal(['signatory']);
        const ended = fine(await next.post(end, {}, { 'if-match': me.posts[0].etag })).body;
        expect(ended.posts).to.deep.equal([]);
        // Back again: what follows is done by the one whom the demo names.
        const back = await invite({ role: 'signatory', authorisation }, next);
        fine(await accept(back.invitation, {}, signatory()));
        const [again] = fine(await admin.get('/api/invitations?state=awaiting')).body.items;
        fine(await act(admin, again, 'confirm'));
        const refusedOne = await join('zhao.lei', { name: '赵磊', role: 'signatory', authorisation });
        const [third] = fine(await admin.get('/api/invitations?state=awaiting')).body.items;
        expect(fine(await act(admin, third, 'refuse', { reason: 'No seal.' })).body).to.include({
          state: 'refused',
          reason: 'No seal.',
        });
        expect((await refusedOne.get('/api/me')).body.roles).to.deep.equal([]);
        refused(await act(admin, third, 'confirm'), 412, 'stale-etag');
      });

      it('confirms nobody of the administrator’s own name', async () => {
        const admin = cases.as('admin');
        const { name } = (await admin.get('/api/me')).body.subject;
        await join('same.name', { name, role: 'signatory', authorisation: 'By the board.' });
        const [waits] = fine(await admin.get('/api/invitations?state=awaiting')).body.items;
        refused(await act(admin, waits, 'confirm'), 403, 'organisation-concerned');
        fine(await act(cases.as('admin-2'), waits, 'refuse', { reason: 'Not known.' }));
      });

      it('shows somebody without a post the cases and grants that name them, and nothing else', async () => {
        const member = await join('named.one');
        const { id } = (await member.get('/api/me')).body.subject;
        const plain = await cases.granted();
        const path = await cases.at('concluded', { datasets: [{ dataset: cases.datasets[1] }], members: [id] });
        const { grants } = fine(await handler().get(path)).body;
        const grant = `/api/grants/${grants[0].id}`;
        expect(fine(await member.get(path)).body.allowedCommands).to.deep.equal([]);
        expect(fine(await member.get('/api/applications')).body.total).to.equal(1);
        expect(fine(await member.get('/api/grants')).body.items).to.have.length(1);
        expect(fine(await member.get(grant)).body.links).to.not.have.length(0);
        refused(await member.get(plain), 404, 'not-found');
        for (const list of ['/api/violations', '/api/notices', '/api/objections'])
          expect(fine(await member.get(list)).body.total, list).to.equal(0);
        const everyones = fine(await cases.as('citizen').get('/api/complaints?about=quality&state=answered')).body;
        const complaints = fine(await member.get('/api/complaints')).body;
        expect(complaints.total, 'what everyone may read').to.equal(everyones.total);
        for (const list of ['/api/evidence', '/api/colleagues', '/api/invitations', '/api/people', '/api/posts'])
          refused(await member.get(list), 403, 'forbidden');
        const question = (subject: object) => ({
          subject,
          resource: { type: 'dataset', id: cases.datasets[1] },
          action: { name: 'download' },
          context: { purpose: 'research' },
        });
        const asked = question({ type: 'user', id });
        expect(fine(await member.post('/access/v1/evaluation', asked)).body.decision).to.equal(true);
        const one = await colleague('named.one');
        const removed = fine(
          await signatory().post(
            `/api/colleagues/${id}/commands/remove`,
            { reason: 'Left the company.' },
            { 'if-match': one.etag },
          ),
        ).body;
        expect(removed).to.include({ state: 'off' });
        refused(await member.get('/api/me'), 401, 'invalid-token');
        const portal = await cases.as('portal').post('/access/v1/evaluation', asked);
        expect(portal.body.decision).to.equal(false);
        refused(
          await signatory().post(
            `/api/colleagues/${id}/commands/remove`,
            { reason: 'Again.' },
            { 'if-match': removed.etag },
          ),
          409,
          'already-so',
        );
        refused(
          await signatory().post(`/api/colleagues/${ABSENT}/commands/remove`, { reason: 'x' }, { 'if-match': '"1"' }),
          404,
          'not-found',
        );
      });

      it('sends no more letters in a day than a department needs', async () => {
        const rival = cases.as('enterprise-b-signatory');
        let answer = await rival.post('/api/invitations', given());
        for (let sent = 1; sent < 40 && answer.status === 201; sent++)
          answer = await rival.post('/api/invitations', given());
        refused(answer, 429, 'too-many-invitations');
        expect(answer.headers.get('retry-after')).to.equal('3600');
        expect((await rival.get('/api/invitations')).body.total).to.equal(30);
      });
    },
    (backend) => backend.name !== 'embedded on file',
  );
});
