import type { Id } from '../kernel/ids.js';
import type { Instant } from '../kernel/time.js';
import type { Reader, Transaction } from '../persistence/index.js';
import type { ReevaluationRow } from './store/reevaluation-row.js';

export type { ReevaluationRow } from './store/reevaluation-row.js';

export interface ReviewFilter {
  readonly state: ReevaluationRow['state'];
  /** Only those due by then. */
  readonly until?: Instant;
  readonly publisher?: Id;
}

/** Where it is kept when tiers are looked at again. */
export interface ReevaluationStore {
  find(reader: Reader, dataset: Id): Promise<ReevaluationRow | null>;
  findMany(reader: Reader, datasets: readonly Id[]): Promise<ReevaluationRow[]>;
  /** Longest due first, then by id. */
  list(
    reader: Reader,
    filter: ReviewFilter,
    page: { offset: number; limit: number },
  ): Promise<{ rows: ReevaluationRow[]; total: number }>;
  /** Datasets that have a tier and no row yet. */
  unscheduled(reader: Reader, limit: number): Promise<Id[]>;
  /** Datasets whose tier was assessed by an earlier version of the pack than this one. */
  behind(reader: Reader, pack: string, version: number, limit: number): Promise<Id[]>;
  insert(tx: Transaction, rows: readonly ReevaluationRow[]): Promise<void>;
  update(tx: Transaction, row: ReevaluationRow): Promise<ReevaluationRow>;
}
