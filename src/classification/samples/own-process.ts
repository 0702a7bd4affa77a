import { type ChildProcess, fork } from 'node:child_process';
import { setPriority } from 'node:os';

/** How far a reading is: 0 to 1, where that can be known. `measuring`: tier and reasons stand, risk and advice follow. */
export interface ReadingProgress {
  readonly phase: 'reading' | 'measuring';
  readonly share: number | null;
}

/** What the reading process tells: how far it is, then its report. */
type ReadingMessage<Report> =
  | ({ readonly kind: 'progress' } & ReadingProgress)
  | { readonly kind: 'report'; readonly report: Report };

export type Reading<Report> =
  | { readonly kind: 'read'; readonly report: Report }
  /** The process ended without a report: killed by the system for its memory, or a fault of ours. */
  | { readonly kind: 'failed' }
  | { readonly kind: 'out-of-time' }
  | { readonly kind: 'stopped' };

export interface ReadingOptions {
  /** Milliseconds after which it is ended. */
  readonly budget: number;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: ReadingProgress) => void;
}

/** Reads files of unknown content. */
export type OwnReader<Task extends object, Report> = (task: Task, options: ReadingOptions) => Promise<Reading<Report>>;

/** V8's share of the process's memory, in MiB; the private database has a limit of its own. */
const HEAP = 384;
/** Behind everything that answers people. */
const NICE = 10;
/** Progress is told in steps of this share. */
const STEP = 0.01;

const started = (program: string): ChildProcess =>
  fork(program, [], {
    // Nothing of the server's environment (its secret, its database) is the reader's business.
    env: {},
    execArgv: [`--max-old-space-size=${HEAP}`],
    // What a library might print of a file ends here and in no log.
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });

/**
 * Reads in a process of its own, of low priority: whatever a file does to it, the server goes on answering, and ending it
 * is killing it. `program` answers with {@link serveReading}.
 */
export const readerIn =
  <Task extends object, Report>(program: string): OwnReader<Task, Report> =>
  (task, { budget, signal, onProgress }) =>
    new Promise((resolve) => {
      if (signal.aborted) return resolve({ kind: 'stopped' });
      const child = started(program);
      const end = (reading: Reading<Report>): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', stop);
        child.kill('SIGKILL');
        resolve(reading);
      };
      const stop = (): void => end({ kind: 'stopped' });
      const timer = setTimeout(() => end({ kind: 'out-of-time' }), budget);
      signal.addEventListener('abort', stop, { once: true });
      child.on('message', (message: ReadingMessage<Report>) => {
        if (message.kind === 'progress') onProgress({ phase: message.phase, share: message.share });
        else end({ kind: 'read', report: message.report });
      });
      child.once('error', () => end({ kind: 'failed' }));
      child.once('exit', () => end({ kind: 'failed' }));
      child.send(task, () => undefined);
    });

const tell = (message: ReadingMessage<unknown>): Promise<void> =>
  new Promise((resolve) => process.send?.(message, undefined, undefined, () => resolve()) ?? resolve());

/** Tells the share that was read, and that only measuring is left. */
export interface Teller {
  readonly reading: (share: number) => void;
  readonly measuring: () => void;
}

/** The other side: one task, one process. Tells the report and ends; a fault ends it without a report and without a word. */
export function serveReading<Task extends object, Report>(work: (task: Task, teller: Teller) => Promise<Report>): void {
  let told = 0;
  const reading = (share: number): void => {
    if (share - told < STEP) return;
    told = share;
    void tell({ kind: 'progress', phase: 'reading', share });
  };
  const measuring = (): void => void tell({ kind: 'progress', phase: 'measuring', share: null });
  process.on('uncaughtException', () => process.exit(1));
  process.once('disconnect', () => process.exit(1));
  process.once('message', (task: Task) => {
    work(task, { reading, measuring })
      .then((report) => tell({ kind: 'report', report }))
      .then(
        () => process.exit(0),
        () => process.exit(1),
      );
  });
  setPriority(NICE);
}

/** Signal 0 asks whether the process is there; one of another account is. */
export function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
