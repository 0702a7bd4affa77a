import type { Id } from '../kernel/ids.js';
import type { Reader, Transaction } from '../persistence/index.js';
import type { ReclassificationRow } from './store/reclassification-row.js';

export type { ReclassificationRow } from './store/reclassification-row.js';

/** Which recorded changes a list asks for. `publisher`: only those of this body's datasets. */
export interface ReclassificationFilter {
  readonly dataset?: Id;
  readonly publisher?: Id;
}

/** Where changes of tier are kept, with their impact. */
export interface ReclassificationStore {
  find(reader: Reader, id: Id): Promise<ReclassificationRow | null>;
  /** Newest first, then by id. */
  list(
    reader: Reader,
    filter: ReclassificationFilter,
    page: { offset: number; limit: number },
  ): Promise<{ rows: ReclassificationRow[]; total: number }>;
  insert(tx: Transaction, rows: readonly ReclassificationRow[]): Promise<void>;
}
