import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { Worker } from 'node:worker_threads';
import type { Letter } from './letter.js';
import type { PaperJob } from './paper/paper-worker.js';
import type { Sheet, SheetCell } from './sheet.js';

type Rows = readonly (readonly SheetCell[])[];
/** Rows that are laid out before bytes are taken: about one page. */
const BATCH = 40;
/** Memory of the thread; a paper of any length needs a fifth of it. */
const LIMITS = { maxOldGenerationSizeMb: 512 };
/** Papers that may wait while another is laid out. */
const LINE = 8;

let waiting = 0;
let last: Promise<void> = Promise.resolve();

/** Whether so many wait for their paper that one more is better refused. */
export const papersAreBusy = (): boolean => waiting >= LINE;

/** Holds the turn of one paper: they are laid out one after the other, each in a thread. */
async function turn(): Promise<() => void> {
  const before = last;
  let done = (): void => {};
  last = new Promise((resolve) => {
    done = resolve;
  });
  waiting += 1;
  await before;
  waiting -= 1;
  return done;
}

/** The thread that lays out one paper; it is given rows and gives back what is ready to leave. */
class Apart {
  private readonly worker: Worker;
  private readonly failed: Promise<never>;

  constructor(workerData: PaperJob) {
    this.worker = new Worker(new URL('./paper/paper-worker.js', import.meta.url), {
      workerData,
      resourceLimits: LIMITS,
    });
    this.failed = new Promise((_resolve, reject) => {
      this.worker.once('error', reject);
      this.worker.once('exit', () => reject(new Error('the thread of a paper ended before it')));
    });
    this.failed.catch(() => undefined);
  }

  /** `null`: these were all. */
  async laidOut(rows: Rows | null): Promise<Uint8Array> {
    const answered = new Promise<Uint8Array>((resolve) => this.worker.once('message', resolve));
    this.worker.postMessage(rows);
    return Promise.race([answered, this.failed]);
  }

  async end(): Promise<void> {
    await this.worker.terminate();
  }
}

async function* batchesOf(rows: Sheet['rows']): AsyncGenerator<Rows> {
  let batch: (readonly SheetCell[])[] = [];
  for await (const cells of rows) {
    batch.push(cells);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

/** How far a paper runs ahead of whoever takes it, in bytes, and for how many milliseconds it waits then. */
export interface Patience {
  readonly held: number;
  readonly wait: number;
}
const PATIENCE: Patience = { held: 4 * 1024 * 1024, wait: 30_000 };

/** Hands bytes on; whoever takes none of them for too long makes others wait for their turn, and loses the paper. */
async function put(out: PassThrough, bytes: Uint8Array, wait: number): Promise<void> {
  if (bytes.length === 0 || out.destroyed || out.write(bytes)) return;
  const options = { signal: AbortSignal.timeout(wait) };
  await Promise.race([once(out, 'drain', options), once(out, 'close', options)]);
}

async function layOut(job: PaperJob, all: Sheet['rows'], out: PassThrough, wait: number): Promise<void> {
  const done = await turn();
  const apart = new Apart(job);
  try {
    for await (const rows of batchesOf(all)) {
      await put(out, await apart.laidOut(rows), wait);
      if (out.destroyed) return;
    }
    out.end(await apart.laidOut(null));
  } finally {
    done();
    await apart.end();
  }
}

async function* laidOutPaper(job: PaperJob, rows: Sheet['rows'], { held, wait }: Patience): AsyncGenerator<Uint8Array> {
  const out = new PassThrough({ highWaterMark: held });
  const laidOut = layOut(job, rows, out, wait).catch((error: unknown) => {
    out.destroy(error as Error);
  });
  try {
    for await (const piece of out as AsyncIterable<Uint8Array>) yield piece;
  } finally {
    await laidOut;
  }
}

/** The sheet on paper, as PDF, laid out as its rows are read. The same rows give the same bytes. */
export function paperOf(
  { title, notes, columns, signatures = [], rows }: Sheet,
  patience: Patience = PATIENCE,
): AsyncGenerator<Uint8Array> {
  return laidOutPaper({ head: { title, notes, columns, signatures } }, rows, patience);
}

async function* noRows(): AsyncGenerator<readonly SheetCell[]> {}

/** The letter on paper, as PDF. The same letter gives the same bytes. */
export const letterOf = (letter: Letter, patience: Patience = PATIENCE): AsyncGenerator<Uint8Array> =>
  laidOutPaper({ letter }, noRows(), patience);
