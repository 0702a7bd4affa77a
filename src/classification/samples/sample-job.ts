import type { Principal } from '../../kernel/principal.js';
import { err, ok } from '../../kernel/result.js';
import type { Spool, Transaction, UnitOfWork } from '../../persistence/index.js';
import type { AssessmentService } from '../assessment-service.js';
import { ended, type Sample, type SampleFailure } from '../domain/sample.js';
import type { Report } from '../files/report.js';
import { evidenceOf } from '../local-report.js';
import type { Packs } from '../packs/load.js';
import type { SampleStore } from '../sample-store.js';
import { tellSample } from './sample-events.js';
import type { Reading } from './own-process.js';
import type { SampleReader } from './sample-reader.js';
import type { Turns } from './turns.js';

export interface JobDeps {
  readonly unit: UnitOfWork;
  readonly samples: SampleStore;
  readonly service: AssessmentService;
  readonly packs: Packs;
  readonly spool: Spool;
  readonly read: SampleReader;
  /** Milliseconds that reading one file may take. */
  readonly budget: number;
}

/** What a job is about, beside its sample. */
export interface SampleTask {
  readonly principal: Principal;
  readonly pack: string;
  readonly header: boolean;
}

/** How far a job is. `share` is null where that cannot be known. */
export type SamplePhase = 'waiting' | 'reading' | 'judging';
export interface SampleProgress {
  readonly phase: SamplePhase;
  readonly share: number | null;
}

const LOOK = 500;

/**
 * One file being assessed: waits its turn, is read in a process of its own, and is deleted before anything of what was
 * found is kept. Whoever ends the sample meanwhile, here or on another instance, ends the job.
 */
export class SampleJob {
  progress: SampleProgress = { phase: 'waiting', share: null };
  private readonly stopping = new AbortController();

  constructor(
    private readonly deps: JobDeps,
    private readonly sample: Sample,
    private readonly task: SampleTask,
  ) {}

  /** Ends it; what becomes of the sample is said by whoever does. */
  stop(): void {
    this.stopping.abort();
  }

  async work(turns: Turns): Promise<void> {
    const looking = setInterval(() => void this.look(), LOOK);
    try {
      const reading = await turns.take(this.stopping.signal, () => this.reading(), { kind: 'stopped' } as const);
      await this.deps.spool.drop(this.sample.id);
      await this.conclude(reading);
    } finally {
      clearInterval(looking);
      await this.deps.spool.drop(this.sample.id);
    }
  }

  private reading(): Promise<Reading<Report>> {
    const { spool, packs, read, budget } = this.deps;
    const compiled = packs.current(this.task.pack);
    if (compiled === null) return Promise.resolve({ kind: 'failed' });
    this.progress = { phase: 'reading', share: null };
    const onProgress = (share: number | null): void => {
      this.progress = { phase: 'reading', share };
    };
    const task = { path: spool.path(this.sample.id), pack: compiled.pack, header: this.task.header };
    return read(task, { budget, signal: this.stopping.signal, onProgress });
  }

  private async look(): Promise<void> {
    const now = await this.deps.unit.read((reader) => this.deps.samples.find(reader, this.sample.id)).catch(() => null);
    if (now !== null && now.state !== 'running') this.stop();
  }

  private async conclude(reading: Reading<Report>): Promise<void> {
    switch (reading.kind) {
      case 'stopped':
        return;
      case 'out-of-time':
        return this.giveUp({ code: 'time-budget', detail: `not read within ${this.deps.budget / 1000} seconds` });
      case 'failed':
        return this.giveUp({ code: 'reader-failed', detail: 'the reading process ended without a report' });
      case 'read':
        return reading.report.kind === 'refused'
          ? this.giveUp({ code: reading.report.code, detail: reading.report.detail })
          : this.assess(reading.report);
      default:
        return reading satisfies never;
    }
  }

  private async assess(report: Extract<Report, { kind: 'assessed' }>): Promise<void> {
    this.progress = { phase: 'judging', share: null };
    const { id, dataset } = this.sample;
    const { risk, lowering } = report;
    const evidence = evidenceOf(report, 'sample', { risk, lowering });
    const outcome = await this.deps.unit.run(async (tx) => {
      await tx.lock('dataset', [dataset]);
      const sample = await this.running(tx);
      if (sample === null) return ok(undefined);
      const row = await this.deps.service.submit(tx, this.task.principal, dataset, evidence, id);
      if (!row.ok) return err(row.error);
      const done = await this.deps.samples.update(tx, ended(sample, 'done', tx.now));
      tellSample(tx, 'sample.assessed', done, this.task.principal, { rows: report.rows });
      return ok(undefined);
    });
    if (!outcome.ok) await this.giveUp({ code: outcome.error.code, detail: outcome.error.detail ?? '' });
  }

  private async giveUp(failure: SampleFailure): Promise<void> {
    await this.deps.unit.run(async (tx) => {
      const sample = await this.running(tx);
      if (sample === null) return ok(undefined);
      const given = await this.deps.samples.update(tx, ended(sample, 'not-assessed', tx.now, failure));
      tellSample(tx, 'sample.not-assessed', given, this.task.principal, { code: failure.code });
      return ok(undefined);
    });
  }

  /** The sample as it stands, or null when somebody has ended it. */
  private async running(tx: Transaction): Promise<Sample | null> {
    const sample = await this.deps.samples.find(tx, this.sample.id);
    return sample?.state === 'running' ? sample : null;
  }
}
