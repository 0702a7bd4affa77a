// The five-minute tour: a fresh seeded server on a free port, walked over HTTP. Every command printed was run, every
// answer is what came back (long texts shortened with …). Ends what it started and removes its folder.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const program = join(root, 'bin', 'tiergate.mjs');
const folder = mkdtempSync(join(tmpdir(), 'tiergate-tour-'));
const databaseFile = join(folder, 'tiergate.db');
const port = Number(process.env.TOUR_PORT ?? (await freePort()));
const base = `http://127.0.0.1:${port}`;
const environment = {
  PATH: process.env.PATH,
  HOME: folder,
  PORT: String(port),
  DATABASE_URL: `sqlite:${databaseFile}`,
  TIERGATE_FILES: join(folder, 'files'),
  TIERGATE_MODE: 'demo',
  TIERGATE_LOG_LEVEL: 'warn',
};
let server;

// --- printing

const say = (text) => console.log(`\n# ${text}`);
const shorten = (text, most) => (text.length > most ? `${text.slice(0, most)}…` : text);

/** A value as JSON with long texts cut and only the named members of an object. */
function shown(value, members) {
  const picked = members === undefined ? value : Object.fromEntries(members.map((name) => [name, value?.[name]]));
  return JSON.stringify(picked, (_, part) => (typeof part === 'string' ? shorten(part, 90) : part));
}

function printCommand(method, path, body, who) {
  const parts = ['$ curl -s'];
  if (method !== 'GET') parts.push(`-X ${method}`);
  parts.push(`$TIERGATE${path}`);
  if (who !== undefined) parts.push(`-H "authorization: Bearer $${who}"`);
  if (body !== undefined) parts.push(`-d '${shown(body)}'`);
  console.log(parts.join(' '));
}

// --- callers

/** Someone who signed in; `who` is the name of their token in the printed commands. */
class Caller {
  constructor(who, token) {
    this.who = who;
    this.token = token;
  }

  static async signIn(who, body) {
    const answer = await fetch(`${base}/api/auth/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${who} cannot sign in: ${answer.status} ${await answer.text()}`);
    return new Caller(who, (await answer.json()).access_token);
  }

