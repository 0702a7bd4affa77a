import type { Principal } from '../../kernel/principal.js';
import { err, ok } from '../../kernel/result.js';
import type { AssessmentService } from '../assessment-service.js';
import { ended, type Sample } from '../domain/sample.js';
import type { Report } from '../files/report.js';
import { evidenceOf } from '../local-report.js';
import type { Packs } from '../packs/load.js';
import { type Allowed, FileJob, type JobGround, type Kept } from './file-job.js';
import type { Reading } from './own-process.js';
import { tellSample } from './sample-events.js';
import type { SampleReader } from './sample-reader.js';

export interface JobDeps extends JobGround<Sample> {
  readonly service: AssessmentService;
  readonly packs: Packs;
  readonly read: SampleReader;
}

/** What a job is about, beside its sample. */
export interface SampleTask {
  readonly principal: Principal;
  readonly pack: string;
  readonly header: boolean;
  readonly quasiIdentifiers: readonly string[];
}

/** One file being assessed. */
export class SampleJob extends FileJob<Sample, Report> {
  constructor(
    private readonly deps: JobDeps,
    private readonly sample: Sample,
    private readonly task: SampleTask,
  ) {
    super(deps, sample.id, task.principal, [sample.id]);
  }

  protected async read(allowed: Allowed): Promise<Reading<Report>> {
    const { spool, packs, read } = this.deps;
    const compiled = packs.current(this.task.pack);
    if (compiled === null) return { kind: 'failed' };
    const { header, quasiIdentifiers } = this.task;
    return read({ path: spool.path(this.sample.id), pack: compiled.pack, header, quasiIdentifiers }, allowed);
  }

  protected tooLate(seconds: number): string {
    return `not read within ${seconds} seconds`;
  }

  protected async keep(report: Kept<Report>): Promise<void> {
    const { id, dataset } = this.sample;
    const { risk, lowering } = report;
    const evidence = evidenceOf(report, 'sample', { risk, lowering });
    const outcome = await this.deps.unit.run(async (tx) => {
      await tx.lock('dataset', [dataset]);
      const sample = await this.running(tx);
      if (sample === null) return ok(undefined);
      const row = await this.deps.service.submit(tx, this.task.principal, dataset, evidence, id);
      if (!row.ok) return err(row.error);
      const done = await this.deps.records.update(tx, ended(sample, 'done', tx.now));
      tellSample(tx, 'sample.assessed', done, this.task.principal, { rows: report.rows });
      return ok(undefined);
    });
    if (!outcome.ok) await this.giveUp({ code: outcome.error.code, detail: outcome.error.detail ?? '' });
  }
}
