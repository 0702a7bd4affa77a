import { expect } from 'chai';
import { backends } from '../support/databases.js';
import { CLIENT_SECRET, ENTERPRISE, IdentityPlatform, PASSWORD, PEOPLE, PORTAL } from '../support/identity/platform.js';

const [inMemory] = backends;
const COOKIE = 'tiergate-refresh';
const CONSOLE = { 'x-tiergate-console': '1' };

describe('identity over HTTP: signing in', () => {
  let platform: IdentityPlatform;
  beforeEach(async () => {
    platform = await IdentityPlatform.open(inMemory as never);
  });
  afterEach(() => platform.close());
  const password = (username: string, word = PASSWORD) => ({ grantType: 'password', username, password: word });
  const refreshing = (refreshToken: string) => ({ grantType: 'refresh_token', refreshToken });
  const codeOf = ({ status, body }: { status: number; body: { code?: string } }) => `${status} ${body.code}`;

  it('gives a token with which /api/me says who one is and what one may do', async () => {
    const { status, body } = await platform.token(password('handler'));
    expect(status).to.equal(200);
    expect(body)
      .to.include({ token_type: 'Bearer', expires_in: 600 })
      .and.to.have.keys('access_token', 'token_type', 'expires_in', 'refresh_token');
    const me = await platform.get(body.access_token, '/api/me').set('accept-language', 'en');
    expect(me.body.subject).to.deep.equal({ id: PEOPLE.handler, name: 'Name of handler' });
    expect(me.body.organisation).to.include({ id: ENTERPRISE, name: 'Enterprise', kind: 'enterprise' });
    expect(me.body.roles).to.deep.equal(['handler']);
    expect(me.body.permissions).to.include('me.read').and.not.include('person.manage');
    const chinese = await platform.get(body.access_token, '/api/me').set('accept-language', 'zh-CN');
    expect(chinese.body.organisation.name).to.equal('示例企业');
  });

  it('gives a machine a token without refresh, by its own secret', async () => {
    const { body } = await platform.token({
      grantType: 'client_credentials',
      clientId: 'portal',
      clientSecret: CLIENT_SECRET,
    });
    expect(body).to.have.keys('access_token', 'token_type', 'expires_in');
    const me = await platform.get(body.access_token, '/api/me');
    expect([me.body.subject.id, me.body.roles]).to.deep.equal([PORTAL, ['portal']]);
  });

  it('answers the same, code and text, for a wrong password, an unknown name, a person who is off, a wrong secret', async () => {
    await platform.base.unit.run((tx) =>
      platform.identity.invitations.switchOff(
        tx,
        { kind: 'system', id: 'system' },
        PEOPLE.reviewer,
        () => ({ ok: true, value: undefined }),
        'left',
      ),
    );
    const answers = [
      await platform.token(password('handler', 'wrong password!')),
      await platform.token(password('nobody-of-this-name')),
      await platform.token(password('Handler')),
      await platform.token(password('reviewer')),
      await platform.token({ grantType: 'client_credentials', clientId: 'portal', clientSecret: 'wrong' }),
      await platform.token({ grantType: 'client_credentials', clientId: 'nobody', clientSecret: CLIENT_SECRET }),
    ];
    const bodies = answers.map(({ status, body: { instance: _instance, ...body } }) => JSON.stringify([status, body]));
    expect(new Set(bodies).size).to.equal(1);
    expect(answers[0]?.body.code).to.equal('invalid-credentials');
  });

  it('locks a name after ten failures whether anybody has it or not, and tells the wait', async () => {
    for (const name of ['handler', 'nobody-of-this-name']) {
      for (let failure = 1; failure <= 10; failure++) {
        expect(codeOf(await platform.token(password(name, `wrong guess ${failure}`)))).to.equal(
          '401 invalid-credentials',
        );
      }
      const locked = await platform.token(password(name));
      expect(codeOf(locked)).to.equal('429 account-locked');
      expect(locked.headers['retry-after']).to.equal('30');
    }
    expect((await platform.token(password('signatory'))).status, 'another account from the same address').to.equal(200);
    platform.base.clock.at += 30_000;
    expect((await platform.token(password('handler'))).status).to.equal(200);
    expect(codeOf(await platform.token(password('handler', 'wrong again now')))).to.equal('401 invalid-credentials');
  });

  it('locks a machine that guesses its secret, and opens again', async () => {
    const asking = (clientSecret: string) =>
      platform.token({ grantType: 'client_credentials', clientId: 'portal', clientSecret });
    for (let failure = 1; failure <= 10; failure++) await asking(`guess ${failure}`);
    expect(codeOf(await asking(CLIENT_SECRET))).to.equal('429 account-locked');
    platform.base.clock.at += 30_000;
    expect((await asking(CLIENT_SECRET)).status).to.equal(200);
    expect((await asking(CLIENT_SECRET)).status).to.equal(200);
  });

  it('refuses a request that is not whole, with a pointer', async () => {
    const missing = await platform.token({ grantType: 'password', username: 'handler' });
    expect(codeOf(missing)).to.equal('400 invalid-body');
    expect(missing.body.errors[0].pointer).to.equal('/password');
    expect(codeOf(await platform.token({ grantType: 'magic' }))).to.equal('400 invalid-body');
    expect(codeOf(await platform.token({ grantType: 'client_credentials', clientId: 'portal' }))).to.equal(
      '400 invalid-body',
    );
    expect(codeOf(await platform.token({ ...password('handler'), roles: ['admin'] }))).to.equal('400 unknown-field');
    expect(codeOf(await platform.token({ grantType: 'refresh_token' }))).to.equal('401 sign-in-required');
  });

  it('upgrades a hash made at a lower cost when its owner signs in', async () => {
    const { Passwords } = await import('../../src/identity/secrets/passwords.js');
    const weak = await new Passwords({ logN: 9, r: 8, p: 1 }).hash(PASSWORD);
    const stored = () =>
      platform.base.unit.read((reader) =>
        platform.identity.stores.credentials.ofOwner(reader, PEOPLE.handler, 'password'),
      );
    await platform.base.unit.run(async (tx) => {
      const [row] = await platform.identity.stores.credentials.ofOwner(tx, PEOPLE.handler, 'password');
      await platform.identity.stores.credentials.update(tx, { ...(row as NonNullable<typeof row>), hash: weak });
      tx.append({
        event: 'credential.replaced',
        subject: { kind: 'credential', id: 'x' },
        actor: { kind: 'system', id: 'system' },
        data: {},
      });
      return { ok: true, value: undefined };
    });
    expect((await platform.token(password('handler'))).status).to.equal(200);
    expect((await stored())[0]?.hash).to.match(/^\$scrypt\$ln=10,/);
    expect((await platform.token(password('handler'))).status).to.equal(200);
  });

  it('rotates refresh tokens; one used twice ends the whole family', async () => {
    const first = await platform.signIn('handler');
    const second = await platform.token(refreshing(first.refresh));
    expect(second.status).to.equal(200);
    expect(second.body.refresh_token).not.to.equal(first.refresh);
    expect((await platform.get(first.access, '/api/me')).status, 'the earlier access token lives on').to.equal(200);
    expect(codeOf(await platform.token(refreshing(first.refresh)))).to.equal('401 invalid-token');
    expect(codeOf(await platform.token(refreshing(second.body.refresh_token)))).to.equal('401 invalid-token');
    for (const token of [first.access, second.body.access_token]) {
      expect(codeOf(await platform.get(token, '/api/me'))).to.equal('401 invalid-token');
    }
    expect((await platform.token(password('handler'))).status, 'a new sign-in').to.equal(200);
  });

  it('takes no token for another kind: access as refresh, refresh as access', async () => {
    const { access, refresh } = await platform.signIn('handler');
    expect(codeOf(await platform.token(refreshing(access)))).to.equal('401 invalid-token');
    expect(codeOf(await platform.get(refresh, '/api/me'))).to.equal('401 invalid-token');
  });

  it('ends a session on sign-out, at once and for its refresh token too', async () => {
    const { access, refresh } = await platform.signIn('handler');
    const other = await platform.signIn('handler');
    expect((await platform.get(access, '/api/me')).status).to.equal(200);
    expect((await platform.post(access, '/api/auth/sign-out')).status).to.equal(204);
    expect(codeOf(await platform.get(access, '/api/me'))).to.equal('401 invalid-token');
    expect(codeOf(await platform.token(refreshing(refresh)))).to.equal('401 invalid-token');
    expect((await platform.get(other.access, '/api/me')).status, 'another session').to.equal(200);
    expect((await platform.post(null, '/api/auth/sign-out')).status, 'nothing to end').to.equal(204);
  });

  it('ends access after ten minutes, the session when unused for twelve hours', async () => {
    const { access, refresh } = await platform.signIn('handler');
    platform.base.clock.at += 599_000;
    expect((await platform.get(access, '/api/me')).status).to.equal(200);
    platform.base.clock.at += 1_000;
    expect(codeOf(await platform.get(access, '/api/me'))).to.equal('401 invalid-token');
    const next = await platform.token(refreshing(refresh));
    expect(next.status).to.equal(200);
    platform.base.clock.at += 12 * 3_600_000;
    expect(codeOf(await platform.token(refreshing(next.body.refresh_token)))).to.equal('401 invalid-token');
  });

  it('refuses a broken header, two credentials, and a token of nobody', async () => {
    const { access } = await platform.signIn('handler');
    const asked = (headers: Record<string, string>) => platform.http.get('/api/me').set(headers);
    expect(codeOf(await asked({}))).to.equal('401 sign-in-required');
    for (const authorization of [
      '',
      'Bearer',
      'Bearer ',
      `Basic ${access}`,
      `Bearer ${access} x`,
      `Bearer ${access}x`,
    ]) {
      expect(codeOf(await asked({ authorization })), authorization.slice(0, 20)).to.equal('401 invalid-token');
    }
    // RFC 9110, 11.1: a scheme is written in whatever case.
    expect((await asked({ authorization: `bearer ${access}` })).status).to.equal(200);
    expect(codeOf(await asked({ authorization: `Bearer ${access}`, 'x-api-key': 'x' }))).to.equal('401 invalid-token');
    expect(codeOf(await asked({ 'x-api-key': access }))).to.equal('401 invalid-token');
    const { token } = platform.identity.tokens.sign(
      {
        typ: 'at+jwt',
        issuer: 'https://tiergate.example',
        audience: 'https://tiergate.example/api',
        maxLifetimeSeconds: 600,
      },
      { sub: PEOPLE.admin, jti: PEOPLE.admin, lifetimeSeconds: 600 },
    );
    expect(codeOf(await asked({ authorization: `Bearer ${token}` })), 'well signed, without a session').to.equal(
      '401 invalid-token',
    );
  });

  it('changes one’s password by the present one; other sessions end, this one stays', async () => {
    const here = await platform.signIn('handler');
    const there = await platform.signIn('handler');
    const change = (present: string, next: string) =>
      platform.post(here.access, '/api/me/password', { password: present, newPassword: next });
    expect(codeOf(await change(PASSWORD, 'short'))).to.equal('422 weak-password');
    expect(codeOf(await change('not the present one', 'window seven hills'))).to.equal('401 invalid-credentials');
    expect((await change(PASSWORD, 'window seven hills')).status).to.equal(204);
    expect((await platform.get(here.access, '/api/me')).status).to.equal(200);
    expect(codeOf(await platform.get(there.access, '/api/me'))).to.equal('401 invalid-token');
    expect(codeOf(await platform.token(password('handler')))).to.equal('401 invalid-credentials');
    expect((await platform.token(password('handler', 'window seven hills'))).status).to.equal(200);
  });

  it('limits guesses of the present password by the same counter', async () => {
    const { access } = await platform.signIn('handler');
    const change = (present: string) =>
      platform.post(access, '/api/me/password', { password: present, newPassword: 'window seven hills' });
    for (let failure = 1; failure <= 10; failure++) await change(`wrong ${failure}`);
    expect(codeOf(await change(PASSWORD))).to.equal('429 account-locked');
    expect(codeOf(await platform.token(password('handler')))).to.equal('429 account-locked');
  });

  it('does not let a machine change a password', async () => {
    const { body } = await platform.token({
      grantType: 'client_credentials',
      clientId: 'portal',
      clientSecret: CLIENT_SECRET,
    });
    const answer = await platform.post(body.access_token, '/api/me/password', {
      password: 'x',
      newPassword: 'window seven hills',
    });
    expect(codeOf(answer)).to.equal('403 forbidden');
  });

  it('publishes the public half of its keys, and nothing of the private one', async () => {
    const { body, headers } = await platform.http.get('/.well-known/jwks.json');
    expect(body.keys).to.have.length(1);
    expect(Object.keys(body.keys[0]).sort()).to.deep.equal(['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y']);
    expect(headers['cache-control']).to.match(/max-age/);
  });

  it('writes no secret into its log or its answers', async () => {
    const { access, refresh } = await platform.signIn('handler');
    await platform.token(password('handler', 'a wrong but secret guess'));
    await platform.get(`${access}x`, '/api/me');
    const { entries } = await import('../../src/log/index.js');
    const history = await platform.base.unit.read((reader) => entries(reader, { after: 0, limit: 500 }));
    const told = JSON.stringify([platform.lines, history]);
    for (const secret of [PASSWORD, CLIENT_SECRET, access, refresh, 'a wrong but secret guess', '$scrypt$']) {
      expect(told).not.to.contain(secret);
    }
  });
});

