import type { Id } from '../kernel/ids.js';
import type { Reader, Transaction } from '../persistence/index.js';
import type { ObjectionState } from './domain/objection.js';
import type { ObjectionRow } from './store/objection-row.js';

export type { ObjectionDecision, ObjectionRow } from './store/objection-row.js';

export interface ObjectionFilter {
  readonly dataset?: Id;
  readonly state?: ObjectionState;
  /** Only what this body filed, and what was filed against its own datasets where `publisher` says so. */
  readonly seenBy?: { readonly organisation: Id; readonly publisher: boolean };
}

/** Where objections to tiers are kept. */
export interface ObjectionStore {
  find(reader: Reader, id: Id): Promise<ObjectionRow | null>;
  /** Newest first. */
  list(
    reader: Reader,
    filter: ObjectionFilter,
    page: { offset: number; limit: number },
  ): Promise<{ rows: ObjectionRow[]; total: number }>;
  /** Those that wait on these datasets, the oldest first. */
  openOn(reader: Reader, datasets: readonly Id[]): Promise<ObjectionRow[]>;
  insert(tx: Transaction, row: ObjectionRow): Promise<void>;
  update(tx: Transaction, row: ObjectionRow): Promise<ObjectionRow>;
}
