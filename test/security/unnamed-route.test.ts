import { expect } from 'chai';
import request from 'supertest';
import { loadGuard } from '../../src/composition/slices.js';
import { expressApp, query, replyOf } from '../../src/http/index.js';
import { createLogger } from '../../src/operations/index.js';
import { backends } from '../support/databases.js';
import { inProject } from '../support/project.js';
import { type OpenApp, openApp } from '../support/server.js';

const DEMO = [
  'enterprise-a-handler',
  'enterprise-a-signatory',
  'citizen',
  'steward-transport',
  'reviewer-transport',
  'officer',
  'approver',
  'supervisor',
  'auditor',
  'admin',
];

describe('security: a route denies unless a line of policies/routes.csv names it', function () {
  this.timeout(240_000);
  let opened: OpenApp;
  const tokens = new Map<string, string>();
  before(async () => {
    opened = await openApp(backends[0] as never, { seeded: true });
    for (const username of DEMO) {
      const body = { grantType: 'password', username, password: 'tiergate-demo' };
      tokens.set(username, (await opened.http.post('/api/auth/token').send(body)).body.access_token);
    }
    const machine = { grantType: 'client_credentials', clientId: 'portal', clientSecret: 'tiergate-demo-portal' };
    tokens.set('portal', (await opened.http.post('/api/auth/token').send(machine)).body.access_token);
  });
  after(() => opened.close());

  /** The product's own edge and guard, with one more route, once with its permission known to a line and once without. */
  const withRoute = async (permission: string) => {
    const { slices, unit, routes } = opened.app;
    const added = query({
      path: '/api/added',
      permission,
      summary: 'added',
      tag: 'x',
      handler: () => Promise.resolve(replyOf({ served: true })),
    });
    const all = [...routes, added];
    const log = createLogger('silent');
    const guard = await loadGuard(inProject('policies'), new Set(all.map((route) => route.permission)), log);
    const ports = {
      unit,
      log,
      clock: { now: () => Date.now() },
      ids: { next: () => 'x' },
      authenticate: slices.identity.credentials.verify.bind(slices.identity.credentials),
      permits: guard.permits.bind(guard),
      observe: () => undefined,
    };
    return request(expressApp(ports as never, { routes: all, plain: [] }));
  };

  it('a route added without a line is refused to everybody, whatever their role', async () => {
    const http = await withRoute('added.read');
    expect((await http.get('/api/added')).status).to.equal(401);
    for (const [who, token] of tokens) {
      const answer = await http.get('/api/added').set('authorization', `Bearer ${token}`);
      expect([answer.status, answer.body.code], who).to.deep.equal([403, 'forbidden']);
    }
  });

  it('with a permission that a line names it is served: the refusal above is the guard’s', async () => {
    const http = await withRoute('me.read');
    const answer = await http.get('/api/added').set('authorization', `Bearer ${tokens.get('auditor')}`);
    expect(answer.body).to.deep.equal({ served: true });
  });

  it('every route names a permission, and none is served to nobody but those that say so', async () => {
    const open = new Set<string>();
    for (const { method, path, permission } of opened.app.routes) {
      expect(permission, path).to.match(/^[a-z-]+\.[a-z-]+$/);
      const answer = await opened.http[method as 'get'](path.replaceAll(/:[A-Za-z]+/g, '01ARZ3NDEKTSV4RRFFQ69G5FAV'));
      if (answer.body.code !== 'sign-in-required') open.add(permission);
    }
    expect([...open].sort()).to.deep.equal(OPEN);
  });
});

/** What anonymous callers may reach: written down a second time, so that a line too many is noticed. */
const OPEN = [
  'agreement.read',
  'assessment.preview',
  'catalogue.export',
  'catalogue.read',
  'complaint.read',
  'dataset.read',
  'demand.make',
  'demand.read',
  'form.read',
  'invitation.accept',
  'key.read',
  'notice.check',
  'objection.make',
  'organisation.read',
  'register.read',
  'registration.submit',
  'rule-pack.read',
  'session.end',
  'session.start',
  'statistics.read',
  'vocabulary.read',
];
