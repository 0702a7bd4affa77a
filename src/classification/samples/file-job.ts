import type { Id } from '../../kernel/ids.js';
import type { Principal } from '../../kernel/principal.js';
import { ok } from '../../kernel/result.js';
import type { Reader, Spool, Transaction, UnitOfWork } from '../../persistence/index.js';
import { ended, type Sample, type SampleFailure } from '../domain/sample.js';
import type { Reading, ReadingProgress } from './own-process.js';
import type { Turns } from './turns.js';

/** The record of work on files: who does it, and how it ended. */
export type FileWork = Pick<
  Sample,
  'id' | 'version' | 'state' | 'host' | 'processId' | 'failure' | 'deadlineAt' | 'endedAt'
>;

/** Where records of one kind of work are kept, and how the log is told of them. */
export interface WorkRecords<Work extends FileWork> {
  find(reader: Reader, id: Id): Promise<Work | null>;
  /** All that have not ended. */
  running(reader: Reader): Promise<readonly Work[]>;
  update(tx: Transaction, work: Work): Promise<Work>;
  /** `event`: what became of it, without the kind of work before it. */
  tell(
    tx: Transaction,
    event: 'not-assessed' | 'cancelled',
    work: Work,
    by: Principal | null,
    more?: Readonly<Record<string, unknown>>,
  ): void;
}

/** How far a job is. `share` is null where that cannot be known. */
export const SAMPLE_PHASES = ['waiting', 'reading', 'measuring', 'judging'] as const;
export type SamplePhase = (typeof SAMPLE_PHASES)[number];
export interface SampleProgress {
  readonly phase: SamplePhase;
  readonly share: number | null;
}

/** What every job works with. */
export interface JobGround<Work extends FileWork> {
  readonly unit: UnitOfWork;
  readonly records: WorkRecords<Work>;
  readonly spool: Spool;
  /** Milliseconds that reading may take. */
  readonly budget: number;
}

type Refused = { readonly kind: 'refused' } & SampleFailure;
/** A report of the kind that gives something to keep. */
export type Kept<Report extends { readonly kind: string }> = Exclude<Report, { readonly kind: 'refused' }>;

/** What reading is given. */
export interface Allowed {
  readonly budget: number;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: ReadingProgress) => void;
}

const LOOK = 500;

/**
 * Files being worked on: they wait their turn, are read in a process of their own, and are deleted before anything of
 * what was found is kept. Whoever ends the record meanwhile, here or on another instance, ends the job.
 */
export abstract class FileJob<Work extends FileWork, Report extends { readonly kind: string }> {
  progress: SampleProgress = { phase: 'waiting', share: null };
  private readonly stopping = new AbortController();

  protected constructor(
    protected readonly ground: JobGround<Work>,
    private readonly id: Id,
    protected readonly principal: Principal,
    private readonly files: readonly Id[],
  ) {}

  /** Reads the files; what it gives is all that is known of them. */
  protected abstract read(allowed: Allowed): Promise<Reading<Report | Refused>>;
  /** Keeps what was found, where nobody has ended the work. */
  protected abstract keep(report: Kept<Report>): Promise<void>;
  /** What is said when the time was not enough. */
  protected abstract tooLate(seconds: number): string;
  protected failureOf({ code, detail, remedy }: Refused): SampleFailure {
    return { code, detail, ...(remedy === undefined ? {} : { remedy }) };
  }

  /** Ends it; what becomes of the record is said by whoever does. */
  stop(): void {
    this.stopping.abort();
  }

  async work(turns: Turns): Promise<void> {
    const looking = setInterval(() => void this.look(), LOOK);
    try {
      const reading = await turns.take(this.stopping.signal, () => this.reading(), { kind: 'stopped' } as const);
      await this.drop();
      await this.conclude(reading);
    } finally {
      clearInterval(looking);
      await this.drop();
    }
  }

  private async drop(): Promise<void> {
    for (const file of this.files) await this.ground.spool.drop(file);
  }

  private reading(): Promise<Reading<Report | Refused>> {
    const onProgress = (progress: ReadingProgress): void => {
      this.progress = progress;
    };
    onProgress({ phase: 'reading', share: null });
    return this.read({ budget: this.ground.budget, signal: this.stopping.signal, onProgress });
  }

  private async look(): Promise<void> {
    const { unit, records } = this.ground;
    const now = await unit.read((reader) => records.find(reader, this.id)).catch(() => null);
    if (now !== null && now.state !== 'running') this.stop();
  }

  private async conclude(reading: Reading<Report | Refused>): Promise<void> {
    switch (reading.kind) {
      case 'stopped':
        return;
      case 'out-of-time':
        return this.giveUp({ code: 'time-budget', detail: this.tooLate(this.ground.budget / 1000) });
      case 'failed':
        return this.giveUp({ code: 'reader-failed', detail: 'the reading process ended without a report' });
      case 'read': {
        const { report } = reading;
        if (report.kind === 'refused') return this.giveUp(this.failureOf(report as Refused));
        this.progress = { phase: 'judging', share: null };
        return this.keep(report as Kept<Report>);
      }
      default:
        return reading satisfies never;
    }
  }

  protected async giveUp(failure: SampleFailure): Promise<void> {
    const { unit, records } = this.ground;
    await unit.run(async (tx) => {
      const work = await this.running(tx);
      if (work === null) return ok(undefined);
      const given = await records.update(tx, ended(work, 'not-assessed', tx.now, failure));
      records.tell(tx, 'not-assessed', given, this.principal, { code: failure.code });
      return ok(undefined);
    });
  }

  /** The record as it stands, or null when somebody has ended it. */
  protected async running(tx: Transaction): Promise<Work | null> {
    const work = await this.ground.records.find(tx, this.id);
    return work?.state === 'running' ? work : null;
  }
}
