import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { Type } from 'class-transformer';
import { IsArray, IsInt, IsOptional, IsString, MaxLength, Min, ValidateNested } from 'class-validator';
import request from 'supertest';
import { monotonicFactory } from 'ulid';
import { command, expressApp, matchVersion, PageQuery, query, replyOf, type Route } from '../../../src/http/index.js';
import type { Principal } from '../../../src/kernel/principal.js';
import { ANONYMOUS, SYSTEM } from '../../../src/kernel/principal.js';
import { refusal } from '../../../src/kernel/refusal.js';
import { err, ok } from '../../../src/kernel/result.js';
import { entries, LogJournal, logEntities } from '../../../src/log/index.js';
import {
  type Database,
  DatabaseUnavailable,
  IdempotencyRecord,
  migrations,
  openDatabase,
  Reactions,
  UnitOfWork,
} from '../../../src/persistence/index.js';

class Part {
  @IsString() name!: string;
}
class Body {
  @IsString() @MaxLength(20) title!: string;
  @IsOptional() @IsInt() @Min(0) count?: number;
  @IsOptional() @IsArray() @ValidateNested({ each: true }) @Type(() => Part) parts?: Part[];
}

const ada: Principal = { kind: 'person', id: 'ada', name: 'Ada', organisation: null, roles: ['steward'] };
let version = 1;
const routes: Route[] = [
  query<PageQuery>({
    path: '/api/things',
    permission: 'thing.read',
    summary: 'List',
    tag: 'Things',
    query: PageQuery,
    handler: async (call) => replyOf({ limit: call.query.limit }),
  }),
  command<Body>({
    path: '/api/things',
    permission: 'thing.create',
    summary: 'Create',
    tag: 'Things',
    body: Body,
    status: 201,
    handler: async (call, tx) => {
      if (call.body.title === 'refuse') return err(refusal('not-found'));
      if (call.body.title === 'throw') throw new Error('secret cause');
      if (call.body.title === 'hang') throw new DatabaseUnavailable('gone');
      tx.append({ event: 'thing.created', subject: { kind: 'thing', id: call.body.title }, actor: SYSTEM, data: {} });
      return replyOf({ title: call.body.title, call: call.requestId });
    },
  }),
  query({
    path: '/api/stream/:kind',
    permission: 'thing.read',
    summary: 'Stream',
    tag: 'Things',
    handler: async (call) => ok({ contentType: 'text/plain', stream: endless(call.params['kind'] ?? '') }),
  }),
  command({
    path: '/api/things/:id/commands/touch',
    permission: 'thing.create',
    summary: 'Touch',
    tag: 'Things',
    ifMatch: true,
    handler: async (call) => {
      const fits = matchVersion(call.ifMatch, version);
      return fits.ok ? replyOf({ version: ++version }, { version }) : fits;
    },
  }),
];

const streams = { begun: 0, ended: 0 };
/** Goes on for ever, or breaks in the middle. */
async function* endless(kind: string): AsyncGenerator<string> {
  streams.begun += 1;
  try {
    for (let line = 0; ; line++) {
      if (kind === 'broken' && line === 3) throw new Error('secret cause');
      yield 'x'.repeat(64 * 1024);
    }
  } finally {
    streams.ended += 1;
  }
}

