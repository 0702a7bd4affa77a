import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { expect } from 'chai';
import fc from 'fast-check';
import { serveAccess } from '../../src/decisions/access/raw-adapter.js';
import type { AccessPolicy } from '../../src/decisions/domain/policy.js';
import { answerBroken } from '../../src/http/index.js';
import { testCore } from '../fixtures/decisions/access-core.js';
import { dataset, organisation, putGrant, shippedPolicy, smallWorld, ulid } from '../fixtures/decisions/small-world.js';

const ONE = '/access/v1/evaluation';
const MANY = '/access/v1/evaluations';
const SEARCHES = ['subject', 'resource', 'action'].map((kind) => `/access/v1/search/${kind}`);
const subject = { type: 'organisation', id: 'org-1' };
const resource = { type: 'dataset', id: 'ds-1' };
const action = { name: 'download' };
const permitted = { subject, resource, action };

/** Texts that are no id of anybody, however much they look like one. */
const ODD: Readonly<Record<string, string>> = {
  'a NUL': 'org-1\u0000',
  'a NUL in the middle': 'org\u0000-1',
  'a trailing blank': 'org-1 ',
  'a trailing line': 'org-1\n',
  'a trailing no-break space': 'org-1\u00a0',
  'half a character': 'org-1\ud83d',
  'the other half': '\udc00org-1',
  'a control character': 'org-1\u001b',
  nothing: '',
  'too much': 'x'.repeat(513),
};

describe('contract: hostile questions', () => {
  let policy: AccessPolicy;
  before(async () => {
    policy = await shippedPolicy();
  });
  const core = () => testCore(smallWorld(), policy);

  for (const [what, id] of Object.entries(ODD))
    it(`decides nothing about an id with ${what}, and makes it false in a batch`, async () => {
      const { post } = core();
      for (const body of [
        { ...permitted, subject: { ...subject, id } },
        { ...permitted, subject: { ...subject, properties: { organisation: id } } },
        { ...permitted, resource: { ...resource, id } },
        { ...permitted, resource: { ...resource, properties: { publisher: id } } },
        { ...permitted, subject: { ...subject, type: id } },
        { ...permitted, action: { name: id } },
      ]) {
        const single = await post(ONE, body);
        expect([single.status, single.json.code], JSON.stringify(body)).to.deep.equal([400, 'invalid-body']);
        const { status, json } = await post(MANY, { evaluations: [body, permitted] });
        expect([status, ...json.evaluations.map(({ decision }) => decision)]).to.deep.equal([200, false, true]);
      }
      for (const path of SEARCHES) {
        const answer = await post(path, { ...permitted, resource: { ...resource, properties: { publisher: id } } });
        expect([path, answer.status]).to.deep.equal([path, 400]);
      }
    });

  it('takes an id that looks the same for another one: composed and decomposed, wide, other alphabets, other case', async () => {
    const world = smallWorld();
    world.putOrganisation(organisation('交通é'));
    world.putDataset(dataset('ds-2', { identifier: 'été' }));
    putGrant(world, { id: ulid('gr', 2), organisation: '交通é', dataset: 'ds-2' });
    const { post } = testCore(world, policy);
    const ask = async (id: string, about: string) =>
      (await post(ONE, { action, subject: { ...subject, id }, resource: { ...resource, id: about } })).json;
    expect((await ask('交通é', 'été')).decision).to.equal(true);
    for (const [id, about] of [
      ['交通é'.normalize('NFD'), 'été'],
      ['交通é', 'été'.normalize('NFD')],
      ['交通é', 'ÉTÉ'],
      ['交通é', 'еté'],
      ['交通é\u200b', 'été'],
    ] as const) {
      const { decision, context } = await ask(id, about);
      expect([decision, context.reason.code.startsWith('unknown-')], `${id} ${about}`).to.deep.equal([false, true]);
    }
  });

  it('never permits and never breaks, whatever stands in place of a member', async () => {
    const { post } = testCore(smallWorld(), policy, {
      onFault: (fault) => {
        throw fault;
      },
    });
    const denied = { ...permitted, subject: { type: 'organisation', id: 'nobody' }, context: { purpose: 'research' } };
    const places = [
      ['subject'],
      ['subject', 'type'],
      ['subject', 'id'],
      ['subject', 'properties'],
      ['resource'],
      ['resource', 'properties'],
      ['resource', 'properties', 'items'],
      ['action'],
      ['action', 'name'],
      ['context'],
      ['context', 'purpose'],
      ['context', 'minRevision'],
      ['page'],
      ['page', 'limit'],
      ['page', 'token'],
      ['options'],
      ['evaluations'],
    ];
    const put = (place: readonly string[], value: unknown): object => {
      const body = structuredClone(denied) as Record<string, unknown>;
      let holder = body;
      for (const name of place.slice(0, -1)) holder = (holder[name] ??= {}) as Record<string, unknown>;
      holder[place.at(-1) as string] = value;
      return body;
    };
    const texts = fc.constantFrom(
      '__proto__',
      'constructor',
      'toString',
      '\ud800',
      '*',
      '%00',
      "' OR 1=1",
      ...Object.values(ODD),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(ONE, MANY, ...SEARCHES),
        fc.constantFrom(...places),
        fc.oneof(fc.jsonValue({ maxDepth: 3 }), texts),
        async (path, place, value) => {
          const { status, json } = await post(path, put(place, value));
          expect(status, `${path} ${place.join('.')} ${JSON.stringify(value)}`).to.be.oneOf([200, 400]);
          expect(json.decision ?? false).to.equal(false);
          for (const each of json.evaluations ?? []) expect(each.decision).to.equal(false);
        },
      ),
      { numRuns: 3000 },
    );
  }).timeout(120_000);

  it('reads nothing into headers of a proxy that are no id', async () => {
    const { get } = core();
    const file = { 'x-original-uri': '/files/ds-1-file/data.csv', 'x-subject-type': 'organisation' };
    expect((await get('/access/check', { ...file, 'x-subject-id': 'org-1' })).status).to.equal(200);
    for (const id of Object.values(ODD)) {
      const { status } = await get('/access/check', { ...file, 'x-subject-id': id });
      expect(status, JSON.stringify(id)).to.be.oneOf([401, 403]);
    }
  });
});

