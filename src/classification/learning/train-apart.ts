import { Worker } from 'node:worker_threads';
import type { Pack } from '../domain/pack.js';
import type { Reviewed, Taught } from './train-all.js';

/** Trains in a thread of its own; `stop` ends it, and what it would have answered is lost. */
export function trainApart(
  pack: Pack,
  reviewed: readonly Reviewed[],
  stop: AbortSignal,
): Promise<ReadonlyMap<string, Taught>> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./train-worker.js', import.meta.url), { workerData: { pack, reviewed } });
    const end = (): void => void worker.terminate();
    stop.addEventListener('abort', end, { once: true });
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', () => {
      stop.removeEventListener('abort', end);
      reject(new Error('training was stopped'));
    });
  });
}
