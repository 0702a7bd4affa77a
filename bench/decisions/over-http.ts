import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import autocannon from 'autocannon';
import { inQuick, median } from '../quick.js';
import { buildWorld } from './bench-world.js';
import { paced, type Waited, waited } from './paced.js';

export interface OverHttp {
  readonly name: string;
  readonly requestsPerSecond: number;
  readonly decisionsPerSecond: number;
  readonly p50: number;
  readonly p99: number;
}

type Kind = 'raw' | 'express' | 'bare';
const HEADERS = { authorization: 'Bearer bench', 'content-type': 'application/json' };
const SECONDS = inQuick(3, 0.2);
const ROUNDS = inQuick(3, 1);
const BATCH = 1000;

interface Contestant {
  readonly name: string;
  readonly url: string;
  readonly child: ChildProcess;
}

/** What is sent: requests that take turns, over how many connections, with how many questions in each. */
interface Load {
  readonly path: string;
  readonly bodies: readonly string[];
  readonly connections: number;
  readonly perRequest: number;
}

async function start(name: string, kind: Kind, grants: number, bytes = '0', processes = 1): Promise<Contestant> {
  const file = fileURLToPath(new URL('./http-server.js', import.meta.url));
  const child = fork(file, [kind, grants, bytes, processes].map(String));
  const port = await new Promise<number>((resolve, reject) => {
    child.once('message', (message) => resolve(Number(message)));
    child.once('exit', (code) => reject(new Error(`${name} ended with ${code}`)));
  });
  return { name, url: `http://127.0.0.1:${port}`, child };
}

async function answerLength({ url }: Contestant, { path, bodies }: Load): Promise<number> {
  const answer = await fetch(url + path, { method: 'POST', headers: HEADERS, body: bodies[0] as string });
  if (answer.status !== 200) throw new Error(`the plane answered ${answer.status}`);
  return (await answer.arrayBuffer()).byteLength;
}

async function fire({ name, url }: Contestant, load: Load, duration: number): Promise<OverHttp> {
  const { path, bodies, connections, perRequest } = load;
  const requests = bodies.map((body) => ({ method: 'POST' as const, path, headers: HEADERS, body }));
  const { requests: rate, latency, non2xx, errors } = await autocannon({ url, connections, duration, requests });
  if (non2xx > 0 || errors > 0) throw new Error(`${name}: ${non2xx} bad answers, ${errors} errors`);
  const { average } = rate;
  return {
    name,
    requestsPerSecond: average,
    decisionsPerSecond: average * perRequest,
    p50: latency.p50,
    p99: latency.p99,
  };
}

/** The contestants take turns, round after round, so that all meet the same machine; the medians of the rounds. */
async function contest(contestants: readonly Contestant[], load: Load): Promise<OverHttp[]> {
  const rounds = contestants.map((): OverHttp[] => []);
  for (const each of contestants) await fire(each, load, SECONDS / 3);
  for (let round = 0; round < ROUNDS; round++)
    for (const [at, each] of contestants.entries()) rounds[at]?.push(await fire(each, load, SECONDS));
  return rounds.map((measured, at) => {
    const of = (figure: (one: OverHttp) => number): number => median(measured.map(figure));
    return {
      name: contestants[at]?.name ?? '',
      requestsPerSecond: of((one) => one.requestsPerSecond),
      decisionsPerSecond: of((one) => one.decisionsPerSecond),
      p50: of((one) => one.p50),
      p99: of((one) => one.p99),
    };
  });
}

const evaluation = (subject: string, dataset: string) => ({
  subject: { type: 'organisation', id: subject },
  resource: { type: 'dataset', id: dataset },
  action: { name: 'download' },
  context: { purpose: 'research' },
});

function loads(grants: number): { single: Load; batch: Load } {
  const { questions } = buildWorld(grants);
  const batches = Array.from({ length: 8 }, (_, n) => {
    const items = questions.slice(n * BATCH, n * BATCH + BATCH);
    const evaluations = items.map(({ subjectId, resourceId }) => ({
      subject: { type: 'organisation', id: subjectId },
      resource: { type: 'dataset', id: resourceId },
    }));
    return JSON.stringify({ action: { name: 'download' }, context: { purpose: 'research' }, evaluations });
  });
  const singles = questions.slice(0, 500).map((asked) => JSON.stringify(evaluation(asked.subjectId, asked.resourceId)));
  return {
    single: { path: '/access/v1/evaluation', bodies: singles, connections: 32, perRequest: 1 },
    batch: { path: '/access/v1/evaluations', bodies: batches, connections: 4, perRequest: BATCH },
  };
}

/** How long single checks at an even pace wait, alone and beside batches as large and as many as are let in. */
export interface BesideBatches {
  readonly name: string;
  readonly perSecond: number;
  readonly alone: Waited;
  readonly beside: Waited;
  readonly batches: number;
}

/** At so many grants: the raw plane in one process and in two, the same core behind Express, bare node:http of the same bytes. */
export async function measureOverHttp(
  grants: number,
): Promise<{ single: OverHttp[]; batch: OverHttp[]; mixed: BesideBatches[] }> {
  const { single, batch } = loads(grants);
  const started: Contestant[] = [];
  const begin = async (name: string, kind: Kind, bytes = '0', processes = 1): Promise<Contestant> => {
    const contestant = await start(name, kind, grants, bytes, processes);
    started.push(contestant);
    return contestant;
  };
  try {
    const raw = await begin('raw plane', 'raw');
    const two = await begin('raw plane, two processes', 'raw', '0', 2);
    const express = await begin('same core behind Express', 'express');
    const lengths = [await answerLength(raw, single), await answerLength(raw, batch)];
    const bare = await begin('bare node:http, same bytes', 'bare', lengths.join());
    const all = [raw, two, express, bare];
    return {
      single: await contest(all, single),
      batch: await contest(all, batch),
      mixed: [await besideBatches(raw, single, batch), await besideBatches(bare, single, batch)],
    };
  } finally {
    for (const { child } of started) child.kill();
  }
}

/** A pace that leaves the batches most of the core. */
const SINGLES_PER_SECOND = 500;

async function besideBatches({ name, url }: Contestant, single: Load, batch: Load): Promise<BesideBatches> {
  const requests = single.bodies.map((body) => ({ method: 'POST', path: single.path, headers: HEADERS, body }));
  const pace = { perSecond: SINGLES_PER_SECOND, seconds: SECONDS * ROUNDS, connections: 32 };
  const singles = async (): Promise<Waited> => {
    const answered = await paced(url, requests, pace);
    if (answered.notOk > 0) throw new Error(`${answered.notOk} bad answers`);
    return waited(answered);
  };
  const alone = await singles();
  const file = fileURLToPath(new URL('./batch-load.js', import.meta.url));
  const child = fork(file, [url, batch.path, String(batch.connections)]);
  let answered = 0;
  child.on('message', (count) => (answered += Number(count)));
  child.send(batch.bodies);
  const beside = await singles().finally(() => child.kill());
  return { name, perSecond: SINGLES_PER_SECOND, alone, beside, batches: answered / pace.seconds };
}
