import { Worker } from 'node:worker_threads';

/**
 * Runs a script in a thread of its own and gives what it posts: what takes long must not keep those waiting who ask for
 * access. `stop` ends it, and what it would have answered is lost.
 */
export function apart<T>(script: URL, workerData: unknown, stop: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(script, { workerData });
    const end = (): void => void worker.terminate();
    stop.addEventListener('abort', end, { once: true });
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', () => {
      stop.removeEventListener('abort', end);
      reject(new Error('it was stopped'));
    });
  });
}
