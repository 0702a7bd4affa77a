import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { expect } from 'chai';
import express from 'express';
import request from 'supertest';
import { ChangeFeed } from '../../src/decisions/change-feed.js';
import type { AccessDeps } from '../../src/decisions/access/ports.js';
import { isAccessPath } from '../../src/decisions/access/core.js';
import { LARGEST_BODY, serveAccess } from '../../src/decisions/access/raw-adapter.js';
import { testCore } from '../fixtures/decisions/access-core.js';
import { shippedPolicy, smallWorld } from '../fixtures/decisions/small-world.js';

const full = {
  subject: { type: 'organisation', id: 'org-1' },
  resource: { type: 'dataset', id: 'ds-1' },
  action: { name: 'download' },
  context: { purpose: 'research' },
};

async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    if (holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error('did not come about within three seconds');
}

describe('contract: the access plane on a socket', () => {
  let server: Server;
  const follower = { position: 7, onAdvance: (listener: () => void) => void (moved = listener) };
  let moved = (): void => undefined;
  const world = smallWorld();
  const feed = new ChangeFeed(follower, world);
  const advance = (to: number): void => {
    follower.position = to;
    moved();
  };
  /** Requests that wait for changes. */
  const waits = new Set<Promise<unknown>>();
  const changes: AccessDeps['changes'] = {
    isReleased: false,
    since: (after, served) => feed.since(after, served),
    next: (milliseconds, gone) => {
      const waiting = feed.next(milliseconds, gone);
      waits.add(waiting);
      return waiting.finally(() => waits.delete(waiting));
    },
  };
  before(async () => {
    const { core } = testCore(world, await shippedPolicy(), { changes });
    const behind = express();
    behind.use((message, response) => void response.status(404).json({ express: message.path }));
    server = createServer((message, response) => {
      if (isAccessPath((message.url ?? '').split('?', 1)[0] ?? '')) serveAccess(core, message, response);
      else behind(message, response);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  after(() => new Promise((resolve) => server.close(resolve)));

  const post = (path: string) => request(server).post(path).set('authorization', 'Bearer portal');
  /** Sends bytes as they are and gives back what comes, until the server closes or a second has passed. */
  const raw = (text: string): Promise<string> =>
    new Promise((resolve, reject) => {
      let answer = '';
      const socket = connect((server.address() as AddressInfo).port, '127.0.0.1', () => socket.write(text));
      const done = (): void => {
        socket.destroy();
        resolve(answer);
      };
      socket.on('data', (chunk) => (answer += chunk.toString()));
      socket.on('end', done);
      socket.on('error', reject);
      setTimeout(done, 1000).unref();
    });

  it('answers in front of Express, which sees nothing of it', async () => {
    const answer = await post('/access/v1/evaluation').send(full);
    expect([answer.status, answer.body.decision]).to.deep.equal([200, true]);
    expect(answer.headers).to.not.have.property('x-powered-by');
    const absent = await post('/access/v1/none').send(full);
    expect([absent.status, absent.body.code]).to.deep.equal([404, 'not-found']);
    expect((await request(server).get('/access')).body.code).to.equal('not-found');
    expect((await request(server).get('/elsewhere')).body).to.deep.equal({ express: '/elsewhere' });
  });

  it('does not let another spelling of the path past it to Express', async () => {
    for (const path of [
      '/Access/v1/evaluation',
      '/access%2Fv1/evaluation',
      '//access/v1/evaluation',
      '/access/v1/evaluation/',
    ]) {
      const answer = await post(path).send(full);
      expect(answer.status, path).to.equal(404);
      expect(answer.body, path).to.not.have.property('decision');
    }
  });

  it('refuses a body above one MiB, with a request id, and closes the connection', async () => {
    const answer = await post('/access/v1/evaluation')
      .set('x-request-id', 'big')
      .set('content-type', 'application/json')
      .send('x'.repeat(LARGEST_BODY + 1));
    expect([answer.status, answer.body.code, answer.headers['x-request-id']]).to.deep.equal([413, 'too-large', 'big']);
    expect(answer.headers['connection']).to.equal('close');
  });

  it('reads a body that comes in pieces, and one in chunks', async () => {
    const body = JSON.stringify(full);
    const head =
      'POST /access/v1/evaluation HTTP/1.1\r\nhost: x\r\nauthorization: Bearer portal\r\ncontent-type: application/json\r\nconnection: close\r\n';
    const half = Math.floor(body.length / 2);
    const chunked = [body.slice(0, half), body.slice(half), '']
      .map((part) => `${part.length.toString(16)}\r\n${part}\r\n`)
      .join('');
    expect(await raw(`${head}transfer-encoding: chunked\r\n\r\n${chunked}`)).to.include('"decision":true');
    expect(await raw(`${head}content-length: ${body.length}\r\n\r\n${body}`)).to.include('"decision":true');
  });

  it('decides nothing on half a body', async () => {
    const half = await raw(
      `POST /access/v1/evaluation HTTP/1.1\r\nhost: x\r\nauthorization: Bearer portal\r\ncontent-type: application/json\r\ncontent-length: 500\r\n\r\n${JSON.stringify(full)}`,
    );
    expect(half).to.not.include('decision');
  });

  it('serves metadata and HEAD of it, and forward authentication', async () => {
    const metadata = await request(server).get('/.well-known/authzen-configuration');
    expect(metadata.body.access_evaluation_endpoint).to.match(/^http:\/\/127\.0\.0\.1:\d+\/access\/v1\/evaluation$/);
    const head = await request(server).head('/.well-known/authzen-configuration');
    expect([head.status, Number(head.headers['content-length']), head.text]).to.deep.equal([
      200,
      metadata.text.length,
      undefined,
    ]);
    const check = await request(server)
      .get('/access/check')
      .set('authorization', 'Bearer person')
      .set('x-original-uri', '/files/ds-1-file/data.csv');
    expect([check.status, check.headers['x-reason'], check.text]).to.deep.equal([200, 'granted', '']);
  });

  const head = (more = ''): string =>
    `POST /access/v1/evaluation HTTP/1.1\r\nhost: x\r\nauthorization: Bearer portal\r\ncontent-type: application/json\r\n${more}`;

  it('holds a request for changes until there is one, and lets it go when the asker hangs up', async () => {
    const waiting = request(server).get('/access/v1/changes?after=7&wait=20').set('authorization', 'Bearer portal');
    const told = waiting.then(({ body }) => body as unknown);
    await until(() => waits.size === 1);
    feed.note({ dataset: 'ds-1' }, 8);
    advance(8);
    expect(await told).to.deep.equal({
      revision: 8,
      changes: [{ dataset: 'ds-1', distributions: ['ds-1-file'] }],
      resync: false,
    });
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1', () =>
      socket.write('GET /access/v1/changes?after=8 HTTP/1.1\r\nhost: x\r\nauthorization: Bearer portal\r\n\r\n'),
    );
    await until(() => waits.size === 1);
    socket.destroy();
    await until(() => waits.size === 0);
  });

  it('answers pipelined requests in their order, each with its own request id', async () => {
    const ask = (id: string, subject: string): string => {
      const body = JSON.stringify({ ...full, subject: { type: 'organisation', id: subject } });
      return `${head(`x-request-id: ${id}\r\n`)}content-length: ${body.length}\r\n\r\n${body}`;
    };
    const answered = await raw(ask('first', 'org-1') + ask('second', 'nobody') + ask('third', 'org-1'));
    const ids = [...answered.matchAll(/x-request-id: (\w+)/gi)].map(([, id]) => id);
    const decisions = [...answered.matchAll(/"decision":(\w+)/g)].map(([, decision]) => decision);
    expect([ids, decisions]).to.deep.equal([
      ['first', 'second', 'third'],
      ['true', 'false', 'true'],
    ]);
  });

  it('does not decide where length and chunks disagree, nor on headers beyond reason', async () => {
    const body = JSON.stringify(full);
    const both = await raw(`${head('transfer-encoding: chunked\r\n')}content-length: ${body.length}\r\n\r\n${body}`);
    const twice = await raw(`${head('content-length: 5\r\n')}content-length: ${body.length}\r\n\r\n${body}`);
    const huge = await raw(`${head(`x-long: ${'x'.repeat(20_000)}\r\n`)}content-length: ${body.length}\r\n\r\n${body}`);
    expect([both, twice, huge].map((answer) => /^HTTP\/1\.1 (\d+)/.exec(answer)?.[1])).to.deep.equal([
      '400',
      '400',
      '431',
    ]);
    for (const answer of [both, twice, huge]) expect(answer).to.not.include('decision');
  });

  it('answers others while a hundred bodies are still on their way', async () => {
    const waiting = Array.from({ length: 100 }, () => {
      const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
      socket.on('error', () => undefined);
      socket.write(`${head()}content-length: 500000\r\n\r\n{"subject"`);
      return socket;
    });
    const answer = await post('/access/v1/evaluation').send(full);
    for (const socket of waiting) socket.destroy();
    expect([answer.status, answer.body.decision]).to.deep.equal([200, true]);
  });

  it('names a request anew whose id could break out of its header, and answers HEAD of a decision with 405', async () => {
    for (const id of ['with blank', 'é', 'x'.repeat(129)]) {
      const answer = await raw(
        `${head(`x-request-id: ${id}\r\n`)}content-length: ${JSON.stringify(full).length}\r\n\r\n${JSON.stringify(full)}`,
      );
      expect(answer).to.include('"decision":true');
      expect(answer).to.match(/x-request-id: [0-9a-f-]{36}\r/i);
    }
    const refused = await request(server).head('/access/v1/evaluation').set('authorization', 'Bearer portal');
    expect([refused.status, refused.headers['allow'], refused.text]).to.deep.equal([405, 'POST', undefined]);
  });

  it('answers a thousand questions at once, each with its own', async () => {
    const subjects = Array.from({ length: 1000 }, (_, n) => (n % 3 === 0 ? 'org-1' : `org-${n}-x`));
    const port = (server.address() as AddressInfo).port;
    const answers = await Promise.all(
      subjects.map(async (id) => {
        const body = JSON.stringify({ ...full, subject: { type: 'organisation', id } });
        const answer = await fetch(`http://127.0.0.1:${port}/access/v1/evaluation`, {
          method: 'POST',
          headers: { authorization: 'Bearer portal', 'content-type': 'application/json' },
          body,
        });
        return ((await answer.json()) as { decision: boolean }).decision;
      }),
    );
    expect(answers).to.deep.equal(subjects.map((id) => id === 'org-1'));
  }).timeout(240_000);
});
