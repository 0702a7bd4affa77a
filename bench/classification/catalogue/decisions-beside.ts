import { setTimeout as sleep } from 'node:timers/promises';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { Caller } from '../../../test/support/caller.js';

/** What decisions took, in milliseconds, sorted. */
export type Took = readonly number[];

/** Asks one question a few times a second over HTTP from a thread of its own, until told to stop. */
async function ask(address: string): Promise<void> {
  const portal = await Caller.portal(address);
  const question = {
    subject: { type: 'anonymous', id: 'anonymous' },
    resource: { type: 'dataset', id: 'D00000001' },
    action: { name: 'download' },
  };
  const took: number[] = [];
  let going = true;
  parentPort?.once('message', () => {
    going = false;
  });
  parentPort?.postMessage('ready');
  while (going) {
    const from = performance.now();
    const { status } = await portal.post('/access/v1/evaluation', question);
    if (status !== 200) throw new Error(`answered ${status}`);
    took.push(performance.now() - from);
    await sleep(20);
  }
  parentPort?.postMessage(took.toSorted((a, b) => a - b));
}

/** Decisions beside other work: `begin` when it starts; the function it gives ends the asking and tells what they took. */
export async function decisionsBeside(address: string): Promise<() => Promise<Took>> {
  const worker = new Worker(new URL(import.meta.url), { workerData: address });
  const said = (): Promise<unknown> =>
    new Promise((resolve, reject) => worker.once('message', resolve).once('error', reject));
  await said();
  return async () => {
    const answer = said();
    worker.postMessage('end');
    const took = (await answer) as Took;
    await worker.terminate();
    return took;
  };
}

if (!isMainThread && typeof workerData === 'string') await ask(workerData);
