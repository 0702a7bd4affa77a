/** The door of the catalogue slice. */
export { agreementHash } from './agreement-service.js';
export type { AgreementStore } from './agreement-store.js';
export { loadConditionKinds } from './condition-kinds.js';
export { allowedCommands, mayCommand } from './dataset-rights.js';
export type { DatasetStore } from './dataset-store.js';
export type { Agreement } from './domain/agreement.js';
export type { ConditionKind } from './domain/conditions.js';
export {
  type Condition,
  DATASET_STATES,
  type DatasetItem,
  type DatasetRecord,
  type DatasetState,
  type Distribution,
  FREQUENCIES,
  type Frequency,
  LOCAL_PACK,
  LOCAL_SOURCE,
  type Notice,
  type SourceFacts,
  TIER_STATUSES,
  type TierStatus,
} from './domain/dataset.js';
export { type DatasetFacts, factsOf, type Judgement, type Reason, wasListed } from './domain/facts.js';
export { judged, lacking, lacksCondition, restoredState, tierNoted } from './domain/lifecycle.js';
export { latenessAt, markedLate, type MissedUpdate, OVERDUE } from './domain/lateness.js';
export { heldItems } from './domain/holds.js';
export { viewsOf } from './domain/views.js';
export { isNoticed, noticed, unnoticed } from './domain/notices.js';
export { HELD, type HoldService } from './hold-service.js';
export type { FacetCounts, SearchMark, SearchPage, SearchQuery } from './domain/search/query.js';
export { tokensOf } from './domain/search/tokens.js';
export { type Sight, sightOf, type Visibility, visibilityOf } from './domain/search/sight.js';
export { type DatasetRow, datasetTable, agreementTable, recordOf } from './store/catalogue-rows.js';
export type { PublisherPort } from './publisher-port.js';
export type { UpdateCalendar } from './update-calendar.js';
export type { CatalogueSearch } from './search-service.js';
export { remediesOf } from './import/issue-texts.js';
export { agreementHref } from './http/agreement-routes.js';
export { catalogueRoutes, type DatasetPages } from './http/catalogue-routes.js';
export { DatasetListQuery } from './http/dataset-shapes.js';
export { ConditionResponse, DatasetListResponse, DatasetResponse, NextStepResponse } from './http/dataset-response.js';
export { searchQueryOf, decodeMark, encodeMark } from './http/search-request.js';
export type { TierJudge } from './tier-judge.js';

export {
  agreementStore,
  type Catalogue,
  type CatalogueDeps,
  catalogueEntities,
  catalogueTables,
  createCatalogue,
  datasetStore,
  judgedRecord,
} from './create-catalogue.js';
