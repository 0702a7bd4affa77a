import type { Readable } from 'node:stream';
import type { Id, Ids } from '../../kernel/ids.js';
import type { Principal } from '../../kernel/principal.js';
import { refusal } from '../../kernel/refusal.js';
import { err, ok, type Result } from '../../kernel/result.js';
import { type Kept, once, type Reader, type Transaction } from '../../persistence/index.js';
import type { DatasetPort } from '../dataset-port.js';
import { type FusionAssessment, MOST_FUSED } from '../domain/fusion-assessment.js';
import type { FusionStore } from '../fusion-store.js';
import type { SampleProgress, WorkRecords } from '../samples/file-job.js';
import { Workshop, type WorkshopDeps } from '../samples/workshop.js';
import { tellFusion } from './fusion-events.js';
import { FusionJob, type FusionJobDeps } from './fusion-job.js';
import { wholePairs } from './fusion-knowledge.js';
import { mayCompare, maySeeFusion } from './fusion-sight.js';

export interface FusionDeps extends Omit<FusionJobDeps, 'records'>, Omit<WorkshopDeps<FusionAssessment>, 'records'> {
  readonly ids: Ids;
  readonly fusions: FusionStore;
  readonly datasets: DatasetPort;
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

const fileId = (id: Id, at: number): Id => `${id}-${at}`;
const filesOf = (id: Id): Id[] => Array.from({ length: MOST_FUSED }, (_, at) => fileId(id, at));

const TRADE = {
  most: MOST_FUSIONS,
  filesOf,
  gone: 'the server that worked on it has ended; the files are gone',
};

/** What datasets tell together: by their assessments at once, by files of theirs beside the requests. */
export class FusionService {
  private readonly workshop: Workshop<FusionAssessment>;
  private readonly job: FusionJobDeps;

  constructor(private readonly deps: FusionDeps) {
    const { fusions } = deps;
    const records: WorkRecords<FusionAssessment> = {
      find: (reader, id) => fusions.find(reader, id),
      running: (reader) => fusions.running(reader),
      update: (tx, fusion) => fusions.update(tx, fusion),
      tell: (tx, event, fusion, by, more) => tellFusion(tx, `fusion.${event}`, fusion, by, more),
    };
    this.job = { ...deps, records };
    this.workshop = new Workshop({ ...deps, records }, TRADE);
  }

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
    const free = this.workshop.hasRoom();
    if (!free.ok) return free;
    const id = this.deps.ids.next();
    let room = LIMIT;
    return this.workshop.take(id, async () => {
      const arrived = await receive(async (file, at) => {
        const kept = await this.deps.spool.keep(fileId(id, at), file, room);
        room -= kept.bytes;
        return kept;
      });
      return arrived.ok ? this.begin(id, asking, arrived.value) : arrived;
    });
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
    return ok(await this.workshop.cancel(tx, principal, fusion));
  }

  /** How far it is, where this instance works on it. */
  progressOf(id: Id): SampleProgress | null {
    return this.workshop.progressOf(id);
  }
  /** Ends what a crash left running and deletes its files. Call at start, and now and then. */
  recover(): Promise<void> {
    return this.workshop.recover();
  }
  /** Resolves when nothing is being joined here. */
  settled(): Promise<void> {
    return this.workshop.settled();
  }
  /** Ends every job and its files; they are told as interrupted. */
  stop(): Promise<void> {
    return this.workshop.stop();
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
    if (!replayed) this.workshop.begin(id, new FusionJob(this.job, made.value, sent, principal));
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
}
