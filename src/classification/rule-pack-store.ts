import type { Id } from '../kernel/ids.js';
import type { Proven } from '../log/index.js';
import type { Reader, Transaction } from '../persistence/index.js';
import type { ReleaseState } from './domain/pack-release.js';
import type { RulePackRow } from './store/rule-pack-row.js';

export type { RulePackRow } from './store/rule-pack-row.js';

export interface RulePackFilter {
  readonly pack?: string;
  readonly state?: ReleaseState;
}

/** Where versions of rule packs are kept that people wrote here. */
export interface RulePackStore {
  find(reader: Reader, id: Id): Promise<RulePackRow | null>;
  /** Newest first, without their content. */
  list(
    reader: Reader,
    filter: RulePackFilter,
    page: { offset: number; limit: number },
  ): Promise<{ rows: Omit<RulePackRow, 'content'>[]; total: number }>;
  /** Ids of all versions of a pack, for locking them. */
  idsOf(reader: Reader, pack: string): Promise<Id[]>;
  /** The published version with the highest number; null where only the shipped one is. */
  newest(reader: Reader, pack: string): Promise<RulePackRow | null>;
  /** Every published version, each held against the log. */
  published(reader: Reader): Promise<Proven<RulePackRow>[]>;
  /** Ids of versions the log has left behind and that are gone. */
  missing(reader: Reader): Promise<Id[]>;
  insert(tx: Transaction, row: RulePackRow): Promise<void>;
  update(tx: Transaction, row: RulePackRow): Promise<RulePackRow>;
}
