import type { Readable } from 'node:stream';
import type { Id, Ids } from '../../kernel/ids.js';
import type { Principal } from '../../kernel/principal.js';
import { refusal } from '../../kernel/refusal.js';
import { err, ok, type Result } from '../../kernel/result.js';
import { Underway } from '../../kernel/underway.js';
import { type Kept, once, type Reader, TooLarge, type Transaction } from '../../persistence/index.js';
import type { DatasetPort } from '../dataset-port.js';
import { type FusionAssessment, MOST_FUSED } from '../domain/fusion-assessment.js';
import { ended, isAbandoned } from '../domain/sample.js';
import { isAlive } from '../samples/own-process.js';
import type { SampleProgress } from '../samples/sample-job.js';
import type { Turns } from '../samples/turns.js';
import { tellFusion } from './fusion-events.js';
import { FusionJob, type FusionJobDeps, type Sent } from './fusion-job.js';
import { wholePairs } from './fusion-knowledge.js';
import { mayCompare, maySeeFusion } from './fusion-sight.js';

export interface FusionDeps extends FusionJobDeps {
  readonly ids: Ids;
  readonly datasets: DatasetPort;
  /** One reading at a time, whatever is read. */
  readonly turns: Turns;
  /** Name of this machine, and the number of this process on it. */
  readonly host: string;
  readonly processId: number;
  /** True where no other instance can work on the same database. */
  readonly alone: boolean;
  readonly onFault: (error: unknown) => void;
}

/** Who asks for files to be joined; Idempotency-Key and path where the caller sent a key. */
export interface Asking {
  readonly principal: Principal;
  readonly keyed: { readonly key: string; readonly path: string } | null;
}

/** The datasets to compare, and the file of each that was sent, by dataset. */
export interface ArrivedFiles {
  readonly datasets: readonly Id[];
  readonly files: ReadonlyMap<string, Kept>;
}

/** Takes the next file of a request in. */
export type KeepFile = (file: Readable, at: number) => Promise<Kept>;

/** Requests whose files lie here at a time, waiting ones included: bounds the disk. */
export const MOST_FUSIONS = 4;
/** Bytes of all files of one request. */
const LIMIT = 256 * 1024 * 1024;
/** An upload that nobody wrote to for so long is no longer being sent. */
const SENT = 120_000;

const fileId = (id: Id, at: number): Id => `${id}-${at}`;
const filesOf = (id: Id): Id[] => Array.from({ length: MOST_FUSED }, (_, at) => fileId(id, at));

/** What datasets tell together: by their assessments at once, by files of theirs beside the requests. */
export class FusionService {
  private readonly working = new Underway<FusionJob>();
  /** Requests whose files are being sent. */
  private readonly arriving = new Set<Id>();
  private stopped = false;
  /** Until the first look, files of a process before this one lie about. */
  private swept = false;

  constructor(private readonly deps: FusionDeps) {}

  /** Compares datasets by what is known already; nothing is read, so that it is done at once. */
  async compare(tx: Transaction, principal: Principal, datasets: readonly Id[]): Promise<Result<FusionAssessment>> {
    const id = this.deps.ids.next();
    const begun = await this.begun(tx, id, principal, { datasets, files: new Map() });
    if (!begun.ok) return begun;
    const known = await this.deps.knowledge.of(tx, wholePairs(datasets));
    const pairs = known.map(({ first, second, shared, exact }) => ({
      first,
      second,
      shared,
      exact: exact?.current === true ? { fusion: exact.fusion, at: exact.at, figures: exact.figures } : null,
    }));
    const done: FusionAssessment = { ...begun.value, state: 'done', pairs, endedAt: tx.now };
    await this.deps.fusions.insert(tx, done);
    tellFusion(tx, 'fusion.compared', done, principal, { pairs: pairs.length });
    return ok(done);
  }

  /** Takes files in and has them joined. `receive` reads the request and hands each file to `keep`. */
  async start(
    asking: Asking,
    receive: (keep: KeepFile) => Promise<Result<ArrivedFiles>>,
  ): Promise<Result<{ readonly id: Id; readonly replayed: boolean }>> {
    if (this.stopped || this.working.size + this.arriving.size >= MOST_FUSIONS)
      return err(refusal('too-many-samples', undefined, { retryAfterSeconds: 30 }));
    const id = this.deps.ids.next();
    this.arriving.add(id);
    let room = LIMIT;
    try {
      const arrived = await receive(async (file, at) => {
        const kept = await this.deps.spool.keep(fileId(id, at), file, room);
        room -= kept.bytes;
        return kept;
      });
      return arrived.ok ? await this.begin(id, asking, arrived.value) : arrived;
    } catch (error) {
      if (error instanceof TooLarge) return err(refusal('too-large'));
      throw error;
    } finally {
      this.arriving.delete(id);
      if (!this.working.has(id)) for (const file of filesOf(id)) await this.deps.spool.drop(file);
    }
  }

  /** Ends it at somebody's wish; the job that works on it sees that, wherever it runs. */
  async cancel(
    tx: Transaction,
    principal: Principal,
    id: Id,
    fits: (fusion: FusionAssessment) => Result<void>,
  ): Promise<Result<FusionAssessment>> {
    const fusion = await this.deps.fusions.find(tx, id);
    if (fusion === null || !maySeeFusion(principal, fusion)) return err(refusal('not-found'));
    const fit = fits(fusion);
    if (!fit.ok) return fit;
    if (fusion.state !== 'running') return err(refusal('fusion-ended', `it is ${fusion.state}`));
    const cancelled = await this.deps.fusions.update(tx, ended(fusion, 'cancelled', tx.now));
    tellFusion(tx, 'fusion.cancelled', cancelled, principal);
    return ok(cancelled);
  }

