import { expect } from 'chai';
import { backends } from '../support/databases.js';
import { CLIENT_SECRET, IdentityPlatform, idOf, type Name, PEOPLE } from '../support/identity/platform.js';

const [inMemory] = backends;
type Who = Exclude<Name, 'admin-2'> | 'anonymous' | 'portal';
const EVERYBODY: readonly Who[] = [
  'anonymous',
  'portal',
  ...(Object.keys(PEOPLE) as Name[]).filter((name): name is Exclude<Name, 'admin-2'> => name !== 'admin-2'),
];
const SIGNED_IN = EVERYBODY.filter((who) => who !== 'anonymous');
const STAFF: readonly Who[] = ['admin', 'approver', 'officer', 'supervisor', 'auditor', 'steward', 'reviewer'];

/** Who may use each permission of identity: written down a second time, so that a changed policy line is noticed. */
const TABLE: Readonly<Record<string, readonly Who[]>> = {
  'session.start': EVERYBODY,
  'session.end': EVERYBODY,
  'invitation.accept': EVERYBODY,
  'key.read': EVERYBODY,
  'organisation.read': EVERYBODY,
  'registration.submit': EVERYBODY,
  'me.read': SIGNED_IN,
  'me.change-password': SIGNED_IN,
  'organisation.manage': ['admin'],
  'registration.decide': ['admin'],
  'person.manage': ['admin'],
  'post.manage': ['admin'],
  'portal.manage': ['admin'],
  'person.read': ['admin', 'supervisor', 'auditor'],
  'post.read': STAFF,
};

describe('identity: every route × every role', () => {
  let platform: IdentityPlatform;
  const tokens = new Map<Who, string | null>([['anonymous', null]]);
  before(async () => {
    platform = await IdentityPlatform.open(inMemory as never);
    const asked = { grantType: 'client_credentials', clientId: 'portal', clientSecret: CLIENT_SECRET };
    tokens.set('portal', (await platform.token(asked)).body.access_token);
    for (const who of EVERYBODY) {
      if (who !== 'anonymous' && who !== 'portal') tokens.set(who, (await platform.signIn(who)).access);
    }
  });
  after(() => platform.close());

  it('names a permission of the table for every route, and no other', () => {
    const named = new Set(platform.routes.map(({ permission }) => permission));
    expect([...named].sort()).to.deep.equal(Object.keys(TABLE).sort());
  });

  it('answers over HTTP exactly as the table says: 401 or 403 without the permission, anything else with it', async () => {
    const wrong: string[] = [];
    for (const route of platform.routes) {
      const path = route.path.replaceAll(/:[a-z]+/g, idOf(998));
      for (const who of EVERYBODY) {
        const token = tokens.get(who) ?? null;
        const sent = platform.http[route.method as 'get' | 'post'](path);
        // Signing out would end the session of the next line.
        if (path.endsWith('/sign-out')) continue;
        const { status, body } = await (token === null ? sent : sent.set('authorization', `Bearer ${token}`));
        const refused = status === 403 ? 'forbidden' : body.code === 'sign-in-required' ? 'sign-in-required' : '';
        const allowed = TABLE[route.permission]?.includes(who) ?? false;
        const expected = allowed ? '' : who === 'anonymous' ? 'sign-in-required' : 'forbidden';
        const machine = who === 'portal' && route.permission === 'me.change-password';
        if (refused !== expected && !machine)
          wrong.push(`${route.method} ${route.path} as ${who}: ${status} ${body.code}`);
      }
    }
    expect(wrong).to.deep.equal([]);
  }).timeout(240_000);

  it('gives each role in /api/me the permissions of the table', async () => {
    for (const who of SIGNED_IN) {
      const { body } = await platform.get(tokens.get(who) ?? null, '/api/me');
      const expected = Object.keys(TABLE).filter((permission) => TABLE[permission]?.includes(who));
      expect(body.permissions, who).to.deep.equal(expected.sort());
    }
  });
});
