import type { Readable } from 'node:stream';
import type { DatasetRecord } from '../../catalogue/index.js';
import { canonicalJson } from '../../kernel/canonical.js';
import type { Id, Ids } from '../../kernel/ids.js';
import type { Principal } from '../../kernel/principal.js';
import { refusal } from '../../kernel/refusal.js';
import { err, ok, type Result } from '../../kernel/result.js';
import { type Kept, once, type Reader, type Transaction } from '../../persistence/index.js';
import { maySee } from '../assessment-service.js';
import type { DatasetPort } from '../dataset-port.js';
import type { Sample } from '../domain/sample.js';
import type { SampleStore } from '../sample-store.js';
import type { SampleProgress, WorkRecords } from './file-job.js';
import { tellSample } from './sample-events.js';
import { type JobDeps, SampleJob } from './sample-job.js';
import { Workshop, type WorkshopDeps } from './workshop.js';

export interface SampleDeps extends Omit<JobDeps, 'records'>, Omit<WorkshopDeps<Sample>, 'records'> {
  readonly ids: Ids;
  readonly samples: SampleStore;
  readonly datasets: DatasetPort;
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
  readonly quasiIdentifiers: readonly string[];
}

/** Files that lie here at a time, waiting ones included: bounds the disk. */
export const MOST_SAMPLES = 8;
const TRADE = {
  most: MOST_SAMPLES,
  filesOf: (id: Id) => [id],
  gone: 'the server that worked on it has ended; the file is gone',
};

/** Takes files in, has them assessed one at a time, and deletes each as soon as it was read. */
export class SampleService {
  private readonly workshop: Workshop<Sample>;
  private readonly job: JobDeps;

  constructor(private readonly deps: SampleDeps) {
    const { samples } = deps;
    const records: WorkRecords<Sample> = {
      find: (reader, id) => samples.find(reader, id),
      running: (reader) => samples.running(reader),
      update: (tx, sample) => samples.update(tx, sample),
      tell: (tx, event, sample, by, more) => tellSample(tx, `sample.${event}`, sample, by, more),
    };
    this.job = { ...deps, records };
    this.workshop = new Workshop({ ...deps, records }, TRADE);
  }

  /**
   * Takes a file in. `receive` reads the request and hands the file to `keep`; it is only called when the caller may send
   * one now. 202 is answered from what this gives: the id of the assessment to come.
   */
  async start(
    arriving: Arriving,
    receive: (keep: (file: Readable, limit: number) => Promise<Kept>) => Promise<Result<Arrived>>,
  ): Promise<Result<{ readonly id: Id; readonly replayed: boolean }>> {
    const room = this.workshop.hasRoom();
    if (!room.ok) return room;
    const admitted = await this.deps.unit.read(async (reader) => {
      const record = await this.admitted(reader, arriving);
      if (!record.ok || arriving.keyed !== null) return record;
      // With a key it may be the same file again: whether one is running is then asked after the key.
      const free = await this.free(reader, arriving);
      return free.ok ? record : free;
    });
    if (!admitted.ok) return admitted;
    const id = this.deps.ids.next();
    return this.workshop.take(id, async () => {
      const arrived = await receive((file, limit) => this.deps.spool.keep(id, file, limit));
      return arrived.ok ? this.begin(id, arriving, arrived.value, admitted.value.pack) : arrived;
    });
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
    return ok(await this.workshop.cancel(tx, principal, sample));
  }

  /** How far a sample is, where this instance works on it. */
  progressOf(id: Id): SampleProgress | null {
    return this.workshop.progressOf(id);
  }
  /** Ends what a crash left running and deletes its files. Call at start, and now and then. */
  recover(): Promise<void> {
    return this.workshop.recover();
  }
  /** Resolves when no file is being worked on here. */
  settled(): Promise<void> {
    return this.workshop.settled();
  }
  /** Ends every job and its file; the samples are told as interrupted. */
  stop(): Promise<void> {
    return this.workshop.stop();
  }

  private async admitted(reader: Reader, { principal, dataset }: Arriving): Promise<Result<DatasetRecord>> {
    const record = await this.deps.datasets.find(reader, dataset);
    return record === null || !maySee(principal, record.publisher) ? err(refusal('not-found')) : ok(record);
  }

  private async free(reader: Reader, { dataset }: Arriving): Promise<Result<void>> {
    return (await this.deps.samples.isRunning(reader, dataset)) ? err(refusal('sample-running')) : ok(undefined);
  }

  private async begin(id: Id, arriving: Arriving, { kept, ...how }: Arrived, pack: string) {
    const { principal, keyed } = arriving;
    const made = await this.deps.unit.run(async (tx) => {
      const insert = () => this.insert(tx, id, arriving, kept);
      if (keyed === null) return insert();
      const caller = `${principal.kind}:${principal.id}`;
      const body = Buffer.from(`${kept.sha256} ${canonicalJson(how)}`);
      const outcome = await once(tx, { ...keyed, caller, method: 'POST', body }, insert);
      return outcome.ok ? ok(outcome.value.answer) : outcome;
    });
    if (!made.ok) return made;
    const replayed = made.value.id !== id;
    if (!replayed) this.workshop.begin(id, new SampleJob(this.job, made.value, { principal, pack, ...how }));
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
}
