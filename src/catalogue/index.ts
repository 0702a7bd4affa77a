/** The door of the catalogue slice. */
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
  type TierStatus,
} from './domain/dataset.js';
export { type DatasetFacts, factsOf, type Judgement, type Reason } from './domain/facts.js';
