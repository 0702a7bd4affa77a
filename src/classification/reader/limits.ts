/** Limits that keep memory bounded whatever a source holds. */
export const LIMITS = {
  /** Characters of one record. */
  recordBytes: 4 * 1024 * 1024,
  columns: 4096,
  /** Characters in which separator and header are looked for. */
  headerSample: 65_536,
} as const;

/** The time given for a reading or a question is spent. */
export class TimeUp extends Error {
  override readonly name = 'TimeUp';
  constructor() {
    super('the time given is spent');
  }
}

/** The memory given is spent: asking on would grow beyond it. */
export class OutOfMemory extends Error {
  override readonly name = 'OutOfMemory';
  constructor() {
    super('out of memory');
  }
}

/** How far a reading is. */
export interface Progress {
  /** `recognising`: hash and encoding; `reading`: cell by cell. */
  readonly phase: 'recognising' | 'reading';
  readonly bytes: number;
  /** Bytes of the source. */
  readonly of: number;
}

/** What a caller allows: time in milliseconds, a way to stop it, and who is told how far it is. */
export interface Allowance {
  readonly budget?: number;
  readonly signal?: AbortSignal;
  readonly progress?: (progress: Progress) => void;
}

/** Watches over one reading: throws `TimeUp` past the budget, and the signal's reason once it was cancelled. */
export class Watch {
  private readonly end: number;

  constructor(
    private readonly allowance: Allowance = {},
    private readonly now: () => number = () => performance.now(),
  ) {
    this.end = now() + (allowance.budget ?? Number.POSITIVE_INFINITY);
  }

  /** Milliseconds left; `Infinity` without a budget. */
  get left(): number {
    return Math.max(0, this.end - this.now());
  }

  get signal(): AbortSignal | undefined {
    return this.allowance.signal;
  }

  check(): void {
    this.allowance.signal?.throwIfAborted();
    if (this.now() >= this.end) throw new TimeUp();
  }

  tell(progress: Progress): void {
    this.check();
    this.allowance.progress?.(progress);
  }
}
