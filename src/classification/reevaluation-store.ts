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
  readonly cause?: ReevaluationRow['cause'];
}

/** A pack, and the version that is in force. */
export interface Outdated {
  readonly pack: string;
  readonly version: number;
}

/** How far the newest rules have come over the tiers that their pack gives. */
export interface PackReach {
  /** Tiers that an earlier version gave. */
  readonly behind: number;
  readonly total: number;
}

/** Where it is kept when tiers are looked at again. */
export interface ReevaluationStore {
  find(reader: Reader, dataset: Id): Promise<ReevaluationRow | null>;
  findMany(reader: Reader, datasets: readonly Id[]): Promise<ReevaluationRow[]>;
  /** What people or rules ask for before what was only not renewed; of each the longest due first, then by id. */
  list(
    reader: Reader,
    filter: ReviewFilter,
    page: { offset: number; limit: number },
  ): Promise<{ rows: ReevaluationRow[]; total: number }>;
  /** Datasets after an id that have a tier and no row yet, in order of id. */
  unscheduled(reader: Reader, after: Id, limit: number): Promise<Id[]>;
  /** Datasets after an id whose tier was assessed by an earlier version of the pack than this one, in order of id. */
  behind(reader: Reader, outdated: Outdated, after: Id, limit: number): Promise<Id[]>;
  reach(reader: Reader, pack: Outdated): Promise<PackReach>;
  insert(tx: Transaction, rows: readonly ReevaluationRow[]): Promise<void>;
  update(tx: Transaction, row: ReevaluationRow): Promise<ReevaluationRow>;
  /** Makes the same change to each of these, as they were read. */
  change(tx: Transaction, rows: readonly ReevaluationRow[], change: Partial<ReevaluationRow>): Promise<void>;
}
