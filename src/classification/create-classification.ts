import { hostname } from 'node:os';
import type { Route } from '../http/index.js';
import type { Ids } from '../kernel/ids.js';
import { type Reactions, Spool, type Table, type UnitOfWork } from '../persistence/index.js';
import { AssessmentQueries } from './assessment-queries.js';
import { AssessmentService } from './assessment-service.js';
import type { DatasetPort } from './dataset-port.js';
import { classificationRoutes as routes } from './http/classification-routes.js';
import {
  createGoverning,
  type Governing,
  governingEntities,
  type GoverningGround,
  governingRoutes,
  governingTables,
} from './governing.js';
import { reclassificationRoutes } from './http/reclassification-routes.js';
import { worksheetRoutes } from './http/worksheet-routes.js';
import type { LatePort } from './late-update-clock.js';
import type { Packs } from './packs/load.js';
import { NOBODY_NAMED, type PeopleNames } from './people-names.js';
import { ReclassificationQueries } from './reclassification-queries.js';
import { ReclassificationService } from './reclassification-service.js';
import { NOTHING_RESTS, type RestingPort } from './resting-port.js';
import { type Fusing, fusingOf } from './create-fusion.js';
import { fusionRoutes } from './http/fusion-routes.js';
import { SampleQueries } from './samples/sample-queries.js';
import { readInProcess } from './samples/sample-reader.js';
import { SampleService } from './samples/sample-service.js';
import type { Sampling } from './samples/sampling.js';
import { Turns } from './samples/turns.js';
import { AssessmentRow, assessmentTable } from './store/assessment-row.js';
import { databaseAssessmentStore } from './store/database-assessment-store.js';
import { databaseReclassificationStore } from './store/database-reclassification-store.js';
import { databaseSampleStore } from './store/database-sample-store.js';
import { FusionDatasetRow, FusionRow, fusionTable } from './store/fusion-row.js';
import { ReclassificationRow, reclassificationTable } from './store/reclassification-row.js';
import { SampleRow, sampleTable } from './store/sample-row.js';
import { TierJudgeOfPacks } from './tier-judge.js';
import { type BodyNames, WorksheetService } from './worksheets/worksheet-service.js';

/** What fills the catalogue's port; made before the catalogue, which needs it. */
export const createJudge = (ids: Ids, packs: Packs): TierJudgeOfPacks =>
  new TierJudgeOfPacks(packs, databaseAssessmentStore, ids);

export interface ClassificationDeps {
  readonly ids: Ids;
  readonly unit: UnitOfWork;
  readonly packs: Packs;
  readonly judge: TierJudgeOfPacks;
  readonly datasets: DatasetPort;
  readonly sampling: Sampling;
  /** Names of bodies; left out, they are shown by their ids. */
  readonly names?: BodyNames;
  /** Names of people; left out, they are shown by their ids. */
  readonly people?: PeopleNames;
  /** Which renewals are overdue; left out, none is ever looked for. */
  readonly calendar?: LatePort;
  /** Left out where no tier changes. */
  readonly reactions?: Pick<Reactions, 'on'>;
  /** What rests on datasets; left out where nothing can. */
  readonly resting?: RestingPort;
  readonly governing?: GoverningGround;
}

/** The slice, wired: acts of people on assessments, and read models for screens and other slices. */
export interface Classification {
  readonly packs: Packs;
  readonly people: PeopleNames;
  readonly assessments: AssessmentQueries;
  readonly service: AssessmentService;
  readonly samples: SampleService;
  readonly sampleQueries: SampleQueries;
  readonly fusing: Fusing;
  readonly worksheets: WorksheetService;
  readonly reclassifications: ReclassificationService;
  readonly reclassified: ReclassificationQueries;
  /** Packs and reviews as governed acts; null where classification runs without them. */
  readonly governing: Governing | null;
}

/**
 * Builds the slice and subscribes it to changes of tier: before the slices that react to them, so that what a change
 * touches is recorded as it stood.
 */
export function createClassification(deps: ClassificationDeps): Classification {
  const { ids, packs, judge, datasets, reactions, resting = NOTHING_RESTS, names = async () => new Map() } = deps;
  const { calendar = { due: () => [] }, people = NOBODY_NAMED } = deps;
  const store = databaseReclassificationStore;
  const reclassifications = new ReclassificationService(store, datasets, resting, packs, ids);
  reactions?.on('dataset.reclassified', (tx, entries) => reclassifications.record(tx, entries));
  const service = new AssessmentService(databaseAssessmentStore, datasets, judge, ids);
  const turns = new Turns();
  const samples = samplesOf(deps, service, turns);
  const governing =
    deps.governing === undefined
      ? null
      : createGoverning({
          ...deps.governing,
          ids,
          packs,
          judge,
          service,
          names,
          people,
          calendar,
          datasets,
          resting,
          reactions,
        });
  return {
    packs,
    people,
    assessments: new AssessmentQueries(databaseAssessmentStore, packs),
    service,
    samples,
    sampleQueries: new SampleQueries(databaseSampleStore, datasets, samples),
    fusing: fusingOf(deps, turns, async (tx, joined, fusion) => governing?.reviews.joined(tx, joined, fusion)),
    worksheets: worksheetsOf(deps, service),
    reclassifications,
    reclassified: new ReclassificationQueries(store, datasets, resting),
    governing,
  };
}

function worksheetsOf(deps: ClassificationDeps, service: AssessmentService): WorksheetService {
  const { ids, unit, datasets, names = async () => new Map() } = deps;
  const spool = new Spool(deps.sampling.spool, 'worksheet');
  return new WorksheetService({ unit, ids, datasets, service, store: databaseAssessmentStore, spool, names });
}

function samplesOf(deps: ClassificationDeps, service: AssessmentService, turns: Turns): SampleService {
  const { ids, unit, packs, datasets } = deps;
  const { spool, read = readInProcess, fuse: _, ...sampling } = deps.sampling;
  return new SampleService({
    ...sampling,
    ids,
    unit,
    packs,
    datasets,
    service,
    turns,
    read,
    samples: databaseSampleStore,
    spool: new Spool(spool, 'sample'),
    host: hostname(),
    processId: process.pid,
  });
}

export const classificationRoutes = (slice: Classification): Route[] => [
  ...(slice.governing === null ? [] : governingRoutes(slice.governing)),
  ...routes({ ...slice, queries: slice.assessments }),
  ...fusionRoutes(slice.fusing),
  ...worksheetRoutes(slice.worksheets),
  ...reclassificationRoutes(slice),
];

export const classificationEntities = [
  AssessmentRow,
  SampleRow,
  FusionRow,
  FusionDatasetRow,
  ReclassificationRow,
  ...governingEntities,
];
// oxlint-disable-next-line typescript/no-explicit-any -- rows of every kind
export const classificationTables: readonly Table<any>[] = [
  assessmentTable,
  sampleTable,
  fusionTable,
  reclassificationTable,
  ...governingTables,
];
