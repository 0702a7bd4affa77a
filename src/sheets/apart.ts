import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { Worker } from 'node:worker_threads';
import type { SheetJob } from './sheet-worker.js';
import type { Sheet, SheetCell } from './sheet.js';

type Rows = readonly (readonly SheetCell[])[];
/** Rows that are written before bytes are taken: about one page. */
const BATCH = 40;
/** Memory of the thread; a paper of any length needs a fifth of it. */
const LIMITS = { maxOldGenerationSizeMb: 512 };
/** How many may wait while another is made. */
const LONGEST = 8;

/** Gives turns: what is made in threads of one kind is made one after the other. */
export class Line {
  private waiting = 0;
  private last: Promise<void> = Promise.resolve();

  /** Whether so many wait that one more is better refused. */
  get isLong(): boolean {
    return this.waiting >= LONGEST;
  }

  /** Comes with the turn; what it gives ends it. */
  async turn(): Promise<() => void> {
    const before = this.last;
    let done = (): void => {};
    this.last = new Promise((resolve) => {
      done = resolve;
    });
    this.waiting += 1;
    await before;
    this.waiting -= 1;
    return done;
  }
}

/** The thread that makes one sheet; it is given rows and gives back what is ready to leave. */
class Apart {
  private readonly worker: Worker;
  private readonly failed: Promise<never>;

  constructor(workerData: SheetJob) {
    this.worker = new Worker(new URL('./sheet-worker.js', import.meta.url), { workerData, resourceLimits: LIMITS });
    this.failed = new Promise((_resolve, reject) => {
      this.worker.once('error', reject);
      this.worker.once('exit', () => reject(new Error('the thread of a sheet ended before it')));
    });
    this.failed.catch(() => undefined);
  }

  /** `null`: these were all. */
  async written(rows: Rows | null): Promise<Uint8Array> {
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

/** How far a sheet runs ahead of whoever takes it, in bytes, and for how many milliseconds it waits then. */
export interface Patience {
  readonly held: number;
  readonly wait: number;
}
export const PATIENCE: Patience = { held: 4 * 1024 * 1024, wait: 30_000 };

/** Hands bytes on; whoever takes none of them for too long makes others wait for their turn, and loses the sheet. */
async function put(out: PassThrough, bytes: Uint8Array, wait: number): Promise<void> {
  if (bytes.length === 0 || out.destroyed || out.write(bytes)) return;
  const options = { signal: AbortSignal.timeout(wait) };
  await Promise.race([once(out, 'drain', options), once(out, 'close', options)]);
}

/** What is made: in whose turn, of which head and rows. */
export interface Making {
  readonly line: Line;
  readonly job: SheetJob;
  readonly rows: Sheet['rows'];
}

async function make({ line, job, rows: all }: Making, out: PassThrough, wait: number): Promise<void> {
  const done = await line.turn();
  const apart = new Apart(job);
  try {
    for await (const rows of batchesOf(all)) {
      await put(out, await apart.written(rows), wait);
      if (out.destroyed) return;
    }
    out.end(await apart.written(null));
  } finally {
    done();
    await apart.end();
  }
}

/** A sheet made in a thread of its own while its rows are read: whoever asks for access must not wait for it. */
export async function* madeApart(making: Making, { held, wait }: Patience): AsyncGenerator<Uint8Array> {
  const out = new PassThrough({ highWaterMark: held });
  const made = make(making, out, wait).catch((error: unknown) => {
    out.destroy(error as Error);
  });
  try {
    for await (const piece of out as AsyncIterable<Uint8Array>) yield piece;
  } finally {
    await made;
  }
}
