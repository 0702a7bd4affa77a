/** The door of the classification slice. */
export type { TierReason } from './assessment-queries.js';
export { GROUP_LIMIT, type TierProposal } from './assessment-service.js';
export { checkPolicies, type PolicyCheck } from './cases/run-cases.js';
export {
  type Classification,
  classificationEntities,
  classificationRoutes,
  classificationTables,
  createClassification,
  createJudge,
} from './create-classification.js';
export { createLearning, learningEntities, learningTables } from './create-learning.js';
export { type GoverningGround, tierFilingOf } from './governing.js';
export { CLAIMED_RIGHTS, type ClaimedRight } from './domain/objection.js';
export type { TierFiling } from './http/objection-routes.js';
export { ObjectionBody } from './http/objection-shapes.js';
export { objectionOf } from './objected.js';
export { proposalOf } from './proposal-of.js';
export type { DatasetPort } from './dataset-port.js';
export { believedPacks, type DistrustedPack } from './pack-keeper.js';
export type { AnswersPort } from './rehearsal-job.js';
export type { FusionKnowledge, Held, KnownPair } from './fusion/fusion-knowledge.js';
export { FusionPairBody } from './http/fusion-shapes.js';
export { pairView } from './http/fusion-view.js';
export type { RestingPort } from './resting-port.js';
export { PackSealer } from './packs/seal.js';
export { databaseRulePackStore } from './store/database-rule-pack-store.js';
export type { Sampling } from './samples/sampling.js';
export { rulePackTable } from './store/rule-pack-row.js';
export { assess } from './domain/assess.js';
export { type CompiledPack, compile } from './domain/compiled.js';
export type { Facts, Finding } from './domain/facts.js';
export type { Pack } from './domain/pack.js';
export type { Answer, FiredRule, Issue, Verdict } from './domain/verdict.js';
export { classifyFile } from './files/classify-file.js';
export { type ClassifyOptions, UnknownName } from './files/classify-options.js';
export { classifyTable } from './files/classify-table.js';
export { fuseFiles } from './files/fuse-files.js';
export { renderFusion } from './files/render-fusion.js';
export { namesGiven } from './files/names-given.js';
export { readRecipe } from './files/read-recipe.js';
export {
  redactFile,
  type Redacted,
  type RedactOptions,
  type RedactRefusal,
  REDACT_REFUSALS,
} from './files/redact-file.js';
export { renderReport } from './files/render-report.js';
export { EXIT, type Report } from './files/report.js';
export type { ServerAddress } from './reader/database/server-table.js';
export type { Allowance as ReadingAllowance, Progress as ReadingProgress } from './reader/limits.js';
export type { LearningService } from './learning/learning-service.js';
export { loadPacks, type PackFault, Packs, requirePacks } from './packs/load.js';
