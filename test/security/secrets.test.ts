import { expect } from 'chai';
import { monotonicFactory } from 'ulid';
import { schema } from '../../ormconfig.js';
import { createApp } from '../../src/app.js';
import { loadConfig } from '../../src/config/index.js';
import { createLogger } from '../../src/operations/index.js';
import { backends } from '../support/databases.js';
import { type OpenApp, openApp } from '../support/server.js';

const SECRET = 'AZyOlN3vSgFqTqk0c2J5nBdXw8rHu1Mt';
const CHOSEN = 'a heron stands in the reeds';

/** A day in which every kind of secret is used, and what it left behind: in the tables, on standard error, in answers. */
describe('security: secrets', function () {
  this.timeout(240_000);
  let opened: OpenApp;
  const secrets = new Map<string, string>();
  const answers: string[] = [];
  let logged = '';

  before(async () => {
    const { _stderr: own } = console as unknown as { _stderr: { write: (text: string) => boolean } };
    const write = own.write;
    own.write = (text) => {
      logged += text;
      return true;
    };
    try {
      opened = await openApp(backends[0] as never, {
        seeded: true,
        environment: { TIERGATE_SECRET: SECRET },
        log: createLogger('debug', SECRET),
      });
      await aDay();
    } finally {
      own.write = write;
    }
  });
  after(() => opened.close());

  async function aDay(): Promise<void> {
    const { http } = opened;
    const post = async (path: string, body: object, token?: string, headers: Record<string, string> = {}) => {
      const sent = http.post(path).set(headers).send(body);
      const answer = await (token === undefined ? sent : sent.set('authorization', `Bearer ${token}`));
      answers.push(JSON.stringify(answer.body));
      return answer;
    };
    const signIn = async (username: string, password: string) =>
      (await post('/api/auth/token', { grantType: 'password', username, password })).body;
    const admin = await signIn('admin', 'tiergate-demo');
    secrets.set('access token', admin.access_token).set('refresh token', admin.refresh_token);
    await post('/api/auth/token', { grantType: 'refresh_token', refreshToken: admin.refresh_token });
    await signIn('admin', 'wrong-but-mine-elsewhere');
    secrets.set('wrong password', 'wrong-but-mine-elsewhere');
    const change = { password: 'tiergate-demo', newPassword: CHOSEN };
    expect((await post('/api/me/password', change, admin.access_token)).status).to.equal(204);
    secrets.set('password', CHOSEN);
    const [portal] = (await http.get('/api/portals').set('authorization', `Bearer ${admin.access_token}`)).body.items;
    for (const kind of ['api-key', 'client-secret']) {
      const made = await post(`/api/portals/${portal.id}/keys`, { kind, label: kind }, admin.access_token);
      expect(made.status, JSON.stringify(made.body)).to.equal(201);
      const text = String(made.body.key ?? made.body.secret ?? made.body.text);
      expect(text.length).to.be.greaterThan(40);
      secrets.set(kind, text.slice(-43));
      answers.pop();
    }
    await http.get('/api/me').set('x-api-key', `tgk_${'0'.repeat(26)}_${'s'.repeat(43)}`);
    secrets.set('sealing key', SECRET).set('private key', 'PRIVATE KEY');
  }

  it('none lies in any table as it was given', async () => {
    const tables = await opened.app.database.read((manager) =>
      manager.query("SELECT name FROM sqlite_master WHERE type = 'table'"),
    );
    let dump = '';
    for (const { name } of tables as { name: string }[])
      dump += JSON.stringify(await opened.app.database.read((manager) => manager.query(`SELECT * FROM ${name}`)));
    expect(dump.length).to.be.greaterThan(100_000);
    for (const [kind, secret] of secrets) expect(dump.includes(secret), kind).to.equal(false);
  });

  it('none stands in the log lines of that day', () => {
    expect(logged).to.contain('"level"');
    for (const [kind, secret] of secrets) expect(logged.includes(secret), kind).to.equal(false);
  });

  it('a key is shown once, when it is made, and in no other answer', async () => {
    const tokenOf = { grantType: 'password', username: 'auditor', password: 'tiergate-demo' };
    const { access_token } = (await opened.http.post('/api/auth/token').send(tokenOf)).body;
    const entries = await opened.http
      .get('/api/audit/entries?limit=100&after=0')
      .set('authorization', `Bearer ${access_token}`);
    const all = answers.filter((text) => !text.includes('access_token')).join() + entries.text;
    for (const [kind, secret] of secrets) expect(all.includes(secret), kind).to.equal(false);
  });

  it('a database that another key sealed is refused at the start, not opened anew', async () => {
    const place = await (backends[1] as (typeof backends)[number]).fresh();
    const start = (secret: string) =>
      createApp({
        config: loadConfig({ DATABASE_URL: place.url, TIERGATE_SECRET: secret }),
        schema,
        clock: { now: () => Date.now() },
        ids: { next: monotonicFactory() as () => string },
        seeded: false,
        log: createLogger('silent'),
      });
    await (await start(SECRET)).close();
    const outcome = await start(`${SECRET.slice(1)}A`).then(
      () => 'started',
      (error: Error) => error.message,
    );
    expect(outcome).not.to.equal('started');
    await place.dispose();
  });
});
