import { expect } from 'chai';
import { type Answer, Caller } from '../support/caller.js';
import { eachDialect, isAvailable, mariaDb } from '../support/databases.js';
import { freshDatabase, type PrivateMariaDb, startPrivateMariaDb } from '../support/mariadb.js';
import { Raw } from '../support/raw.js';
import { type OpenApp, openApp } from '../support/server.js';
import { skip } from '../support/skip.js';

const freshOn = async (server: PrivateMariaDb) => {
  const { url, drop } = await freshDatabase(server.url);
  return { url, dispose: drop };
};

const expectProblem = (answer: Answer, status: number, code: string): void => {
  expect([answer.status, answer.body?.code], answer.text).to.deep.equal([status, code]);
  expect(answer.headers.get('content-type')).to.equal('application/problem+json; charset=utf-8');
  expect(answer.headers.get('x-request-id')).to.equal(answer.body.instance);
};

describe('contract: the edge of the running product', function () {
  this.timeout(240_000);

  eachDialect((backend) => {
    let opened: OpenApp;
    let admin: Caller;
    let nobody: Caller;
    before(async () => {
      opened = await openApp(backend, { seeded: true });
      const address = await opened.listen();
      nobody = Caller.anonymous(address);
      admin = await Caller.person(address, 'admin');
    });
    after(() => opened.close());

    it('refuses JSON of more than 32 levels', async () => {
      const nested = (levels: number) => ({ username: JSON.parse('['.repeat(levels) + ']'.repeat(levels)) });
      expectProblem(await nobody.post('/api/auth/token', nested(32)), 400, 'too-deep');
      expectProblem(await nobody.post('/api/auth/token', nested(31)), 400, 'invalid-body');
    });

    it('believes neither of two credentials: whoever stands in front may have read the other one', async () => {
      const raw = new Raw(admin.address);
      const good = `Bearer ${admin.token}`;
      const told = async (method: string, path: string, authorization: string[]) =>
        (
          await raw.send(
            method,
            path,
            { 'content-type': 'application/json', authorization: authorization as never },
            '{}',
          )
        ).status;
      for (const [method, path] of [
        ['GET', '/api/me'],
        ['POST', '/access/v1/evaluation'],
        ['GET', '/access/check'],
      ] as const) {
        expect(await told(method, path, [good]), path).to.not.equal(401);
        for (const two of [
          [good, 'Bearer other'],
          ['Bearer other', good],
          [good, good],
        ])
          expect(await told(method, path, two), path).to.equal(401);
      }
      raw.close();
    });

    it('tells browsers to trust nothing in an answer, and repeats a request id that is one', async () => {
      for (const [method, path] of [
        ['GET', '/api/fields'],
        ['GET', '/api/me'],
        ['GET', '/api/no-such-path'],
        ['GET', '/problems/not-found'],
        ['GET', '/docs'],
        ['GET', '/health/live'],
        ['POST', '/access/v1/evaluation'],
      ] as const) {
        const { headers } = await nobody.send(method, path, method === 'POST' ? {} : undefined, {
          'x-request-id': 'a/b-1',
        });
        expect(headers.get('x-content-type-options'), path).to.equal('nosniff');
        expect(headers.get('x-request-id'), path).to.equal('a/b-1');
        expect(headers.get('x-powered-by'), path).to.equal(null);
        if (method === 'GET') expect(headers.get('content-security-policy'), path).to.include("frame-ancestors 'none'");
        const odd = await nobody.send(method, path, method === 'POST' ? {} : undefined, { 'x-request-id': 'a b' });
        expect(odd.headers.get('x-request-id'), path).to.match(/^[\w-]{26,36}$/);
      }
    });

    it('names the methods of a path where another is used', async () => {
      for (const [method, path, allow] of [
        ['DELETE', '/api/datasets', 'GET, HEAD, POST'],
        ['PUT', '/api/me', 'GET, HEAD'],
        ['GET', '/api/auth/token', 'POST'],
      ] as const) {
        const answer = await nobody.send(method, path);
        expectProblem(answer, 405, 'method-not-allowed');
        expect(answer.headers.get('allow'), path).to.equal(allow);
      }
    });

    it('takes an Idempotency-Key of at most 128 visible characters, for one request only', async () => {
      const { organisation } = (await admin.get('/api/me')).body;
      const register = (clientId: string, key: string) =>
        admin.post(
          '/api/portals',
          { clientId, name: 'A portal', organisation: organisation.id },
          { 'idempotency-key': key },
        );
      for (const key of ['two words', 'k'.repeat(129), 'clé'])
        expectProblem(await register('one', key), 400, 'invalid-header');
      const first = await register('one', 'k'.repeat(128));
      expect(first.status, first.text).to.equal(201);
      expectProblem(await register('two', 'k'.repeat(128)), 422, 'idempotency-key-reused');
    });

    it('answers a fault of ours with no word on its cause, and goes on', async () => {
      const rename = (from: string, to: string) =>
        opened.app.database.write((manager) => manager.query(`ALTER TABLE ${from} RENAME TO ${to}`));
      await rename('portals', 'portals_elsewhere');
      const answer = await admin.get('/api/portals');
      await rename('portals_elsewhere', 'portals');
      expectProblem(answer, 500, 'internal-error');
      expect(answer.text).to.not.match(/elsewhere|table|SQL/i);
      expect((await admin.get('/api/portals')).status).to.equal(200);
    });
  });

  /** The embedded database lives in this process: only a server of its own can fall silent. */
  describe('whose database hangs', () => {
    let server: PrivateMariaDb;
    let opened: OpenApp;
    let address: string;
    before(async function () {
      if (!isAvailable(mariaDb)) skip(this, 'no MariaDB: TIERGATE_TEST_MARIADB is not set');
      server = await startPrivateMariaDb();
      const environment = { TIERGATE_DATABASE_DEADLINE: '1000' };
      opened = await openApp({ ...mariaDb, fresh: () => freshOn(server) }, { environment });
      address = await opened.listen();
    });
    after(async () => {
      server?.signal('SIGCONT');
      await opened?.close();
      await server?.stop();
    });

    it('says that it cannot answer and when to come back, stays alive, and answers again afterwards', async () => {
      const nobody = Caller.anonymous(address);
      const list = '/api/organisations';
      server.signal('SIGSTOP');
      const answers = await Promise.all([nobody.get(list), nobody.get('/health/live'), nobody.get('/health/ready')]);
      server.signal('SIGCONT');
      expectProblem(answers[0], 503, 'unavailable');
      expect(answers[0].headers.get('retry-after')).to.equal('2');
      expect(answers.map(({ status }) => status)).to.deep.equal([503, 200, 503]);
      expect((await nobody.get(list)).status).to.equal(200);
    });
  });
});
