import { expect } from 'chai';
import { Caller } from '../../support/caller.js';
import { backends } from '../../support/databases.js';
import { chapter } from '../../support/promises.js';
import { ACCOUNTS, done, refused, Town } from '../../support/town.js';

const [inMemory] = backends;
const PASSWORD = 'tiergate-demo';

/** GB 32100: the last of the 18 symbols checks the others. */
function creditCode(serial: number): string {
  const symbols = '0123456789ABCDEFGHJKLMNPQRTUWXY';
  const body = `91990100${String(serial).padStart(9, '0')}`;
  const sum = [...body].reduce((total, symbol, at) => total + symbols.indexOf(symbol) * (3 ** at % 31), 0);
  return body + symbols[(31 - (sum % 31)) % 31];
}

chapter('sign-in, people, organisations', (promise) => {
  let town: Town;
  before(async () => {
    town = await Town.open(inMemory as never);
  });
  after(() => town?.close());
  const token = (body: object, headers = {}) => town.anonymous.post('/api/auth/token', body, headers);
  const password = (username: string, word = PASSWORD) => token({ grantType: 'password', username, password: word });

  promise('`{access_token, token_type:"Bearer", expires_in, refresh_token?}`', async () => {
    const { body, headers } = done(await password('citizen'), 200);
    expect(body).to.have.all.keys('access_token', 'token_type', 'expires_in', 'refresh_token');
    expect(body.token_type).to.equal('Bearer');
    expect(body.expires_in).to.be.a('number').greaterThan(0);
    expect(headers.get('cache-control')).to.equal('no-store');
    const portal = { grantType: 'client_credentials', clientId: 'portal', clientSecret: 'tiergate-demo-portal' };
    expect(done(await token(portal), 200).body).to.have.all.keys('access_token', 'token_type', 'expires_in');
    refused(await token({ ...portal, clientSecret: 'x' }), 401, 'invalid-credentials');
    const same = ({ instance: _instance, ...body }: { instance: string }) => JSON.stringify(body);
    expect(same((await password('citizen', 'no')).body)).to.equal(same((await password('nobody', 'no')).body));
  });

  promise('`{grantType:"refresh_token", refreshToken}` (rotation, reuse detection)', async () => {
    const refresh = (refreshToken: string) => token({ grantType: 'refresh_token', refreshToken });
    const first = (await password('citizen')).body;
    const second = done(await refresh(first.refresh_token), 200).body;
    expect(second.refresh_token).to.not.equal(first.refresh_token);
    const third = done(await refresh(second.refresh_token), 200).body;
    refused(await refresh(second.refresh_token), 401, 'invalid-token');
    refused(await refresh(third.refresh_token), 401, 'invalid-token');
    refused(await Caller.withToken(town.address, third.access_token).get('/api/me'), 401, 'invalid-token');
    refused(await refresh(first.access_token), 401, 'invalid-token');
  });

  promise('Fifty sign-ins in a burst from one address are normal; guessing is limited per account.', async () => {
    const burst = await Promise.all(Array.from({ length: 50 }, (_, at) => password(ACCOUNTS[at % 5] as string)));
    expect(new Set(burst.map(({ status }) => status))).to.deep.equal(new Set([200]));
    const guesses: number[] = [];
    for (let at = 0; at < 12; at++) guesses.push((await password('steward-health', `guess-${at}`)).status);
    expect(new Set(guesses)).to.deep.equal(new Set([401, 429]));
    const locked = refused(await password('steward-health'), 429, 'account-locked');
    expect(Number(locked.headers.get('retry-after'))).to.be.greaterThan(0);
    done(await password('steward-transport'), 200);
  });

  promise(
    'the refresh token is an HttpOnly, SameSite=Strict cookie, … and cookie-borne calls need a custom header',
    async () => {
      const own = { 'x-tiergate-console': '1' };
      const signed = done(await token({ grantType: 'password', username: 'citizen', password: PASSWORD }, own), 200);
      expect(signed.body).to.not.have.property('refresh_token');
      const cookie = signed.headers.get('set-cookie') ?? '';
      expect(cookie)
        .to.match(/HttpOnly/i)
        .and.to.match(/SameSite=Strict/i);
      const held = { cookie: cookie.split(';')[0] as string };
      refused(await token({ grantType: 'refresh_token' }, held), 401, 'sign-in-required');
      done(await token({ grantType: 'refresh_token' }, { ...held, ...own }), 200);
    },
  );

  promise('`Authorization: Bearer …`, or `X-Api-Key` for machines.', async () => {
    const admin = await town.as('admin');
    const [portal] = (await admin.get('/api/portals')).body.items;
    const key = done(
      await admin.post(`/api/portals/${portal.id}/keys`, { kind: 'api-key', label: 'second' }),
      201,
    ).body;
    const headers = { 'x-api-key': key.secret };
    expect((await town.anonymous.get('/api/me', headers)).body.roles).to.deep.equal(['portal']);
    refused(await town.anonymous.get('/api/me', { 'x-api-key': `${key.secret}x` }), 401, 'invalid-token');
    refused(await (await town.as('citizen')).get('/api/me', headers), 401, 'invalid-token');
    const listed = (await admin.get(`/api/portals/${portal.id}/keys`)).text;
    expect(listed).to.contain(key.id).and.to.not.contain(key.secret);
  });

  promise('`{subject:{id,name}, organisation:{id,name,creditCode}|null, roles, permissions}`', async () => {
    const roles = new Set<string>();
    for (const account of ACCOUNTS.filter((one) => one !== 'steward-health')) {
      const me = await town.me(account);
      expect(me, account).to.include.keys('subject', 'organisation', 'roles', 'permissions');
      expect(me.subject, account).to.have.all.keys('id', 'name');
      for (const role of me.roles) roles.add(role);
      if (account === 'citizen') expect(me.organisation).to.equal(null);
      // An unincorporated organisation may have none.
      else
        expect(me.organisation.creditCode, account).to.match(account === 'studio' ? /^$/ : /^[0-9A-HJ-NP-RTUWXY]{18}$/);
      expect(me.permissions, account).to.include('me.read');
    }
    expect([...roles].sort()).to.deep.equal([
      'admin',
      'approver',
      'auditor',
      'citizen',
      'handler',
      'officer',
      'reviewer',
      'signatory',
      'steward',
      'supervisor',
    ]);
  });

  promise('`GET /.well-known/jwks.json`', async () => {
    const { keys } = (await town.anonymous.get('/.well-known/jwks.json')).body;
    const [head = ''] = (await town.as('citizen')).token?.split('.') ?? [];
    const { kid, alg } = JSON.parse(Buffer.from(head, 'base64url').toString()) as { kid: string; alg: string };
    const key = keys.find((one: { kid: string }) => one.kid === kid);
    expect(key).to.include({ alg, use: 'sig', kty: 'EC' });
    expect(key).to.not.have.property('d');
  });

  promise(
    "`POST /api/registrations` (organisation by credit code, licence, signatory's authorisation), verified by an admin",
    async () => {
      const account = (username: string) => ({ username, name: username, password: 'correct horse battery' });
      const body = (code: string, name = 'newcomer') => ({
        creditCode: code,
        name: { zh: '新来科技有限公司', en: 'Newcomer Ltd' },
        licence: 'Licence 1',
        authorisation: 'The legal representative authorises the signatory.',
        handler: account(`${name}-handler`),
        signatory: account(`${name}-signatory`),
      });
      const good = creditCode(77);
      for (const bad of [
        good.slice(0, 17),
        `${good.slice(0, 17)}I`,
        good.replace(/.$/, (last) => (last === '0' ? '1' : '0')),
        '',
      ]) {
        const { errors } = refused(
          await town.anonymous.post('/api/registrations', body(bad)),
          422,
          'invalid-credit-code',
        ).body;
        expect(errors[0].pointer).to.equal('/creditCode');
      }
      const known = (await town.me('enterprise-a-handler')).organisation.creditCode;
      refused(await town.anonymous.post('/api/registrations', body(known)), 409, 'organisation-exists');
      const { id } = done(await town.anonymous.post('/api/registrations', body(good)), 201).body;
      const signIn = () =>
        token({ grantType: 'password', username: 'newcomer-handler', password: 'correct horse battery' });
      refused(await signIn(), 401, 'invalid-credentials');
      refused(await (await town.as('supervisor')).post(`/api/registrations/${id}/commands/verify`), 403, 'forbidden');
      done(await town.give('admin', `/api/registrations/${id}`, 'verify'), 200);
      const me = await Caller.withToken(town.address, done(await signIn(), 200).body.access_token).get('/api/me');
      expect([me.body.organisation.creditCode, me.body.roles]).to.deep.equal([good, ['handler']]);
    },
  );

  promise('`POST /api/me/password`', async () => {
    const change = { password: PASSWORD, newPassword: 'a new and long enough one' };
    const officer = await Caller.person(town.address, 'officer-2');
    refused(await officer.post('/api/me/password', { ...change, newPassword: '123' }), 422, 'weak-password');
    refused(await officer.post('/api/me/password', { ...change, password: 'no' }), 401, 'invalid-credentials');
    expect((await officer.post('/api/me/password', change)).status).to.be.oneOf([200, 204]);
    refused(await password('officer-2'), 401, 'invalid-credentials');
    done(await password('officer-2', change.newPassword), 200);
  });
});
