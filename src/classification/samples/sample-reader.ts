import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Pack } from '../domain/pack.js';
import type { Report } from '../files/report.js';

/** What the reading process is told. */
export interface ReadingTask {
  readonly path: string;
  readonly pack: Pack;
  /** False when the first line of the table is data already. */
  readonly header: boolean;
}

/** What it tells: how far it is (0 to 1, where that can be known), then the report. */
export type ReadingMessage =
  | { readonly kind: 'progress'; readonly share: number | null }
  | { readonly kind: 'report'; readonly report: Report };

export type Reading =
  | { readonly kind: 'read'; readonly report: Report }
  /** The process ended without a report: killed by the system for its memory, or a fault of ours. */
  | { readonly kind: 'failed' }
  | { readonly kind: 'out-of-time' }
  | { readonly kind: 'stopped' };

export interface ReadingOptions {
  /** Milliseconds after which it is ended. */
  readonly budget: number;
  readonly signal: AbortSignal;
  readonly onProgress: (share: number | null) => void;
}

/** Reads a file of unknown content and says what its columns hold. */
export type SampleReader = (task: ReadingTask, options: ReadingOptions) => Promise<Reading>;

const PROGRAM = fileURLToPath(new URL('./sample-process.js', import.meta.url));

/** V8's share of the process's memory, in MiB; the private database has a limit of its own. */
const HEAP = 384;

const started = (): ChildProcess =>
  fork(PROGRAM, [], {
    // Nothing of the server's environment (its secret, its database) is the reader's business.
    env: {},
    execArgv: [`--max-old-space-size=${HEAP}`],
    // What a library might print of a file ends here and in no log.
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });

/**
 * Reads in a process of its own, of low priority: whatever a file does to it, the server goes on answering, and ending it
 * is killing it.
 */
export const readInProcess: SampleReader = (task, { budget, signal, onProgress }) =>
  new Promise((resolve) => {
    if (signal.aborted) return resolve({ kind: 'stopped' });
    const child = started();
    const end = (reading: Reading): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
      child.kill('SIGKILL');
      resolve(reading);
    };
    const stop = (): void => end({ kind: 'stopped' });
    const timer = setTimeout(() => end({ kind: 'out-of-time' }), budget);
    signal.addEventListener('abort', stop, { once: true });
    child.on('message', (message: ReadingMessage) => {
      if (message.kind === 'progress') onProgress(message.share);
      else end({ kind: 'read', report: message.report });
    });
    child.once('error', () => end({ kind: 'failed' }));
    child.once('exit', () => end({ kind: 'failed' }));
    child.send(task, () => undefined);
  });
