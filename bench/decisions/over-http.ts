import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import autocannon from 'autocannon';
import { buildWorld } from './bench-world.js';

export interface OverHttp {
  readonly name: string;
  readonly requestsPerSecond: number;
  readonly decisionsPerSecond: number;
  readonly p50: number;
  readonly p99: number;
}

const PORTS = { raw: 8152, express: 8153, bare: 8154 } as const;
type Kind = keyof typeof PORTS;
const HEADERS = { authorization: 'Bearer bench', 'content-type': 'application/json' };
const GRANTS = 100_000;

async function withServer<T>(kind: Kind, bytes: number, work: (url: string) => Promise<T>): Promise<T> {
  const file = fileURLToPath(new URL('./http-server.js', import.meta.url));
  const child: ChildProcess = fork(file, [kind, String(PORTS[kind]), String(GRANTS), String(bytes)]);
  try {
    await new Promise((resolve) => child.once('message', resolve));
    return await work(`http://127.0.0.1:${PORTS[kind]}`);
  } finally {
    child.kill();
  }
}

async function answerLength(url: string, path: string, body: string): Promise<number> {
  const answer = await fetch(url + path, { method: 'POST', headers: HEADERS, body });
  if (answer.status !== 200) throw new Error(`the plane answered ${answer.status}`);
  return (await answer.arrayBuffer()).byteLength;
}

async function fire(
  name: string,
  url: string,
  path: string,
  bodies: readonly string[],
  connections: number,
  perRequest: number,
): Promise<OverHttp> {
  const requests = bodies.map((body) => ({ method: 'POST' as const, path, headers: HEADERS, body }));
  await autocannon({ url, connections, duration: 1, requests });
  const result = await autocannon({ url, connections, duration: 4, requests });
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`${name}: ${result.non2xx} bad answers, ${result.errors} errors`);
  const { average } = result.requests;
  return {
    name,
    requestsPerSecond: average,
    decisionsPerSecond: average * perRequest,
    p50: result.latency.p50,
    p99: result.latency.p99,
  };
}

const evaluation = (subject: string, dataset: string) => ({
  subject: { type: 'organisation', id: subject },
  resource: { type: 'dataset', id: dataset },
  action: { name: 'download' },
  context: { purpose: 'research' },
});

/** Single checks and batches of 1,000: the raw plane, the same core behind Express, bare node:http of the same bytes. */
export async function measureOverHttp(): Promise<{ single: OverHttp[]; batch: OverHttp[] }> {
  const { questions } = buildWorld(GRANTS);
  const singles = questions.slice(0, 500).map((asked) => JSON.stringify(evaluation(asked.subjectId, asked.resourceId)));
  const batches = Array.from({ length: 8 }, (_, n) => {
    const items = questions.slice(n * 1000, n * 1000 + 1000);
    const evaluations = items.map(({ subjectId, resourceId }) => ({
      subject: { type: 'organisation', id: subjectId },
      resource: { type: 'dataset', id: resourceId },
    }));
    return JSON.stringify({ action: { name: 'download' }, context: { purpose: 'research' }, evaluations });
  });
  const [one, many] = ['/access/v1/evaluation', '/access/v1/evaluations'];
  const single: OverHttp[] = [];
  const batch: OverHttp[] = [];
  const lengths = await withServer('raw', 0, async (url) => {
    single.push(await fire('raw plane', url, one, singles, 32, 1));
    batch.push(await fire('raw plane', url, many, batches, 4, 1000));
    return [
      await answerLength(url, one, singles[0] as string),
      await answerLength(url, many, batches[0] as string),
    ] as const;
  });
  await withServer('express', 0, async (url) => {
    single.push(await fire('same core behind Express', url, one, singles, 32, 1));
    batch.push(await fire('same core behind Express', url, many, batches, 4, 1000));
  });
  await withServer('bare', lengths[0], async (url) => {
    single.push(await fire('bare node:http, same bytes', url, one, singles, 32, 1));
  });
  await withServer('bare', lengths[1], async (url) => {
    batch.push(await fire('bare node:http, same bytes', url, many, batches, 4, 1000));
  });
  return { single, batch };
}