  /** How far it is, where this instance works on it. */
  progressOf(id: Id): SampleProgress | null {
    return this.working.find(id)?.progress ?? null;
  }

  /** Ends what a crash left running and deletes its files. Call at start, and now and then. */
  async recover(): Promise<void> {
    const { unit, fusions, spool, alone, host } = this.deps;
    const { running, now } = await unit.read(async (reader) => ({
      running: await fusions.running(reader),
      now: reader.now,
    }));
    const worksOn = (fusion: FusionAssessment): boolean => this.lives(fusion);
    const abandoned = running.filter((fusion) => isAbandoned(fusion, { host, now, worksOn }));
    for (const { id } of abandoned) await this.interrupt(id);
    const alive = running.filter((one) => !abandoned.includes(one)).map(({ id }) => id);
    const ours = new Set([...this.working.ids, ...this.arriving, ...alive].flatMap(filesOf));
    await spool.sweep(ours, now, alone && !this.swept ? Number.NEGATIVE_INFINITY : SENT);
    this.swept = true;
  }

  /** Resolves when nothing is being joined here. */
  settled(): Promise<void> {
    return this.working.settled();
  }

  /** Ends every job and its files; they are told as interrupted. */
  async stop(): Promise<void> {
    this.stopped = true;
    const { ids } = this.working;
    this.working.stop();
    await this.settled();
    for (const id of ids) await this.interrupt(id);
  }

  private async begin(id: Id, { principal, keyed }: Asking, arrived: ArrivedFiles) {
    const made = await this.deps.unit.run(async (tx) => {
      const insert = () => this.insert(tx, id, principal, arrived);
      if (keyed === null) return insert();
      const caller = `${principal.kind}:${principal.id}`;
      const hashes = [...arrived.files].map(([dataset, { sha256 }]) => `${dataset} ${sha256}`).sort();
      const body = Buffer.from([arrived.datasets.join(' '), ...hashes].join('\n'));
      const outcome = await once(tx, { ...keyed, caller, method: 'POST', body }, insert);
      return outcome.ok ? ok(outcome.value.answer) : outcome;
    });
    if (!made.ok) return made;
    const replayed = made.value.id !== id;
    const sent = [...arrived.files.keys()].map((dataset, at) => ({ dataset, file: fileId(id, at) }));
    if (!replayed) this.work(made.value, sent, principal);
    return ok({ id: made.value.id, replayed });
  }

  private async insert(
    tx: Transaction,
    id: Id,
    principal: Principal,
    arrived: ArrivedFiles,
  ): Promise<Result<FusionAssessment>> {
    await tx.lock('dataset', arrived.datasets);
    const fusion = await this.begun(tx, id, principal, arrived);
    if (!fusion.ok) return fusion;
    if (await this.deps.fusions.isRunning(tx, arrived.datasets)) return err(refusal('fusion-running'));
    await this.deps.fusions.insert(tx, fusion.value);
    tellFusion(tx, 'fusion.received', fusion.value, principal);
    return fusion;
  }

  /** The record it begins with, where the caller may compare these datasets. */
  private async begun(
    reader: Reader & { readonly now: number },
    id: Id,
    principal: Principal,
    { datasets, files }: ArrivedFiles,
  ): Promise<Result<FusionAssessment>> {
    const records = await this.deps.datasets.findMany(reader, datasets);
    const publishers = new Map(records.map((record) => [record.id as Id, record.publisher]));
    if (datasets.some((dataset) => !publishers.has(dataset)) || !mayCompare(principal, records))
      return err(refusal('not-found'));
    const current = await this.deps.knowledge.current(reader, datasets);
    const { host, processId, budget } = this.deps;
    return ok({
      id,
      version: 1,
      state: 'running',
      datasets: datasets.map((dataset) => ({
        dataset,
        publisher: publishers.get(dataset) ?? '',
        assessment: current.get(dataset)?.id ?? null,
        sampled: files.has(dataset),
      })),
      pairs: [],
      bytes: [...files.values()].reduce((sum, { bytes }) => sum + bytes, 0),
      host,
      processId,
      submittedBy: principal.id,
      failure: null,
      createdAt: reader.now,
      deadlineAt: reader.now + budget * (MOST_FUSIONS + 10),
      endedAt: null,
    });
  }

  private work(fusion: FusionAssessment, sent: Sent, principal: Principal): void {
    const job = new FusionJob(this.deps, fusion, sent, principal);
    const ending = job.work(this.deps.turns).catch(async (error: unknown) => {
      this.deps.onFault(error);
      await this.interrupt(fusion.id).catch(() => undefined);
    });
    this.working.add(fusion.id, job, ending);
  }

  private lives({ id, processId }: FusionAssessment): boolean {
    return processId === this.deps.processId ? this.working.has(id) || this.arriving.has(id) : isAlive(processId);
  }

  private async interrupt(id: Id): Promise<void> {
    await this.deps.unit.run(async (tx) => {
      const fusion = await this.deps.fusions.find(tx, id);
      if (fusion?.state !== 'running') return ok(undefined);
      const failure = { code: 'interrupted', detail: 'the server that worked on it has ended; the files are gone' };
      const given = await this.deps.fusions.update(tx, ended(fusion, 'not-assessed', tx.now, failure));
      tellFusion(tx, 'fusion.not-assessed', given, null, { code: failure.code });
      return ok(undefined);
    });
  }
}
