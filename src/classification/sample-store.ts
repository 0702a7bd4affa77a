import type { Id } from '../kernel/ids.js';
import type { Reader, Transaction } from '../persistence/index.js';
import type { Sample, SampleState } from './domain/sample.js';

export interface SampleFilter {
  readonly dataset?: Id;
  readonly publisher?: Id;
  readonly state?: SampleState;
}

/** Where runs over uploaded files are kept. */
export interface SampleStore {
  find(reader: Reader, id: Id): Promise<Sample | null>;
  /** All that have not ended. */
  running(reader: Reader): Promise<readonly Sample[]>;
  isRunning(reader: Reader, dataset: Id): Promise<boolean>;
  /** Newest first. */
  list(
    reader: Reader,
    filter: SampleFilter,
    page: { readonly offset: number; readonly limit: number },
  ): Promise<{ readonly samples: readonly Sample[]; readonly total: number }>;
  insert(tx: Transaction, sample: Sample): Promise<void>;
  update(tx: Transaction, sample: Sample): Promise<Sample>;
}
