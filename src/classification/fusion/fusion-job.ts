import type { Id } from '../../kernel/ids.js';
import type { Principal } from '../../kernel/principal.js';
import { ok } from '../../kernel/result.js';
import type { Spool, Transaction, UnitOfWork } from '../../persistence/index.js';
import {
  type ExactFusion,
  type FusionAssessment,
  type FusionFailure,
  linkedDatasets,
  links,
  pairKey,
} from '../domain/fusion-assessment.js';
import { ended } from '../domain/sample.js';
import type { FusionStore } from '../fusion-store.js';
import type { Reading } from '../samples/own-process.js';
import type { SampleProgress } from '../samples/sample-job.js';
import type { Turns } from '../samples/turns.js';
import { tellFusion } from './fusion-events.js';
import { type FusionKnowledge, wholePairs } from './fusion-knowledge.js';
import type { FusionReader, FusionReport } from './fusion-reader.js';

/** Who puts datasets before a person that together with others single records out. */
export type Joined = (tx: Transaction, datasets: readonly Id[], fusion: Id) => Promise<void>;

export interface FusionJobDeps {
  readonly unit: UnitOfWork;
  readonly fusions: FusionStore;
  readonly knowledge: FusionKnowledge;
  readonly spool: Spool;
  readonly fuse: FusionReader;
  readonly joined: Joined;
  /** Pattern of the marks that forbid reading on, of all packs in force. */
  readonly mark: () => string | null;
  /** Milliseconds that joining the files may take. */
  readonly budget: number;
}

/** The datasets a file was sent of, with the place of each file in the spool. */
export type Sent = readonly { readonly dataset: Id; readonly file: Id }[];

const LOOK = 500;

/** Files being joined: they wait their turn, are read in a process of their own, and are deleted before anything is kept. */
export class FusionJob {
  progress: SampleProgress = { phase: 'waiting', share: null };
  private readonly stopping = new AbortController();

  constructor(
    private readonly deps: FusionJobDeps,
    private readonly fusion: FusionAssessment,
    private readonly sent: Sent,
    private readonly principal: Principal,
  ) {}

  /** Ends it; what becomes of the fusion is said by whoever does. */
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
    for (const { file } of this.sent) await this.deps.spool.drop(file);
  }

  private reading(): Promise<Reading<FusionReport>> {
    const { spool, fuse, budget, mark } = this.deps;
    this.progress = { phase: 'reading', share: null };
    const onProgress = (share: number | null): void => {
      this.progress = { phase: 'reading', share };
    };
    const task = { paths: this.sent.map(({ file }) => spool.path(file)), mark: mark() };
    return fuse(task, { budget, signal: this.stopping.signal, onProgress });
  }

  private async look(): Promise<void> {
    const now = await this.deps.unit.read((reader) => this.deps.fusions.find(reader, this.fusion.id)).catch(() => null);
    if (now !== null && now.state !== 'running') this.stop();
  }

  private async conclude(reading: Reading<FusionReport>): Promise<void> {
    switch (reading.kind) {
      case 'stopped':
        return;
      case 'out-of-time':
        return this.giveUp({ code: 'time-budget', detail: `not joined within ${this.deps.budget / 1000} seconds` });
      case 'failed':
        return this.giveUp({ code: 'reader-failed', detail: 'the reading process ended without a report' });
      case 'read':
        return reading.report.kind === 'refused'
          ? this.giveUp(this.failureOf(reading.report))
          : this.keep(reading.report);
      default:
        return reading satisfies never;
    }
  }

  private failureOf({ file, code, detail }: Extract<FusionReport, { kind: 'refused' }>): FusionFailure {
    const dataset = this.sent[file - 1]?.dataset;
    return { code, detail, ...(dataset === undefined ? {} : { dataset }) };
  }

  private async keep({ pairs }: Extract<FusionReport, { kind: 'fused' }>): Promise<void> {
    this.progress = { phase: 'judging', share: null };
    const { unit, fusions, joined } = this.deps;
    const names = (place: number): Id => this.sent[place - 1]?.dataset ?? '';
    const figures = new Map(pairs.map(({ first, second, fusion }) => [pairKey(names(first), names(second)), fusion]));
    await unit.run(async (tx) => {
      const fusion = await this.running(tx);
      if (fusion === null) return ok(undefined);
      const datasets = fusion.datasets.map(({ dataset }) => dataset);
      await tx.lock('dataset', datasets);
      const done = await fusions.update(tx, ended(await this.counted(tx, fusion, figures), 'done', tx.now));
      const counts = { pairs: done.pairs.length, linking: done.pairs.filter(links).length };
      tellFusion(tx, 'fusion.assessed', done, this.principal, counts);
      await joined(tx, linkedDatasets(done), done.id);
      return ok(undefined);
    });
  }

  /** Every pair: what the assessments say now, and the figures of the files where both were sent. */
  private async counted(
    tx: Transaction,
    fusion: FusionAssessment,
    figures: ReadonlyMap<string, ExactFusion['figures']>,
  ): Promise<FusionAssessment> {
    const { knowledge } = this.deps;
    const ids = fusion.datasets.map(({ dataset }) => dataset);
    const current = await knowledge.current(tx, ids);
    const known = await knowledge.of(tx, wholePairs(ids));
    return {
      ...fusion,
      datasets: fusion.datasets.map((one) => ({ ...one, assessment: current.get(one.dataset)?.id ?? null })),
      pairs: known.map(({ first, second, shared }) => {
        const found = figures.get(pairKey(first, second));
        return {
          first,
          second,
          shared,
          exact: found === undefined ? null : { fusion: fusion.id, at: tx.now, figures: found },
        };
      }),
    };
  }

  private async giveUp(failure: FusionFailure): Promise<void> {
    await this.deps.unit.run(async (tx) => {
      const fusion = await this.running(tx);
      if (fusion === null) return ok(undefined);
      const given = await this.deps.fusions.update(tx, ended(fusion, 'not-assessed', tx.now, failure));
      tellFusion(tx, 'fusion.not-assessed', given, this.principal, { code: failure.code });
      return ok(undefined);
    });
  }

  /** The fusion as it stands, or null when somebody has ended it. */
  private async running(tx: Transaction): Promise<FusionAssessment | null> {
    const fusion = await this.deps.fusions.find(tx, this.fusion.id);
    return fusion?.state === 'running' ? fusion : null;
  }
}
