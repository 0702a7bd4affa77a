import { readFileSync } from 'node:fs';
import { expressApp, type Route } from '../../../src/http/index.js';
import { RouteGuard } from '../../../src/casbin/index.js';
import {
  createIdentity,
  creditCheckSymbol,
  type Identity,
  identityRoutes,
  type Planting,
} from '../../../src/identity/index.js';
import { SYSTEM } from '../../../src/kernel/principal.js';
import { ok } from '../../../src/kernel/result.js';
import { Passwords } from '../../../src/identity/secrets/passwords.js';
import request from 'supertest';
import type { Backend } from '../databases.js';
import { inProject } from '../project.js';
import { openUnit, type TestUnit } from '../unit.js';

export const PASSWORD = 'river-lamp-carpet';
export const CLIENT_SECRET = 'a client secret of tests';
export const CHEAP = { logN: 10, r: 8, p: 1 };
const SECRET = 'a sealing secret of tests that is long enough';
const HASH = new Passwords(CHEAP).hash(PASSWORD);

/** An id a reader of a failing test recognises: digits of the name's place, in the alphabet of ULIDs. */
export const idOf = (number: number): string => `01JAAAAAAAAAAAAAAAAAAA${String(number).padStart(4, '0')}`;
export const creditCode = (number: number): string => {
  const start = `9199000${number}MA00000${String(number).padStart(2, '0')}`.slice(0, 17).padEnd(17, '0');
  return `${start}${creditCheckSymbol(start)}`;
};

export const CENTRE = idOf(1);
export const AUTHORITY = idOf(2);
export const BODY = idOf(3);
export const ENTERPRISE = idOf(4);
export const HOME = idOf(5);
const STAFF = ['approver', 'officer', 'supervisor', 'auditor'] as const;

/** Who is there before a test begins: user name → role. */
export const PEOPLE = {
  admin: idOf(10),
  'admin-2': idOf(11),
  approver: idOf(12),
  officer: idOf(13),
  supervisor: idOf(14),
  auditor: idOf(15),
  steward: idOf(16),
  reviewer: idOf(17),
  handler: idOf(18),
  signatory: idOf(19),
  citizen: idOf(20),
  newcomer: idOf(21),
} as const;
export type Name = keyof typeof PEOPLE;
export const PORTAL = idOf(40);

const organisationsOf: Record<Name, string> = {
  admin: CENTRE,
  'admin-2': CENTRE,
  approver: AUTHORITY,
  officer: AUTHORITY,
  supervisor: AUTHORITY,
  auditor: AUTHORITY,
  steward: BODY,
  reviewer: BODY,
  handler: ENTERPRISE,
  signatory: ENTERPRISE,
  citizen: HOME,
  newcomer: AUTHORITY,
};

async function planting(): Promise<Planting> {
  const passwordHash = await HASH;
  const post = (number: number, role: Exclude<Name, 'newcomer' | 'admin-2'>, deputy: string | null = null) => ({
    id: idOf(number),
    organisation: organisationsOf[role],
    role,
    holder: PEOPLE[role],
    deputy,
  });
  return {
    organisations: [
      {
        id: CENTRE,
        name: { zh: '大数据中心', en: 'Data centre' },
        creditCode: creditCode(1),
        kind: 'centre',
        parent: null,
      },
      {
        id: AUTHORITY,
        name: { zh: '主管部门', en: 'Authority' },
        creditCode: creditCode(2),
        kind: 'authority',
        parent: null,
      },
      { id: BODY, name: { zh: '交通委' }, creditCode: creditCode(3), kind: 'public-body', parent: null },
      {
        id: ENTERPRISE,
        name: { zh: '示例企业', en: 'Enterprise' },
        creditCode: creditCode(4),
        kind: 'enterprise',
        parent: null,
      },
      { id: HOME, name: { zh: '某人' }, creditCode: null, kind: 'person', parent: null },
    ],
    people: (Object.keys(PEOPLE) as Name[]).map((username) => ({
      id: PEOPLE[username],
      username,
      name: `Name of ${username}`,
      organisation: organisationsOf[username],
      passwordHash,
    })),
    posts: [
      post(50, 'admin', PEOPLE['admin-2']),
      ...STAFF.map((role, index) => post(51 + index, role)),
      post(56, 'steward'),
      post(57, 'reviewer'),
      post(58, 'handler'),
      post(59, 'signatory'),
      post(60, 'citizen'),
    ],
    portals: [{ id: PORTAL, clientId: 'portal', name: 'Portal', organisation: CENTRE, clientSecret: CLIENT_SECRET }],
  };
}

