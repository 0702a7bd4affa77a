import cluster from 'node:cluster';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import type { AccessCore } from '../../src/decisions/access/core.js';
import { EVALUATIONS_PATH } from '../../src/decisions/access/evaluate.js';
import { verifiedOnce } from './verified-once.js';
import { serveAccess } from '../../src/decisions/access/raw-adapter.js';
import { benchCore, PORTAL, unwrittenBook } from './bench-core.js';
import { benchPolicy, buildWorld, NOW } from './bench-world.js';

/**
 * One contestant in a process of its own, or in several behind one port as the product's workers are:
 * `node http-server.js <raw|express|bare> <grants> [bytes of an answer[,of a batch's]] [processes]`; it tells its port.
 */
const [kind = 'raw', grants = '100000', bytes = '0', processes = '1'] = process.argv.slice(2);

/** Reads the body and answers a fixed text of the same length: what Node itself can do. */
function bare(lengths: readonly number[]): RequestListener {
  const [single, batch] = lengths.map((length) => ({
    body: 'x'.repeat(length),
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store', 'content-length': length },
  }));
  return (message, response) => {
    const answer = (message.url === EVALUATIONS_PATH ? batch : undefined) ?? single;
    message.on('data', () => undefined);
    message.on('end', () => {
      response.writeHead(200, answer?.headers);
      response.end(answer?.body);
    });
  };
}

async function plane(): Promise<AccessCore> {
  const policy = await benchPolicy();
  const { world } = buildWorld(Number(grants));
  const clock = { now: () => Date.now() - offset };
  const offset = Date.now() - NOW;
  const book = unwrittenBook(world);
  book.start();
  return benchCore(world, policy, book, {
    clock,
    credentials: verifiedOnce(PORTAL),
    freshness: {
      mark: (marked, now) => {
        marked.confirmedAt = now;
      },
      confirm: () => Promise.resolve(Number.POSITIVE_INFINITY),
    },
    onFault: () => undefined,
  });
}

async function listener(): Promise<RequestListener> {
  if (kind === 'bare') return bare(bytes.split(',').map(Number));
  const core = await plane();
  const raw: RequestListener = (message, response) => serveAccess(core, message, response);
  if (kind === 'raw') return raw;
  // The same core as an ordinary Express route: Express reads and parses the body, the core answers.
  const app = express();
  app.use(express.json({ limit: '2mb' }));
  app.post('/access/v1/:what', async (request, response) => {
    const body = Buffer.from(JSON.stringify(request.body));
    const answer = await core.handle({ method: 'POST', path: request.path, query: '', headers: request.headers, body });
    response.status(answer.status).set(answer.headers).send(answer.body);
  });
  return app;
}

async function serve(): Promise<number> {
  const server = createServer(await listener());
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)));
}

/** Each worker tells the port they share when it listens. */
async function share(count: number): Promise<number> {
  cluster.schedulingPolicy = cluster.SCHED_NONE;
  const ports = Array.from({ length: count }, () => {
    const worker = cluster.fork();
    return new Promise<number>((resolve) => worker.once('message', (port) => resolve(Number(port))));
  });
  return Math.max(...(await Promise.all(ports)));
}

process.once('SIGTERM', () => {
  for (const worker of Object.values(cluster.workers ?? {})) worker?.process.kill();
  process.exit(0);
});
process.send?.(cluster.isPrimary && Number(processes) > 1 ? await share(Number(processes)) : await serve());
