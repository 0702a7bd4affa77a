import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import autocannon from 'autocannon';
import { Caller } from '../../test/support/caller.js';
import { fine } from '../../test/support/cases.js';
import { backends, isAvailable } from '../../test/support/databases.js';
import { inQuick } from '../quick.js';
import { paced, type Waited, waited } from './paced.js';

const CONNECTIONS = 32;
const SECONDS = inQuick(10, 1);
/** About as long as an answer of the plane. */
const ANSWER_BYTES = 400;
const PATH = '/access/v1/evaluation';

export interface UnderLoad extends Waited {
  readonly name: string;
  readonly requestsPerSecond: number;
  /** What went on beside it. */
  readonly beside: string;
}

/** What goes on while the checks are asked; says at its end how much of it there was. */
type Beside = () => () => Promise<string>;

/**
 * Single checks at the whole product with the demo on MariaDB, or without one in a file, first as many as it takes, then half as many:
 * alone, while another process changes a hundred grants a second, and while the whole catalogue is exported.
 */
export async function measureUnderLoad(): Promise<{ database: string; rows: UnderLoad[] }> {
  const backend = backends.findLast((one) => one.durable && isAvailable(one)) as (typeof backends)[number];
  const child = fork(program('product-server.js'), [backend.name]);
  try {
    const { address, database } = await told<{ address: string; database: string }>(child);
    const load = await checks(address);
    const full = await load.full();
    const half = Math.floor(full.requestsPerSecond / 2);
    const rows = [full, await load.at('half as many', nothing, half)];
    if (backend.dialect === 'mysql') rows.push(await load.at('… during writes', writing(database), half));
    rows.push(await load.at('… during an export', exporting(address), half));
    rows.push(await besideBare((bare) => load.at('bare `node:http`, as many', nothing, half, bare)));
    return { database: backend.name, rows };
  } finally {
    await ended(child);
  }
}

/** What the machine itself makes of the same pace: a server that answers a fixed text. */
async function besideBare(load: (address: string) => Promise<UnderLoad>): Promise<UnderLoad> {
  const child = fork(program('http-server.js'), ['bare', '0', String(ANSWER_BYTES)]);
  try {
    return await load(`http://127.0.0.1:${await told<number>(child)}`);
  } finally {
    await ended(child);
  }
}

const program = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

const told = <T>(child: ChildProcess): Promise<T> =>
  new Promise((resolve, reject) => {
    child.once('message', (message) => resolve(message as T));
    child.once('exit', (code) => reject(new Error(`ended with ${code}`)));
  });

const ended = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    if (child.exitCode !== null) return resolve();
    child.once('exit', () => resolve());
    child.kill();
  });

async function checks(url: string) {
  const portal = await Caller.portal(url);
  const handler = await Caller.person(url, 'enterprise-a-handler');
  const { organisation } = fine(await handler.get('/api/me')).body;
  const { items } = fine(await handler.get('/api/datasets?tier=conditional&limit=100')).body;
  const headers = { authorization: `Bearer ${portal.token}`, 'content-type': 'application/json' };
  const requests = items.map(({ id }: { id: string }) => ({
    method: 'POST' as const,
    path: PATH,
    headers,
    body: JSON.stringify({
      subject: { type: 'organisation', id: organisation.id },
      resource: { type: 'dataset', id },
      action: { name: 'download' },
      context: { purpose: 'research' },
    }),
  }));
  const shoot = (duration: number) => autocannon({ url, connections: CONNECTIONS, duration, requests });
  await shoot(SECONDS / 3);
  return {
    /** As many as it takes: each connection asks again as soon as it is answered. */
    full: async (): Promise<UnderLoad> => {
      const { requests: rate, latency, non2xx, errors } = await shoot(SECONDS);
      if (non2xx > 0 || errors > 0) throw new Error(`${non2xx} bad answers, ${errors} errors`);
      const { p50, p99, max: most } = latency;
      return { name: 'as many as it takes', requestsPerSecond: rate.average, p50, p99, most, beside: '' };
    },
    /** So many a second at an even pace, at this server or at another one. */
    at: async (name: string, begin: Beside, perSecond: number, server = url): Promise<UnderLoad> => {
      const end = begin();
      const pace = { perSecond, seconds: SECONDS, connections: CONNECTIONS };
      const answered = await paced(server, requests, pace);
      const beside = await end();
      if (answered.notOk > 0) throw new Error(`${name}: ${answered.notOk} bad answers`);
      return { name, requestsPerSecond: perSecond, ...waited(answered), beside };
    },
  };
}

const nothing: Beside = () => () => Promise.resolve('');

const writing =
  (url: string): Beside =>
  () => {
    const child = fork(program('grant-writer.js'), [url]);
    let changed = 0;
    child.on('message', (count) => (changed += Number(count)));
    return async () => {
      await ended(child);
      return `${(changed / SECONDS).toFixed(0)} grant changes/s`;
    };
  };

const exporting =
  (address: string): Beside =>
  () => {
    let over = false;
    const exported = (async () => {
      let [count, bytes] = [0, 0];
      for (; !over; count += 1) bytes = (await (await fetch(`${address}/data.json`)).arrayBuffer()).byteLength;
      return `${count} × ${(bytes / 2 ** 20).toFixed(1)} MB`;
    })();
    return () => {
      over = true;
      return exported;
    };
  };
