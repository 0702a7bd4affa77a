import type { Readable } from 'node:stream';
import type { DatasetRecord } from '../../catalogue/index.js';
import type { Id, Ids } from '../../kernel/ids.js';
import type { Principal } from '../../kernel/principal.js';
import { refusal } from '../../kernel/refusal.js';
import { err, ok, type Result } from '../../kernel/result.js';
import { Underway } from '../../kernel/underway.js';
import { type Kept, once, type Reader, TooLarge, type Transaction } from '../../persistence/index.js';
import { maySee } from '../assessment-service.js';
import type { DatasetPort } from '../dataset-port.js';
import { ended, type Here, isAbandoned, type Sample } from '../domain/sample.js';
import { isAlive } from './own-process.js';
import { tellSample } from './sample-events.js';
import { type JobDeps, SampleJob, type SampleProgress, type SampleTask } from './sample-job.js';
import type { Turns } from './turns.js';

export interface SampleDeps extends JobDeps {
  readonly ids: Ids;
  /** One file at a time, whatever is read from it. */
  readonly turns: Turns;
  readonly datasets: DatasetPort;
  /** Name of this machine, and the number of this process on it. */
  readonly host: string;
  readonly processId: number;
  /** True where no other instance can work on the same database. */
  readonly alone: boolean;
  readonly onFault: (error: unknown) => void;
}

/** What is known of an upload before it is read. */
export interface Arriving {
  readonly principal: Principal;
  readonly dataset: Id;
  /** Idempotency-Key and path, where the caller sent a key. */
  readonly keyed: { readonly key: string; readonly path: string } | null;
}

/** The file as it was kept, and how to read it. */
export interface Arrived {
  readonly kept: Kept;
  readonly header: boolean;
}

/** Files that lie here at a time, waiting ones included: bounds the disk. */
export const MOST_SAMPLES = 8;
/** An upload that nobody wrote to for so long is no longer being sent. */
const SENT = 120_000;

/** Takes files in, has them assessed one at a time, and deletes each as soon as it was read. */
export class SampleService {
  private readonly working = new Underway<SampleJob>();
  /** Files being sent, until a job has them. */
  private readonly arriving = new Set<Id>();
  private stopped = false;
  /** Until the first look, files of a process before this one lie about. */
  private swept = false;

  constructor(private readonly deps: SampleDeps) {}

  /**
   * Takes a file in. `receive` reads the request and hands the file to `keep`; it is only called when the caller may send
   * one now. 202 is answered from what this gives: the id of the assessment to come.
   */
  async start(
    arriving: Arriving,
    receive: (keep: (file: Readable, limit: number) => Promise<Kept>) => Promise<Result<Arrived>>,
  ): Promise<Result<{ readonly id: Id; readonly replayed: boolean }>> {
    if (this.stopped || this.working.size + this.arriving.size >= MOST_SAMPLES)
      return err(refusal('too-many-samples', undefined, { retryAfterSeconds: 30 }));
    const admitted = await this.deps.unit.read(async (reader) => {
      const record = await this.admitted(reader, arriving);
      if (!record.ok || arriving.keyed !== null) return record;
      // With a key it may be the same file again: whether one is running is then asked after the key.
      const free = await this.free(reader, arriving);
      return free.ok ? record : free;
    });
    if (!admitted.ok) return admitted;
    const id = this.deps.ids.next();
    this.arriving.add(id);
    try {
      const arrived = await receive((file, limit) => this.deps.spool.keep(id, file, limit));
      return arrived.ok ? await this.begin(id, arriving, arrived.value, admitted.value.pack) : arrived;
    } catch (error) {
      if (error instanceof TooLarge) return err(refusal('too-large'));
      throw error;
    } finally {
      this.arriving.delete(id);
      if (!this.working.has(id)) await this.deps.spool.drop(id);
    }
  }

  /** Ends a sample at somebody's wish; the job that works on it sees that, wherever it runs. */
  async cancel(
    tx: Transaction,
    principal: Principal,
    id: Id,
    fits: (sample: Sample) => Result<void>,
  ): Promise<Result<Sample>> {
    const sample = await this.deps.samples.find(tx, id);
    if (sample === null || !maySee(principal, sample.publisher)) return err(refusal('not-found'));
    const fit = fits(sample);
    if (!fit.ok) return fit;
    if (sample.state !== 'running') return err(refusal('sample-ended', `it is ${sample.state}`));
    const cancelled = await this.deps.samples.update(tx, ended(sample, 'cancelled', tx.now));
    tellSample(tx, 'sample.cancelled', cancelled, principal);
    return ok(cancelled);
  }