/** The shipped policy, without the lines of slices that are not here. */
function policyFor(routes: readonly Route[]): string {
  const here = new Set(routes.map(({ permission }) => permission));
  return readFileSync(inProject('policies/routes.csv'), 'utf8')
    .split('\n')
    .filter((line) => !line.startsWith('p,') || here.has(line.split(',').at(-1)?.trim() ?? ''))
    .join('\n');
}

/** Identity alone behind the real edge and the real guard, on any kind of database, with a clock that tests turn. */
export class IdentityPlatform {
  readonly http: ReturnType<typeof request>;
  readonly lines: { message: string; fields: Readonly<Record<string, unknown>> }[] = [];

  private constructor(
    readonly base: TestUnit,
    readonly identity: Identity,
    readonly routes: readonly Route[],
    readonly guard: RouteGuard,
  ) {
    const note = (message: string, fields: Readonly<Record<string, unknown>>) =>
      void this.lines.push({ message, fields });
    const app = expressApp(
      {
        unit: base.unit,
        clock: base.clock,
        ids: base.ids,
        authenticate: (headers) => identity.credentials.verify(headers),
        permits: (principal, permission) => guard.permits(principal, permission),
        log: { info: note, warn: note, error: note },
        observe: () => {},
      },
      { routes, plain: [] },
    );
    this.http = request(app);
  }

  static async open(
    backend: Backend,
    options: { staleness?: number; secureCookies?: boolean } = {},
  ): Promise<IdentityPlatform> {
    const base = await openUnit(backend);
    const guards: { guard?: RouteGuard } = {};
    const identity = identityOn(base, (principal) => guards.guard?.permissionsOf(principal) ?? [], options);
    const routes = identityRoutes(identity);
    guards.guard = await RouteGuard.load({
      model: readFileSync(inProject('policies/routes.model.conf'), 'utf8'),
      policy: policyFor(routes),
      permissions: routes.map(({ permission }) => permission),
    });
    await identity.open();
    const world = await planting();
    await base.unit.run(async (tx) => ok(await identity.plant(tx, SYSTEM, world)));
    return new IdentityPlatform(base, identity, routes, guards.guard);
  }

  close = (): Promise<void> => this.base.close();

  token = (body: object) => this.http.post('/api/auth/token').send(body);

  async signIn(username: string, password = PASSWORD): Promise<{ access: string; refresh: string }> {
    const { status, body } = await this.token({ grantType: 'password', username, password });
    if (status !== 200) throw new Error(`cannot sign in: ${status} ${JSON.stringify(body)}`);
    return { access: body.access_token, refresh: body.refresh_token };
  }

  get = (access: string | null, path: string) => bearing(this.http.get(path), access);

  /** A POST; `etag` goes along as If-Match. */
  post(access: string | null, path: string, body: object = {}, etag?: string) {
    const sent = bearing(this.http.post(path), access).send(body);
    return etag === undefined ? sent : sent.set('if-match', etag);
  }
}

const bearing = <Sent extends { set(name: string, value: string): Sent }>(sent: Sent, access: string | null): Sent =>
  access === null ? sent : sent.set('authorization', `Bearer ${access}`);

/** Another instance of identity on the same database, as a second process would have it. */
export function identityOn(
  base: TestUnit,
  permissionsOf: Parameters<typeof createIdentity>[0]['permissionsOf'] = () => [],
  options: { staleness?: number; secureCookies?: boolean; secret?: string } = {},
): Identity {
  return createIdentity({
    unit: base.unit,
    clock: base.clock,
    ids: base.ids,
    follower: base.follower,
    secret: options.secret ?? SECRET,
    issuer: 'https://tiergate.example',
    staleness: options.staleness ?? 60_000,
    passwordCost: CHEAP,
    secureCookies: options.secureCookies ?? false,
    permissionsOf,
  });
}
