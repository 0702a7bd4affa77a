import { hostname } from 'node:os';
import type { Route } from '../http/index.js';
import type { Ids } from '../kernel/ids.js';
import { Spool, type Table, type UnitOfWork } from '../persistence/index.js';
import { AssessmentQueries } from './assessment-queries.js';
import { AssessmentService } from './assessment-service.js';
import type { DatasetPort } from './dataset-port.js';
import { classificationRoutes as routes } from './http/classification-routes.js';
import type { Packs } from './packs/load.js';
import { SampleQueries } from './samples/sample-queries.js';
import { readInProcess, type SampleReader } from './samples/sample-reader.js';
import { SampleService } from './samples/sample-service.js';
import { AssessmentRow, assessmentTable } from './store/assessment-row.js';
import { databaseAssessmentStore } from './store/database-assessment-store.js';
import { databaseSampleStore } from './store/database-sample-store.js';
import { SampleRow, sampleTable } from './store/sample-row.js';
import { TierJudgeOfPacks } from './tier-judge.js';

/** What fills the catalogue's port; made before the catalogue, which needs it. */
export const createJudge = (ids: Ids, packs: Packs): TierJudgeOfPacks =>
  new TierJudgeOfPacks(packs, databaseAssessmentStore, ids);

/** Where uploaded samples lie while they are read, and how long that may take. */
export interface Sampling {
  readonly spool: string;
  /** Milliseconds for one file. */
  readonly budget: number;
  /** True where no other instance can work on the same database. */
  readonly alone: boolean;
  readonly onFault: (error: unknown) => void;
  /** Default: a process of its own for each file. */
  readonly read?: SampleReader;
}

export interface ClassificationDeps {
  readonly ids: Ids;
  readonly unit: UnitOfWork;
  readonly packs: Packs;
  readonly judge: TierJudgeOfPacks;
  readonly datasets: DatasetPort;
  readonly sampling: Sampling;
}

/** The slice, wired: acts of people on assessments, and read models for screens and other slices. */
export interface Classification {
  readonly packs: Packs;
  readonly assessments: AssessmentQueries;
  readonly service: AssessmentService;
  readonly samples: SampleService;
  readonly sampleQueries: SampleQueries;
}

export function createClassification(deps: ClassificationDeps): Classification {
  const { ids, unit, packs, judge, datasets } = deps;
  const { spool, read = readInProcess, ...sampling } = deps.sampling;
  const service = new AssessmentService(databaseAssessmentStore, datasets, judge, ids);
  const samples = new SampleService({
    ...sampling,
    ids,
    unit,
    packs,
    datasets,
    service,
    read,
    samples: databaseSampleStore,
    spool: new Spool(spool, 'sample'),
    host: hostname(),
    processId: process.pid,
  });
  return {
    packs,
    assessments: new AssessmentQueries(databaseAssessmentStore, packs),
    service,
    samples,
    sampleQueries: new SampleQueries(databaseSampleStore, datasets, samples),
  };
}

export const classificationRoutes = ({
  packs,
  service,
  assessments,
  samples,
  sampleQueries,
}: Classification): Route[] => routes({ packs, service, queries: assessments, samples, sampleQueries });

export const classificationEntities = [AssessmentRow, SampleRow];
// oxlint-disable-next-line typescript/no-explicit-any -- rows of every kind
export const classificationTables: readonly Table<any>[] = [assessmentTable, sampleTable];