describe('contract: hostile connections', () => {
  let server: Server;
  const sockets: Socket[] = [];
  before(async () => {
    const { core } = testCore(smallWorld(), await shippedPolicy());
    server = createServer({ headersTimeout: 400, requestTimeout: 800, connectionsCheckingInterval: 50 });
    server.on('clientError', answerBroken);
    server.on('request', (message, response) => serveAccess(core, message, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', 2048, resolve));
  });
  after(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  const port = (): number => (server.address() as AddressInfo).port;
  const open = (): Socket => {
    const socket = connect(port(), '127.0.0.1');
    socket.on('error', () => undefined);
    sockets.push(socket);
    return socket;
  };
  const head =
    'POST /access/v1/evaluation HTTP/1.1\r\nhost: x\r\nauthorization: Bearer portal\r\ncontent-type: application/json\r\n';
  /** The times of this server are short for a busy machine: whoever is told to have been too slow asks again. */
  const check = async (tries = 5): Promise<boolean> => {
    const answer = await fetch(`http://127.0.0.1:${port()}${ONE}`, {
      method: 'POST',
      headers: { authorization: 'Bearer portal', 'content-type': 'application/json' },
      body: JSON.stringify(permitted),
    });
    const body = (await answer.json()) as { decision: boolean };
    return answer.status === 408 && tries > 0 ? check(tries - 1) : body.decision;
  };

  it('ends a body, or a head, that comes a byte at a time, and decides nothing on it', async () => {
    const drip = (beginning: string, rest: string): Promise<string> =>
      new Promise((resolve) => {
        const socket = open();
        let answer = '';
        socket.write(beginning);
        const timer = setInterval(() => socket.write(rest), 60);
        socket.on('data', (part) => (answer += part.toString()));
        socket.on('close', () => {
          clearInterval(timer);
          resolve(answer);
        });
      });
    const [body, headers] = await Promise.all([
      drip(`${head}content-length: 100000\r\n\r\n{"subject":`, ' '),
      drip(head, 'x-more: 1\r\n'),
    ]);
    for (const answer of [body, headers]) {
      expect(answer).to.match(/^HTTP\/1\.1 408 /);
      expect(answer).to.include('request-too-slow').and.not.include('decision');
    }
  }).timeout(20_000);

  it('answers a check while a thousand connections wait for their bodies, and after they are gone', async () => {
    const waiting = Array.from({ length: 1000 }, open);
    await Promise.all(waiting.map((socket) => new Promise((resolve) => socket.once('connect', resolve))));
    for (const socket of waiting) socket.write(`${head}content-length: 500000\r\n\r\n{"subject"`);
    expect(await check()).to.equal(true);
    for (const socket of waiting) socket.destroy();
    expect(await check()).to.equal(true);
  }).timeout(60_000);
});
