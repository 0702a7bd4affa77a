import type { Reader, Transaction } from '../../persistence/index.js';
import type { AssessmentRow } from '../assessment-store.js';
import type { LearnedModelRow } from '../store/learned-model-row.js';

/** Decisions to learn from, models learned, and records that wait for one. */
export interface LearningStore {
  /** The newest decisions that set a tier, at most `limit`, on assessments that explain a tier now. */
  decided(reader: Reader, pack: string, limit: number): Promise<AssessmentRow[]>;
  /** Assessments by the engine that wait for an officer, after an id. */
  waiting(reader: Reader, pack: string, after: string, limit: number): Promise<AssessmentRow[]>;
  /** Which of these assessments still wait, read under the lock of their datasets. */
  stillWaiting(reader: Reader, ids: readonly string[]): Promise<ReadonlySet<string>>;
  /** One text that changes with every model; cheap to ask for. */
  versions(reader: Reader): Promise<string>;
  models(reader: Reader): Promise<LearnedModelRow[]>;
  insert(tx: Transaction, rows: readonly LearnedModelRow[]): Promise<void>;
  update(tx: Transaction, row: LearnedModelRow): Promise<LearnedModelRow>;
}