describe('identity over HTTP: the console’s cookie', () => {
  let platform: IdentityPlatform;
  beforeEach(async () => {
    platform = await IdentityPlatform.open(inMemory as never);
  });
  afterEach(() => platform.close());

  const signIn = async (): Promise<{ cookie: string; access: string; attributes: string }> => {
    const body = { grantType: 'password', username: 'handler', password: PASSWORD };
    const answer = await platform.http.post('/api/auth/token').set(CONSOLE).send(body);
    const [attributes = ''] = answer.headers['set-cookie'] as unknown as string[];
    expect(answer.body).not.to.have.property('refresh_token');
    return { cookie: attributes.split(';')[0] ?? '', access: answer.body.access_token, attributes };
  };
  const refresh = (headers: Record<string, string>) =>
    platform.http.post('/api/auth/token').set(headers).send({ grantType: 'refresh_token' });

  it('no script can read and no other site can send; over TLS only, where there is TLS', async () => {
    const { attributes } = await signIn();
    expect(attributes).to.match(
      new RegExp(`^${COOKIE}=[\\w.-]+; Max-Age=43200; Path=/api/auth; HttpOnly; SameSite=Strict$`),
    );
    const secure = await IdentityPlatform.open(inMemory as never, { secureCookies: true });
    const body = { grantType: 'password', username: 'handler', password: PASSWORD };
    const answer = await secure.http.post('/api/auth/token').set(CONSOLE).send(body);
    expect((answer.headers['set-cookie'] as unknown as string[])[0]).to.match(/; Secure$/);
    await secure.close();
  });

  it('refreshes, and is replaced each time', async () => {
    const { cookie } = await signIn();
    const answer = await refresh({ ...CONSOLE, cookie });
    expect(answer.status).to.equal(200);
    const [next = ''] = answer.headers['set-cookie'] as unknown as string[];
    expect(next.split(';')[0]).not.to.equal(cookie);
    expect(answer.body.access_token).to.be.a('string');
  });

  it('counts for nothing without the console’s header, and is not spent by the attempt', async () => {
    const { cookie } = await signIn();
    const forged = await refresh({ cookie });
    expect([forged.status, forged.body.code]).to.deep.equal([401, 'sign-in-required']);
    expect((await refresh({ ...CONSOLE, cookie })).status).to.equal(200);
  });

  it('is refused when it is given twice', async () => {
    const { cookie } = await signIn();
    expect((await refresh({ ...CONSOLE, cookie: `${cookie}; ${COOKIE}=other` })).status).to.equal(401);
  });

  it('is no access token anywhere else', async () => {
    const { cookie } = await signIn();
    expect((await platform.http.get('/api/me').set({ ...CONSOLE, cookie })).status).to.equal(401);
  });

  it('ends the session on sign-out, with or without an access token, and goes', async () => {
    for (const bearing of [true, false]) {
      const { cookie, access } = await signIn();
      const headers: Record<string, string> = {
        ...CONSOLE,
        cookie,
        ...(bearing ? { authorization: `Bearer ${access}` } : {}),
      };
      const answer = await platform.http.post('/api/auth/sign-out').set(headers);
      expect(answer.status).to.equal(204);
      expect((answer.headers['set-cookie'] as unknown as string[])[0]).to.match(new RegExp(`^${COOKIE}=; Max-Age=0;`));
      expect((await refresh({ ...CONSOLE, cookie })).status).to.equal(401);
      expect((await platform.get(access, '/api/me')).status).to.equal(401);
    }
  });

  it('does not end a session without the console’s header', async () => {
    const { cookie, access } = await signIn();
    expect((await platform.http.post('/api/auth/sign-out').set({ cookie })).status).to.equal(204);
    expect((await platform.get(access, '/api/me')).status).to.equal(200);
  });
});
