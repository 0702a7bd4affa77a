import { expect } from 'chai';
import { backends } from '../support/databases.js';
import {
  AUTHORITY,
  BODY,
  CENTRE,
  CLIENT_SECRET,
  creditCode,
  ENTERPRISE,
  HOME,
  idOf,
  IdentityPlatform,
  type Name,
  PASSWORD,
  PEOPLE,
  PORTAL,
} from '../support/identity/platform.js';

const [inMemory] = backends;
const ABSENT = idOf(999);

describe('identity over HTTP: administration', () => {
  let platform: IdentityPlatform;
  let admin = '';
  beforeEach(async () => {
    platform = await IdentityPlatform.open(inMemory as never);
    admin = (await platform.signIn('admin')).access;
  });
  afterEach(() => platform.close());
  const codeOf = ({ status, body }: { status: number; body: { code?: string } }) => `${status} ${body.code}`;
  const give = (path: string, body: object = {}, etag?: string) => platform.post(admin, path, body, etag);
  const me = (token: string) => platform.get(token, '/api/me');
  const tokenOf = async (username: Name) => (await platform.signIn(username)).access;
  const portalToken = async () =>
    (await platform.token({ grantType: 'client_credentials', clientId: 'portal', clientSecret: CLIENT_SECRET })).body
      .access_token;

  describe('organisations', () => {
    const newBody = { name: { zh: '新企业' }, creditCode: creditCode(7), kind: 'enterprise' };

    it('are added once, with a code that holds', async () => {
      const made = await give('/api/organisations', newBody);
      expect(made.status).to.equal(201);
      expect(made.headers['etag']).to.equal(made.body.etag);
      expect(made.body).to.include({ creditCode: creditCode(7), kind: 'enterprise', state: 'active' });
      expect(codeOf(await give('/api/organisations', newBody))).to.equal('409 organisation-exists');
      const typo = await give('/api/organisations', { ...newBody, creditCode: `${creditCode(7).slice(0, 17)}?` });
      expect(codeOf(typo)).to.equal('422 invalid-credit-code');
      expect(typo.body.errors[0]).to.include({ pointer: '/creditCode', code: 'symbol' });
      expect(
        codeOf(await give('/api/organisations', { ...newBody, creditCode: creditCode(8), parent: ABSENT })),
      ).to.equal('400 invalid-body');
      expect(codeOf(await give('/api/organisations', { ...newBody, state: 'suspended' }))).to.equal(
        '400 unknown-field',
      );
      const child = await give('/api/organisations', { ...newBody, creditCode: creditCode(8), parent: made.body.id });
      expect(child.body.parent).to.equal(made.body.id);
    });

    it('are shown by who asks: public bodies to all, one’s own, enterprises to staff, persons to administrators', async () => {
      const idsFor = async (access: string | null, filter = '') =>
        (await platform.get(access, `/api/organisations?limit=100${filter}`)).body.items
          .map(({ id }: { id: string }) => id)
          .sort();
      const bodies = [CENTRE, AUTHORITY, BODY];
      expect(await idsFor(null)).to.deep.equal(bodies);
      expect(await idsFor(await tokenOf('handler'))).to.deep.equal([...bodies, ENTERPRISE]);
      expect(await idsFor(await tokenOf('citizen'))).to.deep.equal([...bodies, HOME]);
      expect(await idsFor(await tokenOf('reviewer'))).to.deep.equal([...bodies, ENTERPRISE]);
      expect(await idsFor(admin)).to.deep.equal([...bodies, ENTERPRISE, HOME]);
      expect(await idsFor(admin, '&kind=person')).to.deep.equal([HOME]);
      expect(await idsFor(await tokenOf('handler'), '&kind=person')).to.deep.equal([]);
    });

    it('that are not yours to see look exactly like ones that are not there', async () => {
      const handler = await tokenOf('handler');
      const [hidden, absent] = [
        await platform.get(handler, `/api/organisations/${HOME}`),
        await platform.get(handler, `/api/organisations/${ABSENT}`),
      ];
      const plain = ({ status, body: { instance: _instance, ...body } }: typeof hidden) =>
        JSON.stringify([status, body]);
      expect(plain(hidden)).to.equal(plain(absent)).and.to.contain('not-found');
      expect((await platform.get(handler, `/api/organisations/${ENTERPRISE}`)).status).to.equal(200);
      expect((await platform.get(null, `/api/organisations/${BODY}`)).status).to.equal(200);
    });

    it('when suspended lose sessions, tokens and keys at once; resumed, sign in anew', async () => {
      const handler = await platform.signIn('handler');
      const { body: key } = await give(`/api/portals/${PORTAL}/keys`, { kind: 'api-key', label: 'first' });
      expect((await me(handler.access)).status).to.equal(200);
      const { etag } = (await platform.get(admin, `/api/organisations/${ENTERPRISE}`)).body;
      const path = `/api/organisations/${ENTERPRISE}/commands`;
      const suspended = await give(`${path}/suspend`, { reason: 'Court order' }, etag);
      expect(suspended.body.state).to.equal('suspended');
      expect(codeOf(await me(handler.access))).to.equal('401 invalid-token');
      expect(codeOf(await platform.token({ grantType: 'refresh_token', refreshToken: handler.refresh }))).to.equal(
        '401 invalid-token',
      );
      const again = { grantType: 'password', username: 'handler', password: PASSWORD };
      expect(codeOf(await platform.token(again))).to.equal('401 invalid-credentials');
      expect(
        (await platform.http.get('/api/me').set('x-api-key', key.secret)).status,
        'a portal of another body',
      ).to.equal(200);
      expect(codeOf(await give(`${path}/suspend`, { reason: 'again' }, suspended.body.etag))).to.equal(
        '409 already-so',
      );
      expect((await give(`${path}/resume`, {}, suspended.body.etag)).body.state).to.equal('active');
      expect(codeOf(await me(handler.access)), 'the ended session stays ended').to.equal('401 invalid-token');
      expect((await platform.token(again)).status).to.equal(200);
    });

    it('ask for If-Match, and refuse a stale one', async () => {
      const path = `/api/organisations/${ENTERPRISE}/commands/suspend`;
      expect(codeOf(await give(path, { reason: 'x' }))).to.equal('428 precondition-required');
      expect(codeOf(await give(path, { reason: 'x' }, '"7"'))).to.equal('412 stale-etag');
      expect(codeOf(await give(`/api/organisations/${ABSENT}/commands/suspend`, { reason: 'x' }, '"1"'))).to.equal(
        '404 not-found',
      );
      expect(codeOf(await give(path, { reason: '  ' }, '"1"'))).to.equal('400 invalid-body');
    });

    it('of the last administrators are not suspended', async () => {
      const answer = await give(`/api/organisations/${CENTRE}/commands/suspend`, { reason: 'mistake' }, '"1"');
      expect(codeOf(answer)).to.equal('409 last-administrator');
      expect((await me(admin)).status).to.equal(200);
    });
  });

  describe('people', () => {
    const newcomer = { username: 'new.person', name: '新人 New', organisation: BODY };

    it('are invited, choose their own password once, and sign in', async () => {
      const made = await give('/api/people', newcomer);
      expect(made.status).to.equal(201);
      const { id, invitation } = made.body;
      const accept = (text: string, password: string) =>
        platform.post(null, '/api/auth/invitations', { invitation: text, password });
      expect(codeOf(await accept(invitation, 'short'))).to.equal('422 weak-password');
      expect(codeOf(await accept(invitation, 'new.person forever'))).to.equal('422 weak-password');
      expect(codeOf(await accept(`${invitation.slice(0, -1)}x`, 'window seven hills'))).to.equal(
        '401 invalid-credentials',
      );
      expect((await accept(invitation, 'window seven hills')).status).to.equal(204);
      expect(codeOf(await accept(invitation, 'window eight hills'))).to.equal('401 invalid-credentials');
      const { access } = await platform.signIn('new.person', 'window seven hills');
      expect((await me(access)).body.roles, 'no post, no role').to.deep.equal([]);
      expect((await platform.get(admin, `/api/people/${id}`)).body).to.not.have.property('invitation');
    });

    it('who lost their password get a new invitation in place of every earlier one; it ends their sessions', async () => {
      const { access } = await platform.signIn('reviewer');
      const first = (await give(`/api/people/${PEOPLE.reviewer}/commands/invite`)).body.invitation;
      const second = (await give(`/api/people/${PEOPLE.reviewer}/commands/invite`)).body.invitation;
      expect((await me(access)).status, 'until it is used').to.equal(200);
      const accept = (invitation: string) =>
        platform.post(null, '/api/auth/invitations', { invitation, password: 'window seven hills' });
      expect(codeOf(await accept(first))).to.equal('401 invalid-credentials');
      expect((await accept(second)).status).to.equal(204);
      expect(codeOf(await me(access))).to.equal('401 invalid-token');
      expect(
        (await platform.token({ grantType: 'password', username: 'reviewer', password: PASSWORD })).status,
      ).to.equal(401);
      platform.base.clock.at += 1;
      const third = (await give(`/api/people/${PEOPLE.reviewer}/commands/invite`)).body.invitation;
      platform.base.clock.at += 7 * 24 * 3_600_000;
      expect(codeOf(await accept(third)), 'after seven days').to.equal('401 invalid-credentials');
    });

    it('have a name nobody else has, and an organisation that is there', async () => {
      expect(codeOf(await give('/api/people', { ...newcomer, username: 'handler' }))).to.equal('409 username-taken');
      expect(codeOf(await give('/api/people', { ...newcomer, organisation: ABSENT }))).to.equal('400 invalid-body');
      for (const username of ['Ann', 'a b', 'ab', 'ann\u200b']) {
        expect(codeOf(await give('/api/people', { ...newcomer, username })), username).to.equal('400 invalid-body');
      }
      expect(codeOf(await give('/api/people', { ...newcomer, passwordHash: 'x' }))).to.equal('400 unknown-field');
    });

    it('who are switched off are out at once, and may come back', async () => {
      const { access } = await platform.signIn('approver');
      expect((await me(access)).status).to.equal(200);
      const path = `/api/people/${PEOPLE.approver}/commands`;
      const off = await give(`${path}/switch-off`, { reason: 'left' }, '"1"');
      expect(off.body.state).to.equal('off');
      expect(codeOf(await me(access))).to.equal('401 invalid-token');
      expect(codeOf(await give(`${path}/switch-off`, { reason: 'left' }, off.body.etag))).to.equal('409 already-so');
      expect(codeOf(await give(`${path}/invite`))).to.equal('422 person-unfit');
      const on = await give(`${path}/switch-on`, {}, off.body.etag);
      expect(on.body.state).to.equal('active');
      expect(codeOf(await give(`${path}/switch-on`, {}, on.body.etag))).to.equal('409 already-so');
      expect((await platform.signIn('approver')).access).to.be.a('string');
    });

    it('include one administrator always', async () => {
      expect(
        (await give(`/api/people/${PEOPLE['admin-2']}/commands/switch-off`, { reason: 'left' }, '"1"')).status,
      ).to.equal(200);
      const last = await give(`/api/people/${PEOPLE.admin}/commands/switch-off`, { reason: 'left' }, '"1"');
      expect(codeOf(last)).to.equal('409 last-administrator');
    });

    it('are listed by organisation, without anything secret', async () => {
      const { body } = await platform.get(admin, `/api/people?organisation=${ENTERPRISE}`);
      expect(body.items.map(({ username }: { username: string }) => username)).to.deep.equal(['signatory', 'handler']);
      expect(Object.keys(body.items[0]).sort()).to.deep.equal([
        'etag',
        'id',
        'name',
        'organisation',
        'state',
        'username',
      ]);
      expect(codeOf(await platform.get(admin, `/api/people/${ABSENT}`))).to.equal('404 not-found');
      expect(codeOf(await platform.get(admin, '/api/people?limit=0'))).to.equal('400 invalid-query');
      expect(codeOf(await platform.get(admin, '/api/people?pageToken=x!'))).to.equal('400 invalid-page-token');
    });
  });

  describe('posts', () => {
    it('give their role to holder and deputy on the next request, and take it back', async () => {
      const { access } = await platform.signIn('newcomer');
      expect((await me(access)).body.roles).to.deep.equal([]);
      const made = await give('/api/posts', { organisation: AUTHORITY, role: 'supervisor', holder: PEOPLE.newcomer });
      expect(made.status).to.equal(201);
      expect((await me(access)).body.roles).to.deep.equal(['supervisor']);
      const ended = await give(`/api/posts/${made.body.id}/commands/end`, {}, made.body.etag);
      expect(ended.body.state).to.equal('ended');
      expect((await me(access)).body.roles).to.deep.equal([]);
      expect(codeOf(await give(`/api/posts/${made.body.id}/commands/end`, {}, ended.body.etag))).to.equal(
        '409 already-so',
      );
    });

    it('are handed over: a new holder, a deputy, none', async () => {
      const { access } = await platform.signIn('newcomer');
      const path = `/api/posts/${idOf(51)}/commands/hand-over`;
      const deputised = await give(path, { deputy: PEOPLE.newcomer }, '"1"');
      expect(deputised.body.deputy).to.equal(PEOPLE.newcomer);
      expect((await me(access)).body.roles).to.deep.equal(['approver']);
      const alone = await give(path, { deputy: 'none' }, deputised.body.etag);
      expect(alone.body.deputy).to.equal(null);
      const handed = await give(path, { holder: PEOPLE.newcomer }, alone.body.etag);
      expect(handed.body.holder).to.equal(PEOPLE.newcomer);
      expect((await me((await platform.signIn('approver')).access)).body.roles).to.deep.equal([]);
      expect(codeOf(await give(path, { deputy: PEOPLE.newcomer }, handed.body.etag))).to.equal('422 person-unfit');
    });

    it('fit the organisation and the person', async () => {
      const post = (organisation: string, role: string, holder: string) =>
        give('/api/posts', { organisation, role, holder });
      expect(codeOf(await post(ENTERPRISE, 'approver', PEOPLE.handler))).to.equal('422 role-unfit');
      expect(codeOf(await post(AUTHORITY, 'approver', PEOPLE.handler))).to.equal('422 person-unfit');
      expect(codeOf(await post(CENTRE, 'supervisor', PEOPLE.admin))).to.equal('422 roles-apart');
      expect(codeOf(await post(AUTHORITY, 'approver', PEOPLE.auditor))).to.equal('422 roles-apart');
      expect(codeOf(await post(AUTHORITY, 'portal', PEOPLE.newcomer))).to.equal('400 invalid-body');
      expect(codeOf(await post(ABSENT, 'approver', PEOPLE.newcomer))).to.equal('400 invalid-body');
      expect(codeOf(await post(AUTHORITY, 'approver', ABSENT))).to.equal('400 invalid-body');
    });

    it('of the last administrator are not ended', async () => {
      expect(codeOf(await give(`/api/posts/${idOf(50)}/commands/end`, {}, '"1"'))).to.equal('409 last-administrator');
    });

    it('are listed by organisation', async () => {
      const { body } = await platform.get(admin, `/api/posts?organisation=${BODY}`);
      expect(body.items.map(({ role }: { role: string }) => role)).to.deep.equal(['reviewer', 'steward']);
    });
  });

  describe('portals and keys', () => {
    it('are registered, get keys shown once, and lose them at once', async () => {
      const made = await give('/api/portals', { clientId: 'city-portal', name: 'City portal', organisation: CENTRE });
      expect(made.status).to.equal(201);
      expect(codeOf(await give('/api/portals', { clientId: 'city-portal', name: 'x', organisation: CENTRE }))).to.equal(
        '409 client-id-taken',
      );
      expect(codeOf(await give('/api/portals', { clientId: 'other', name: 'x', organisation: ABSENT }))).to.equal(
        '400 invalid-body',
      );
      const keys = `/api/portals/${made.body.id}/keys`;
      const key = await give(keys, { kind: 'api-key', label: 'front' });
      expect(key.status).to.equal(201);
      expect(key.body.secret).to.match(/^tgk_[0-9A-Z]{26}_[\w-]{43}$/);
      const asKey = () => platform.http.get('/api/me').set('x-api-key', key.body.secret);
      expect((await asKey()).body.subject.id).to.equal(made.body.id);
      const listed = await platform.get(admin, keys);
      expect(listed.body.items).to.have.length(1);
      expect(JSON.stringify(listed.body)).not.to.contain(key.body.secret).and.not.to.match(/hash/);
      const revoke = `${keys}/${key.body.id}/commands/revoke`;
      expect((await give(revoke)).body.revokedAt).to.be.a('string');
      expect(codeOf(await asKey())).to.equal('401 invalid-token');
      expect(codeOf(await give(revoke))).to.equal('409 already-so');
      expect(
        (await platform.get(admin, '/api/portals')).body.items.map(({ clientId }: { clientId: string }) => clientId),
      ).to.deep.equal(['city-portal', 'portal']);
    });

    it('refuse a key with one changed character, of another kind, and after its end', async () => {
      const ends = new Date(platform.base.clock.at + 60_000).toISOString();
      const { secret } = (await give(`/api/portals/${PORTAL}/keys`, { kind: 'api-key', label: 'x', expiresAt: ends }))
        .body;
      const asKey = (text: string) => platform.http.get('/api/me').set('x-api-key', text);
      expect((await asKey(secret)).status).to.equal(200);
      expect((await asKey(`${secret.slice(0, -1)}${secret.endsWith('A') ? 'B' : 'A'}`)).status).to.equal(401);
      expect((await asKey(secret.replace('tgk_', 'tgi_'))).status).to.equal(401);
      expect((await platform.get(secret, '/api/me')).status, 'as a bearer token').to.equal(401);
      platform.base.clock.at += 60_000;
      expect(codeOf(await asKey(secret))).to.equal('401 invalid-token');
      expect(
        codeOf(
          await give(`/api/portals/${PORTAL}/keys`, { kind: 'api-key', label: 'x', expiresAt: '2026-13-40T00:00:00Z' }),
        ),
      ).to.equal('400 invalid-body');
    });

    it('change over from one client secret to the next without a gap; revoking ends the tokens it gave', async () => {
      const early = await portalToken();
      const next = (await give(`/api/portals/${PORTAL}/keys`, { kind: 'client-secret', label: 'next' })).body;
      const asked = (clientSecret: string) =>
        platform.token({ grantType: 'client_credentials', clientId: 'portal', clientSecret });
      const late = (await asked(next.secret)).body.access_token;
      expect((await me(early)).status).to.equal(200);
      const first = (await platform.get(admin, `/api/portals/${PORTAL}/keys`)).body.items.at(-1);
      await give(`/api/portals/${PORTAL}/keys/${first.id}/commands/revoke`);
      expect(codeOf(await me(early))).to.equal('401 invalid-token');
      expect((await me(late)).status).to.equal(200);
      expect(codeOf(await asked(CLIENT_SECRET))).to.equal('401 invalid-credentials');
      expect(codeOf(await give(`/api/portals/${PEOPLE.admin}/keys/${next.id}/commands/revoke`))).to.equal(
        '404 not-found',
      );
      expect(codeOf(await give(`/api/portals/${ABSENT}/keys`, { kind: 'api-key', label: 'x' }))).to.equal(
        '404 not-found',
      );
      expect(codeOf(await platform.get(admin, `/api/portals/${ABSENT}/keys`))).to.equal('404 not-found');
    });

    it('that are switched off are refused at once, with token and key', async () => {
      const token = await portalToken();
      const { secret } = (await give(`/api/portals/${PORTAL}/keys`, { kind: 'api-key', label: 'x' })).body;
      const both = async () => [
        (await me(token)).status,
        (await platform.http.get('/api/me').set('x-api-key', secret)).status,
      ];
      expect(await both()).to.deep.equal([200, 200]);
      const path = `/api/portals/${PORTAL}/commands`;
      const off = await give(`${path}/switch-off`, {}, '"1"');
      expect(await both()).to.deep.equal([401, 401]);
      expect(codeOf(await give(`${path}/switch-off`, {}, off.body.etag))).to.equal('409 already-so');
      expect((await give(`${path}/switch-on`, {}, off.body.etag)).status).to.equal(200);
      expect(await both()).to.deep.equal([200, 200]);
    });
  });

  describe('registrations', () => {
    const registration = {
      creditCode: creditCode(9),
      name: { zh: '来者企业', en: 'Arriving enterprise' },
      authorisation: '兹授权某某代表本企业签署数据利用协议。',
      licence: 'LIC-2026-0001',
      handler: { username: 'arriving-handler', name: '甲', password: 'river-lamp-carpet' },
      signatory: { username: 'arriving-signatory', name: '乙', password: 'window seven hills' },
    };
    const submit = (change: object = {}) => platform.post(null, '/api/registrations', { ...registration, ...change });

    it('are sent by anybody, verified by an administrator, and both people sign in with their roles', async () => {
      const sent = await submit();
      expect(sent.status).to.equal(201);
      expect(Object.keys(sent.body).sort()).to.deep.equal(['id', 'state', 'submittedAt']);
      const signIn = { grantType: 'password', username: 'arriving-handler', password: 'river-lamp-carpet' };
      expect((await platform.token(signIn)).status, 'not before it is verified').to.equal(401);
      const shown = await platform.get(admin, `/api/registrations/${sent.body.id}`);
      expect(shown.body).to.deep.include({ state: 'submitted', creditCode: creditCode(9), licence: 'LIC-2026-0001' });
      expect(JSON.stringify(shown.body)).not.to.match(/scrypt|password/i);
      const done = await give(`/api/registrations/${sent.body.id}/commands/verify`, {}, shown.body.etag);
      expect(done.body.state).to.equal('verified');
      const mine = await me((await platform.token(signIn)).body.access_token);
      expect(mine.body.organisation).to.include({
        id: done.body.organisation,
        creditCode: creditCode(9),
        kind: 'enterprise',
      });
      expect(mine.body.roles).to.deep.equal(['handler']);
      const other = await platform.signIn('arriving-signatory', 'window seven hills');
      expect((await me(other.access)).body.roles).to.deep.equal(['signatory']);
      expect(codeOf(await give(`/api/registrations/${sent.body.id}/commands/verify`, {}, done.body.etag))).to.equal(
        '409 registration-decided',
      );
    });

    it('are refused with a reason', async () => {
      const { id } = (await submit()).body;
      const path = `/api/registrations/${id}/commands/refuse`;
      expect(codeOf(await give(path, {}, '"1"'))).to.equal('400 invalid-body');
      const done = await give(path, { reason: 'The licence cannot be read.' }, '"1"');
      expect(done.body).to.include({ state: 'refused', reason: 'The licence cannot be read.', organisation: null });
      expect((await submit()).status, 'and may be sent again').to.equal(201);
    });

    it('do not tell which user names are taken; verifying does', async () => {
      const sent = await submit({ handler: { ...registration.handler, username: 'handler' } });
      expect(sent.status).to.equal(201);
      const verified = await give(`/api/registrations/${sent.body.id}/commands/verify`, {}, '"1"');
      expect(codeOf(verified)).to.equal('409 username-taken');
      expect(
        (await platform.get(admin, '/api/organisations?kind=enterprise')).body.total,
        'nothing half-made',
      ).to.equal(1);
    });

    it('say at once what is wrong with them', async () => {
      expect(codeOf(await submit({ creditCode: creditCode(4) }))).to.equal('409 organisation-exists');
      expect(codeOf(await submit({ creditCode: '91350100M000100Y44' }))).to.equal('422 invalid-credit-code');
      const weak = await submit({ handler: { ...registration.handler, password: 'password1234' } });
      expect(codeOf(weak)).to.equal('422 weak-password');
      expect(weak.body.errors[0].pointer).to.equal('/handler/password');
      expect(codeOf(await submit({ signatory: { ...registration.signatory, username: 'arriving-handler' } }))).to.equal(
        '409 username-taken',
      );
      expect(codeOf(await submit({ state: 'verified' }))).to.equal('400 unknown-field');
      expect(codeOf(await submit({ handler: { ...registration.handler, roles: ['admin'] } }))).to.equal(
        '400 unknown-field',
      );
    });

    it('of one code by two are verified once', async () => {
      const [first, second] = [
        await submit(),
        await submit({ handler: { ...registration.handler, username: 'rival' } }),
      ];
      expect((await give(`/api/registrations/${first.body.id}/commands/verify`, {}, '"1"')).status).to.equal(200);
      expect(codeOf(await give(`/api/registrations/${second.body.id}/commands/verify`, {}, '"1"'))).to.equal(
        '409 organisation-exists',
      );
      const { body } = await platform.get(admin, '/api/registrations?state=submitted');
      expect(body.items.map(({ id }: { id: string }) => id)).to.deep.equal([second.body.id]);
      expect(codeOf(await platform.get(admin, `/api/registrations/${ABSENT}`))).to.equal('404 not-found');
      expect(codeOf(await give(`/api/registrations/${ABSENT}/commands/verify`, {}, '"1"'))).to.equal('404 not-found');
    });
  });
});
