import type { Id } from '../kernel/ids.js';
import type { Reader, Transaction } from '../persistence/index.js';
import type { FusionAssessment } from './domain/fusion-assessment.js';
import type { SampleState } from './domain/sample.js';

export interface FusionFilter {
  readonly dataset?: Id;
  /** Only those with a dataset of this body. */
  readonly publisher?: Id;
  readonly state?: SampleState;
}

/** Where it is kept what datasets tell together. */
export interface FusionStore {
  find(reader: Reader, id: Id): Promise<FusionAssessment | null>;
  /** All that have not ended. */
  running(reader: Reader): Promise<readonly FusionAssessment[]>;
  /** Whether files of just these datasets are being joined. */
  isRunning(reader: Reader, datasets: readonly Id[]): Promise<boolean>;
  /** Those that are done and compare two or more of these datasets, newest first, up to `limit`. */
  among(reader: Reader, datasets: readonly Id[], limit: number): Promise<readonly FusionAssessment[]>;
  /** Newest first. */
  list(
    reader: Reader,
    filter: FusionFilter,
    page: { readonly offset: number; readonly limit: number },
  ): Promise<{ readonly fusions: readonly FusionAssessment[]; readonly total: number }>;
  insert(tx: Transaction, fusion: FusionAssessment): Promise<void>;
  update(tx: Transaction, fusion: FusionAssessment): Promise<FusionAssessment>;
}
