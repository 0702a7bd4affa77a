import type { Ids } from '../kernel/ids.js';
import type { Route } from '../http/index.js';
import { AssessmentQueries } from './assessment-queries.js';
import { AssessmentService } from './assessment-service.js';
import type { DatasetPort } from './dataset-port.js';
import { classificationRoutes as routes } from './http/classification-routes.js';
import type { Packs } from './packs/load.js';
import { AssessmentRow, assessmentTable } from './store/assessment-row.js';
import { databaseAssessmentStore } from './store/database-assessment-store.js';
import { TierJudgeOfPacks } from './tier-judge.js';

/** What fills the catalogue's port; made before the catalogue, which needs it. */
export const createJudge = (ids: Ids, packs: Packs): TierJudgeOfPacks =>
  new TierJudgeOfPacks(packs, databaseAssessmentStore, ids);

export interface ClassificationDeps {
  readonly ids: Ids;
  readonly packs: Packs;
  readonly judge: TierJudgeOfPacks;
  readonly datasets: DatasetPort;
}

/** The slice, wired: acts of people on assessments, and read models for screens and other slices. */
export interface Classification {
  readonly packs: Packs;
  readonly assessments: AssessmentQueries;
  readonly service: AssessmentService;
}

export const createClassification = ({ ids, packs, judge, datasets }: ClassificationDeps): Classification => ({
  packs,
  assessments: new AssessmentQueries(databaseAssessmentStore, packs),
  service: new AssessmentService(databaseAssessmentStore, datasets, judge, ids),
});

export const classificationRoutes = ({ packs, service, assessments }: Classification): Route[] =>
  routes({ packs, service, queries: assessments });

export const classificationEntities = [AssessmentRow];
export const classificationTables = [assessmentTable];
