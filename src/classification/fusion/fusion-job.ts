import type { Id } from '../../kernel/ids.js';
import type { Principal } from '../../kernel/principal.js';
import { ok } from '../../kernel/result.js';
import type { Transaction } from '../../persistence/index.js';
import {
  type ExactFusion,
  type FusionAssessment,
  type FusionFailure,
  linkedDatasets,
  links,
  pairKey,
} from '../domain/fusion-assessment.js';
import { ended } from '../domain/sample.js';
import { type Allowed, FileJob, type JobGround, type Kept } from '../samples/file-job.js';
import type { Reading } from '../samples/own-process.js';
import { tellFusion } from './fusion-events.js';
import { type FusionKnowledge, wholePairs } from './fusion-knowledge.js';
import type { FusionReader, FusionReport } from './fusion-reader.js';

/** Who puts datasets before a person that together with others single records out. */
export type Joined = (tx: Transaction, datasets: readonly Id[], fusion: Id) => Promise<void>;

export interface FusionJobDeps extends JobGround<FusionAssessment> {
  readonly knowledge: FusionKnowledge;
  readonly fuse: FusionReader;
  readonly joined: Joined;
  /** Pattern of the marks that forbid reading on, of all packs in force. */
  readonly mark: () => string | null;
}

/** The datasets a file was sent of, with the place of each file in the spool. */
export type Sent = readonly { readonly dataset: Id; readonly file: Id }[];

/** Files being joined. */
export class FusionJob extends FileJob<FusionAssessment, FusionReport> {
  constructor(
    private readonly deps: FusionJobDeps,
    private readonly fusion: FusionAssessment,
    private readonly sent: Sent,
    principal: Principal,
  ) {
    super(
      deps,
      fusion.id,
      principal,
      sent.map(({ file }) => file),
    );
  }

  protected read(allowed: Allowed): Promise<Reading<FusionReport>> {
    const { spool, fuse, mark } = this.deps;
    return fuse({ paths: this.sent.map(({ file }) => spool.path(file)), mark: mark() }, allowed);
  }

  protected tooLate(seconds: number): string {
    return `not joined within ${seconds} seconds`;
  }

  protected override failureOf({ file, code, detail }: Extract<FusionReport, { kind: 'refused' }>): FusionFailure {
    const dataset = this.sent[file - 1]?.dataset;
    return { code, detail, ...(dataset === undefined ? {} : { dataset }) };
  }

  protected async keep({ pairs }: Kept<FusionReport>): Promise<void> {
    const { unit, records, joined } = this.deps;
    const names = (place: number): Id => this.sent[place - 1]?.dataset ?? '';
    const figures = new Map(pairs.map(({ first, second, fusion }) => [pairKey(names(first), names(second)), fusion]));
    await unit.run(async (tx) => {
      const fusion = await this.running(tx);
      if (fusion === null) return ok(undefined);
      const datasets = fusion.datasets.map(({ dataset }) => dataset);
      await tx.lock('dataset', datasets);
      const done = await records.update(tx, ended(await this.counted(tx, fusion, figures), 'done', tx.now));
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
}
