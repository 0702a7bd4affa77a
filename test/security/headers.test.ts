import { expect } from 'chai';
import { Caller } from '../support/caller.js';
import { backends } from '../support/databases.js';
import { type OpenApp, openApp } from '../support/server.js';

const PATHS = [
  '/',
  '/docs',
  '/openapi.json',
  '/metrics',
  '/health/live',
  '/health/ready',
  '/problems/not-found',
  '/api/datasets',
  '/api/me',
  '/api/nowhere',
  '/.well-known/jwks.json',
  '/.well-known/authzen-configuration',
];

describe('security: headers', function () {
  this.timeout(240_000);
  let opened: OpenApp;
  let address: string;
  before(async () => {
    opened = await openApp(backends[0] as never, { seeded: true });
    address = await opened.listen();
  });
  after(() => opened.close());

  it('every answer forbids guessing its type, and tells neither server nor framework', async () => {
    for (const path of PATHS) {
      const { headers, status } = await fetch(address + path);
      expect(headers.get('x-content-type-options'), path).to.equal('nosniff');
      expect(headers.get('x-powered-by'), path).to.equal(null);
      expect(headers.get('server'), path).to.equal(null);
      expect(status).to.be.lessThan(500);
    }
  });

  it('no other origin is let in: neither by an answer nor by a preflight', async () => {
    const origin = { origin: 'https://evil.example' };
    for (const path of PATHS) {
      const asked = {
        ...origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization',
      };
      const answers = await Promise.all([
        fetch(address + path, { headers: origin }),
        fetch(address + path, { method: 'OPTIONS', headers: asked }),
      ]);
      for (const { headers } of answers)
        for (const [name] of headers) expect(name, path).not.to.match(/^access-control-/);
    }
  });

  it('what a proxy may say of a caller is not believed from a caller', async () => {
    const admin = await Caller.person(address, 'admin');
    const { id } = (await admin.get('/api/me')).body.subject as { id: string };
    const claims = {
      'x-forwarded-for': '127.0.0.1',
      'x-forwarded-user': 'admin',
      'x-user': id,
      'x-remote-user': 'admin',
      'x-real-ip': '127.0.0.1',
      forwarded: 'for=127.0.0.1',
      'x-http-method-override': 'DELETE',
    };
    const anonymous = await fetch(`${address}/api/me`, { headers: claims });
    expect(anonymous.status).to.equal(401);
    const handler = await Caller.person(address, 'enterprise-a-handler');
    const me = await handler.send('GET', '/api/me', undefined, claims);
    expect((me.body as { roles: string[] }).roles).to.deep.equal(['handler']);
  });
});