  /** How far a sample is, where this instance works on it. */
  progressOf(id: Id): SampleProgress | null {
    return this.working.find(id)?.progress ?? null;
  }

  /**
   * Ends what a crash left running and deletes its files. Call at start, and now and then: another instance may have ended
   * in the middle.
   */
  async recover(): Promise<void> {
    const { unit, samples, spool, alone } = this.deps;
    const { running, now } = await unit.read(async (reader) => ({
      running: await samples.running(reader),
      now: reader.now,
    }));
    const here: Here = { host: this.deps.host, now, worksOn: (sample) => this.lives(sample) };
    const abandoned = running.filter((sample) => isAbandoned(sample, here));
    for (const { id } of abandoned) await this.interrupt(id);
    const ours = new Set([
      ...this.working.ids,
      ...this.arriving,
      ...running.filter((one) => !abandoned.includes(one)).map(idOf),
    ]);
    await spool.sweep(ours, now, alone && !this.swept ? Number.NEGATIVE_INFINITY : SENT);
    this.swept = true;
  }

  /** Resolves when no file is being worked on here. */
  settled(): Promise<void> {
    return this.working.settled();
  }

  /** Ends every job and its file; the samples are told as interrupted. */
  async stop(): Promise<void> {
    this.stopped = true;
    const { ids } = this.working;
    this.working.stop();
    await this.settled();
    for (const id of ids) await this.interrupt(id);
  }

  private async admitted(reader: Reader, { principal, dataset }: Arriving): Promise<Result<DatasetRecord>> {
    const record = await this.deps.datasets.find(reader, dataset);
    return record === null || !maySee(principal, record.publisher) ? err(refusal('not-found')) : ok(record);
  }

  private async free(reader: Reader, { dataset }: Arriving): Promise<Result<void>> {
    return (await this.deps.samples.isRunning(reader, dataset)) ? err(refusal('sample-running')) : ok(undefined);
  }

  private async begin(id: Id, arriving: Arriving, { kept, header }: Arrived, pack: string) {
    const { principal, keyed } = arriving;
    const made = await this.deps.unit.run(async (tx) => {
      const insert = () => this.insert(tx, id, arriving, kept);
      if (keyed === null) return insert();
      const caller = `${principal.kind}:${principal.id}`;
      const body = Buffer.from(`${kept.sha256} ${header}`);
      const outcome = await once(tx, { ...keyed, caller, method: 'POST', body }, insert);
      return outcome.ok ? ok(outcome.value.answer) : outcome;
    });
    if (!made.ok) return made;
    const replayed = made.value.id !== id;
    if (!replayed) this.work(made.value, { principal, pack, header });
    return ok({ id: made.value.id, replayed });
  }

  private async insert(tx: Transaction, id: Id, arriving: Arriving, kept: Kept): Promise<Result<Sample>> {
    await tx.lock('dataset', [arriving.dataset]);
    const admitted = await this.admitted(tx, arriving);
    if (!admitted.ok) return admitted;
    const free = await this.free(tx, arriving);
    if (!free.ok) return free;
    const { host, processId, budget } = this.deps;
    const sample: Sample = {
      id,
      version: 1,
      dataset: arriving.dataset,
      publisher: admitted.value.publisher,
      state: 'running',
      bytes: kept.bytes,
      host,
      processId,
      submittedBy: arriving.principal.id,
      failure: null,
      createdAt: tx.now,
      deadlineAt: tx.now + budget * (MOST_SAMPLES + 1),
      endedAt: null,
    };
    await this.deps.samples.insert(tx, sample);
    tellSample(tx, 'sample.received', sample, arriving.principal);
    return ok(sample);
  }

  private work(sample: Sample, task: SampleTask): void {
    const job = new SampleJob(this.deps, sample, task);
    const ending = job.work(this.deps.turns).catch(async (error: unknown) => {
      this.deps.onFault(error);
      await this.interrupt(sample.id).catch(() => undefined);
    });
    this.working.add(sample.id, job, ending);
  }

  private lives({ id, processId }: Sample): boolean {
    return processId === this.deps.processId ? this.working.has(id) || this.arriving.has(id) : isAlive(processId);
  }

  private async interrupt(id: Id): Promise<void> {
    await this.deps.unit.run(async (tx) => {
      const sample = await this.deps.samples.find(tx, id);
      if (sample?.state !== 'running') return ok(undefined);
      const failure = { code: 'interrupted', detail: 'the server that worked on it has ended; the file is gone' };
      const given = await this.deps.samples.update(tx, ended(sample, 'not-assessed', tx.now, failure));
      tellSample(tx, 'sample.not-assessed', given, null, { code: failure.code });
      return ok(undefined);
    });
  }
}

const idOf = ({ id }: Sample): Id => id;