describe('the HTTP edge', () => {
  let database: Database;
  let unit: UnitOfWork;
  let app: ReturnType<typeof expressApp>;
  let permitted = true;
  const next = monotonicFactory();
  const lines: string[] = [];

  before(async () => {
    database = await openDatabase('sqlite::memory:', { entities: [IdempotencyRecord, ...logEntities], migrations });
    await database.migrate();
    const clock = { now: () => Date.now() };
    unit = new UnitOfWork(database, new LogJournal(async () => {}), new Reactions(), clock);
    const note = (message: string, fields: Readonly<Record<string, unknown>>) =>
      void lines.push(process.env['SHOW'] ? (console.log(fields), message) : message);
    app = expressApp(
      {
        unit,
        clock,
        ids: { next: () => next() },
        authenticate: async (headers) => ok(headers.authorization === undefined ? ANONYMOUS : ada),
        permits: (principal) => permitted && principal.kind === 'person',
        observe: () => {},
        log: { info: note, warn: note, error: note },
      },
      { routes, plain: [] },
    );
  });
  after(() => database.close());
  beforeEach(() => {
    permitted = true;
  });

  const created = async (): Promise<number> =>
    (await unit.read((reader) => entries(reader, { after: 0, limit: 1000 }))).length;
  const post = (body: string | object, headers: Record<string, string> = {}) => {
    const call = request(app)
      .post('/api/things')
      .set({ authorization: 'x', 'content-type': 'application/json', ...headers });
    return call.send(typeof body === 'string' ? body : JSON.stringify(body));
  };

  it('answers an unpermitted caller 401 without and 403 with a credential', async () => {
    const anonymous = await request(app).get('/api/things');
    expect([anonymous.status, anonymous.body.code]).deep.equal([401, 'sign-in-required']);
    expect(anonymous.headers['www-authenticate']).equal('Bearer');
    permitted = false;
    const known = await request(app).get('/api/things').set('authorization', 'x');
    expect([known.status, known.body.code]).deep.equal([403, 'forbidden']);
  });

  for (const [name, body, code, pointer] of [
    ['broken JSON', '{"title":', 'malformed-json', undefined],
    ['a key named twice', '{"title":"a","title":"b"}', 'duplicate-key', '/title'],
    [
      'a key twice deep inside',
      '{"title":"a","parts":[{},{"a/b":",{","a\\u002fb":1}]}',
      'duplicate-key',
      '/parts/1/a~1b',
    ],
    ['an unknown field', '{"title":"a","state":"approved"}', 'unknown-field', '/state'],
    ['an unknown field below', '{"title":"a","parts":[{"name":"x","admin":true}]}', 'unknown-field', '/parts/0/admin'],
    ['a prototype key', '{"title":"a","__proto__":{"x":1}}', 'unknown-field', '/__proto__'],
    ['an array for a string', '{"title":["a"]}', 'invalid-body', '/title'],
    ['an array for the body', '[]', 'invalid-body', ''],
    ['a NUL', '{"title":"a\\u0000"}', 'invalid-body', '/title'],
    ['half a surrogate pair', '{"title":"\\ud800"}', 'invalid-body', '/title'],
    ['an integer that would change', '{"title":"a","count":9007199254740993}', 'invalid-body', '/count'],
    ['40,000 levels', '['.repeat(40_000), 'too-deep', undefined],
  ] as const) {
    it(`refuses ${name}: ${code}`, async () => {
      const before = await created();
      const answer = await post(body);
      expect([answer.status, answer.body.code], answer.text).deep.equal([400, code]);
      expect(answer.headers['content-type']).contain('application/problem+json');
      expect(answer.body.remedy).to.be.a('string').and.not.equal('');
      if (pointer !== undefined)
        expect(answer.body.errors.map((fault: { pointer: string }) => fault.pointer)).include(pointer);
      expect(await created()).equal(before);
    });
  }

  it('does not take colons and braces inside strings for structure', async () => {
    const answer = await post({ title: '{"a":1,"a":2}\\":' });
    expect(answer.status).equal(201);
  });

  it('refuses bad UTF-8, another content type and a body over 1 MiB', async () => {
    const send = (type: string, body: Buffer) =>
      request(app)
        .post('/api/things')
        .set({ authorization: 'x', 'content-type': type })
        .serialize((x) => x as never)
        .send(body as never);
    expect((await send('application/json', Buffer.from([0x7b, 0xff, 0x7d]))).body.code).equal('bad-encoding');
    expect((await send('text/plain', Buffer.from('{}'))).body.code).equal('unsupported-content-type');
    const large = await send('application/json', Buffer.alloc(1024 * 1024 + 1, 0x20));
    expect([large.status, large.body.code]).deep.equal([413, 'too-large']);
  });

  it('refuses unknown, repeated and invalid query parameters by name', async () => {
    const get = (search: string) => request(app).get(`/api/things${search}`).set('authorization', 'x');
    for (const [search, pointer] of [
      ['?limit=0', '?limit'],
      ['?limit=101', '?limit'],
      ['?limit=1&limit=2', '?limit'],
      ['?colour=red', '?colour'],
      ['?limit=ten', '?limit'],
    ] as const) {
      const answer = await get(search);
      expect([answer.status, answer.body.code, answer.body.errors[0].pointer], search).deep.equal([
        400,
        'invalid-query',
        pointer,
      ]);
    }
    expect((await get('?limit=7')).body).deep.equal({ limit: 7 });
  });

  it('asks for If-Match, and refuses one that is stale', async () => {
    const touch = (headers: Record<string, string>) =>
      request(app)
        .post('/api/things/a/commands/touch')
        .set({ authorization: 'x', ...headers });
    expect((await touch({})).status).equal(428);
    expect((await touch({ 'if-match': '"none"' })).status).equal(412);
    const done = await touch({ 'if-match': `"${version}"` });
    expect([done.status, done.headers['etag']]).deep.equal([200, `"${version}"`]);
  });

  it('gives the first answer again for the same key and body, five at once, with one effect', async () => {
    const before = await created();
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => post({ title: 'once' }, { 'idempotency-key': 'k1' })),
    );
    expect(new Set(answers.map((answer) => answer.text)).size).equal(1);
    expect(await created()).equal(before + 1);
    const other = await post({ title: 'other' }, { 'idempotency-key': 'k1' });
    expect([other.status, other.body.code]).deep.equal([422, 'idempotency-key-reused']);
  });

  it('has five effects for five calls without a key: the protection is the key', async () => {
    const before = await created();
    await Promise.all(Array.from({ length: 5 }, () => post({ title: 'each' })));
    expect(await created()).equal(before + 5);
  });

  it('forgets a refused call, so that the key can be used for the corrected one', async () => {
    expect((await post({ title: 'refuse' }, { 'idempotency-key': 'k2' })).status).equal(404);
    expect((await post({ title: 'fine' }, { 'idempotency-key': 'k2' })).status).equal(201);
  });

  it('says when to come back while the database does not answer', async () => {
    const answer = await post({ title: 'hang' });
    expect([answer.status, answer.body.code, answer.headers['retry-after']]).deep.equal([503, 'unavailable', '2']);
  });

  it('refuses an idempotency key that is none', async () => {
    for (const key of ['two words', 'k'.repeat(129)]) {
      const answer = await post({ title: 'a' }, { 'idempotency-key': key });
      expect([answer.status, answer.body.code]).deep.equal([400, 'invalid-header']);
    }
  });

  it('hides the cause of a fault and logs it', async () => {
    const answer = await post({ title: 'throw' });
    expect([answer.status, answer.body.code]).deep.equal([500, 'internal-error']);
    expect(answer.text).not.contain('secret cause');
    expect(lines).include('fault');
  });

  it('answers 405 with the allowed methods, 404 elsewhere, always with a request id', async () => {
    const wrong = await request(app).delete('/api/things').set('x-request-id', 'abc-1');
    expect([wrong.status, wrong.headers['allow'], wrong.body.instance]).deep.equal([405, 'GET, HEAD, POST', 'abc-1']);
    const absent = await request(app).get('/api/nothing').set('accept-language', 'zh-CN,en;q=0.5');
    expect([absent.status, absent.body.title]).deep.equal([404, '未找到']);
    expect(absent.headers['x-request-id']).match(/^[0-9A-Z]{26}$/);
  });

  describe('on a socket', () => {
    let server: Server;
    let port: number;
    before(async () => {
      server = createServer(app);
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      port = (server.address() as AddressInfo).port;
    });
    after(() => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    });

    /** Sends these bytes, and gives what comes until the server ends or `enough` of it is there. */
    const raw = (parts: readonly string[], enough: (text: string) => boolean = () => false): Promise<string> =>
      new Promise((resolve, reject) => {
        let text = '';
        const socket = connect(port, '127.0.0.1', () => parts.forEach((part) => socket.write(part)));
        socket.on('data', (data) => {
          text += data.toString();
          if (enough(text)) socket.destroy();
        });
        socket.on('error', reject);
        socket.on('close', () => resolve(text));
      });
    const head = (line: string, more = '') => `${line} HTTP/1.1\r\nhost: x\r\nauthorization: x\r\n${more}\r\n`;
    const until = async (done: () => boolean): Promise<void> => {
      while (!done()) await sleep(5);
    };

    it('answers 413 to a body without a length as soon as it is too long, and the sender can read it', async () => {
      const chunk = `100000\r\n${'x'.repeat(0x100000)}\r\n`;
      const more = 'content-type: application/json\r\ntransfer-encoding: chunked\r\n';
      const answer = await raw(
        [head('POST /api/things', more), ...Array.from({ length: 6 }, () => chunk), '0\r\n\r\n'],
        (text) => text.includes('too-large'),
      );
      expect(answer).contain('HTTP/1.1 413').and.contain('application/problem+json');
    });

    it('lets go of an export whose reader went away, and does not call it a fault', async () => {
      lines.length = 0;
      const before = streams.ended;
      const text = await raw([head('GET /api/stream/endless')], (seen) => seen.length > 100_000);
      expect(text).contain('200 OK');
      await until(() => streams.ended === before + 1);
      expect(lines).deep.equal([]);
    });

    it('ends the connection in the middle of an answer that broke, and logs why', async () => {
      lines.length = 0;
      const text = await raw([head('GET /api/stream/broken')]);
      expect(text).contain('200 OK').and.not.contain('secret cause');
      expect(text.endsWith('0\r\n\r\n'), 'looks whole').equal(false);
      await until(() => lines.length > 0);
      expect(lines).deep.equal(['fault']);
    });

    it('makes no export for HEAD', async () => {
      const before = streams.begun;
      const text = await raw([head('HEAD /api/stream/endless', 'connection: close\r\n')]);
      expect(text).contain('200 OK');
      expect(streams.begun).equal(before);
    });

    it('forgets a sender who goes away in the middle of a body', async () => {
      lines.length = 0;
      const before = await created();
      const more = 'content-type: application/json\r\ncontent-length: 1000\r\n';
      const socket = connect(port, '127.0.0.1', () => socket.write(`${head('POST /api/things', more)}{"title":"half`));
      await sleep(50);
      socket.destroy();
      await sleep(50);
      expect([await created(), lines]).deep.equal([before, []]);
    });

    it('answers a path that is no address, and one in absolute form', async () => {
      const close = 'connection: close\r\n';
      expect(await raw([head('GET //[/api/things', close)])).contain('HTTP/1.1 404');
      expect(await raw([head('GET http://[bad/api/things?limit=1', close)])).match(/HTTP\/1.1 [24]00|404/);
      expect(await raw([head('GET /api/things?limit=3?limit=4', close)])).contain('HTTP/1.1 400');
    });
  });
});