  async call(method, path, body, headers = {}) {
    const answer = await fetch(base + path, {
      method,
      headers: {
        authorization: `Bearer ${this.token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    const type = answer.headers.get('content-type') ?? '';
    return {
      status: answer.status,
      text,
      etag: answer.headers.get('etag'),
      value: type.includes('json') ? JSON.parse(text) : text,
    };
  }

  /** Asks, and prints the command and the answer. */
  async ask(method, path, { body, members, headers, expect = [200, 201] } = {}) {
    printCommand(method, path, body, this.who);
    const answer = await this.call(method, path, body, headers);
    console.log(
      `${answer.status} ${typeof answer.value === 'string' ? answer.value : shown(answer.value, answer.status < 300 ? members : undefined)}`,
    );
    if (!expect.includes(answer.status))
      throw new Error(`${method} ${path}: expected ${expect.join(' or ')}, got ${answer.status}`);
    return answer.value;
  }

  /** A command on a resource: with the version that was read before, as the contract asks. */
  async command(path, name, { body = {}, members = ['state', 'stage'], expect } = {}) {
    const { etag } = await this.call('GET', path);
    const headers = { 'if-match': etag ?? '"none"', 'idempotency-key': crypto.randomUUID() };
    return this.ask('POST', `${path}/commands/${name}`, { body, members, headers, expect });
  }
}

const person = (who, username) => Caller.signIn(who, { grantType: 'password', username, password: 'tiergate-demo' });

// --- the server

async function freePort() {
  const probe = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => probe.once('listening', resolve));
  const { port: free } = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return free;
}

async function start() {
  const began = performance.now();
  server = spawn(process.execPath, [program, 'serve'], {
    cwd: folder,
    env: environment,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  for (;;) {
    if (server.exitCode !== null) throw new Error(`the server ended with ${server.exitCode}`);
    const ready = await fetch(`${base}/health/ready`).catch(() => undefined);
    if (ready?.ok) return ((performance.now() - began) / 1000).toFixed(1);
    if (performance.now() - began > 30_000) throw new Error('the server is not ready after 30 s');
    await sleep(50);
  }
}

async function stop() {
  if (server === undefined || server.exitCode !== null) return;
  const ended = new Promise((resolve) => server.once('exit', resolve));
  server.kill('SIGTERM');
  await ended;
}

function cli(...words) {
  const result = spawnSync(process.execPath, [program, ...words], { cwd: folder, env: environment, encoding: 'utf8' });
  console.log(`$ tiergate ${words.join(' ')}\n${(result.stdout + result.stderr).trimEnd()}\n[exit ${result.status}]`);
  return result.status;
}

// --- the walk

async function dropTable() {
  say('1. Drop a table: no account, no server needed');
  const rows = [
    '姓名,手机号,街镇,出生年份',
    '沈一,13800000001,锦塘东街街道,1987',
    '沈二,13900000002,锦塘东街街道,1990',
    '沈三,13700000003,锦塘西街街道,1958',
  ];
  writeFileSync(join(folder, 'people.csv'), `${rows.join('\n')}\n`);
  cli('classify', 'people.csv');
}

async function findDataset(handler, reviewer) {
  say('2. An enterprise looks for data it may get on conditions');
  const list = await handler.ask('GET', '/api/datasets?tier=conditional&field=transport&limit=100', {
    members: ['total'],
  });
  const holder = (await reviewer.call('GET', '/api/me')).value.organisation.id;
  for (const { id } of list.items) {
    const { value } = await handler.call('GET', `/api/datasets/${id}`);
    const plain = value.conditions.every((condition) => !condition.evidenceRequired);
    if (
      value.publisher.id === holder &&
      plain &&
      value.deliveryKinds.includes('download') &&
      value.nextStep?.code === 'apply'
    ) {
      await handler.ask('GET', `/api/datasets/${id}`, {
        members: ['title', 'tier', 'conditions', 'reasons', 'nextStep'],
      });
      return value;
    }
  }
  throw new Error('there is no conditional dataset of the transport body that can be applied for');
}

const purpose = { category: 'research', scenario: 'Travel-time model for logistics planning in the city' };

async function applyFor(handler, dataset) {
  say('4. The handler applies and submits: number, whose turn it is, by when');
  const year = new Date().getFullYear();
  const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
  const body = {
    datasets: [{ dataset: dataset.id }],
    purpose,
    delivery: 'download',
    period: { from: today, to: `${year + 1}-06-30` },
    securityPlan: 'Encrypted at rest, two named persons, deletion at the end.',
  };
  const { id } = await handler.ask('POST', '/api/applications', {
    body,
    members: ['id', 'state', 'warnings'],
    headers: { 'idempotency-key': crypto.randomUUID() },
  });
  await handler.command(`/api/applications/${id}`, 'submit', {
    members: ['number', 'state', 'waitingFor', 'deadlines'],
  });
  return `/api/applications/${id}`;
}

async function decideOn(path, people) {
  say(
    '5. The holder’s reviewer accepts, claims, advises; the authority’s approver approves; nobody of the applicant can',
  );
  await people.reviewer.command(path, 'accept');
  await people.reviewer.command(path, 'claim');
  await people.reviewer.command(path, 'advise', {
    body: { recommendation: 'approve', remark: 'Purpose and safeguards fit.' },
  });
  await people.handler.command(path, 'approve', { expect: [403, 404] });
  await people.reviewer.command(path, 'approve', { expect: [403, 404, 409, 422] });
  await people.approver.command(path, 'approve', { body: { reason: 'Conditions met' } });
  say('6. The signatory, not the handler, accepts the agreement: version and hash');
  const { agreement } = (await people.signatory.call('GET', path)).value;
  await people.signatory.command(path, 'accept-agreement', {
    body: { version: agreement.version, hash: agreement.hash },
    members: ['state', 'grants'],
  });
}

async function download(handler, distribution, expect) {
  const path = `${distribution.url ?? `/files/${distribution.id}/data.csv`}?purpose=research`;
  printCommand('GET', path, undefined, handler.who);
  const began = performance.now();
  const answer = await handler.call('GET', path);
  const took = (performance.now() - began).toFixed(1);
  const text =
    answer.status === 200
      ? answer.text.split('\n').slice(0, 3).join('\n')
      : shown(answer.value, ['code', 'detail', 'nextStep']);
  console.log(`${answer.status} (${took} ms)\n${text}`);
  if (answer.status !== expect) throw new Error(`the portal answered ${answer.status}, expected ${expect}`);
}

/** What somebody with access to the database, and none to the product, might try. */
async function cheat(grantId) {
  const { DatabaseSync } = await import('@photostructure/sqlite');
  const sql = `UPDATE grants SET state = 'active' WHERE id = '${grantId}'`;
  console.log(`$ sqlite3 tiergate.db "${sql}"`);
  const database = new DatabaseSync(databaseFile);
  const { changes } = database.prepare(sql).run();
  database.close();
  if (Number(changes) !== 1) throw new Error('the grant was not there to be edited');
}

async function tour() {
  await dropTable();
  say(`   Now the server, on an empty database: it seeds itself (ready after ${await start()} s)`);
  const [handler, signatory, reviewer, approver, supervisor] = await Promise.all(
    [
      ['HANDLER', 'enterprise-a-handler'],
      ['SIGNATORY', 'enterprise-a-signatory'],
      ['REVIEWER', 'reviewer-transport'],
      ['APPROVER', 'approver'],
      ['SUPERVISOR', 'supervisor'],
    ].map(([who, username]) => person(who, username)),
  );
  const portal = await Caller.signIn('PORTAL', {
    grantType: 'client_credentials',
    clientId: 'portal',
    clientSecret: 'tiergate-demo-portal',
  });
  const { organisation } = (await handler.call('GET', '/api/me')).value;
  const dataset = await findDataset(handler, reviewer);
  const question = (more = {}) => ({
    body: {
      subject: { type: 'organisation', id: organisation.id, ...more },
      resource: { type: 'dataset', id: dataset.id },
      action: { name: 'download' },
      context: { purpose: purpose.category },
    },
  });
  const decided = async (wanted) => {
    const answer = await portal.ask('POST', '/access/v1/evaluation', question());
    if (answer.decision !== wanted) throw new Error(`the decision is ${answer.decision}, expected ${wanted}`);
  };

  say('3. The portal asks before it serves: no, why, and the next step');
  await decided(false);
  const path = await applyFor(handler, dataset);
  await decideOn(path, { handler, signatory, reviewer, approver });
  say(
    '7. The portal asks again: yes, with obligations, and until when the answer holds; the example portal serves the file',
  );
  await decided(true);
  const distribution = dataset.distributions.find(({ kind, format }) => kind === 'file' && format === 'CSV');
  await download(handler, distribution, 200);

  say('8. The supervisor suspends: the very next request is refused');
  const [{ id: grantId }] = (await handler.call('GET', path)).value.grants;
  await supervisor.command(`/api/grants/${grantId}`, 'suspend', {
    body: { reason: 'Use beyond the scenario reported' },
    members: ['id', 'state'],
  });
  await download(handler, distribution, 403);
  await supervisor.command(`/api/grants/${grantId}`, 'resume', {
    body: { reason: 'Cleared' },
    members: ['id', 'state'],
  });
  await download(handler, distribution, 200);
  await supervisor.command(`/api/grants/${grantId}`, 'suspend', {
    body: { reason: 'A second report' },
    members: ['id', 'state'],
  });

  say('9. Somebody edits the database by hand to get the grant back: still refused, also after a restart');
  cli('audit', 'verify');
  await cheat(grantId);
  await download(handler, distribution, 403);
  await stop();
  console.log(`  (restarted: ready after ${await start()} s)`);
  await download(await person('HANDLER', 'enterprise-a-handler'), distribution, 403);
  say('10. … and the audit names the row');
  if (cli('audit', 'verify') !== 1) throw new Error('the audit did not find the edited row');
  say('That was the tour. The same server, with a console: npm start, then http://127.0.0.1:8080');
}

let failure;
try {
  await tour();
} catch (error) {
  failure = error;
} finally {
  await stop();
  rmSync(folder, { recursive: true, force: true });
}
if (failure !== undefined) {
  console.error(`\nthe tour stopped: ${failure.message}`);
  process.exit(1);
}
