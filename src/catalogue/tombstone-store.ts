import type { Id } from '../kernel/ids.js';
import type { Instant } from '../kernel/time.js';
import type { Reader, Transaction } from '../persistence/index.js';
import type { TombstoneRow } from './store/tombstone-row.js';

export type { TombstoneRow } from './store/tombstone-row.js';

/** Where it is kept what harvesters are to drop. */
export interface TombstoneStore {
  findMany(reader: Reader, datasets: readonly Id[]): Promise<readonly TombstoneRow[]>;
  /** In order of their last change, then id; changed at or after `since`, and behind `after` where that is given. */
  list(
    reader: Reader,
    filter: { readonly since: Instant | null; readonly after: { readonly at: Instant; readonly id: Id } | null },
    limit: number,
  ): Promise<{ readonly rows: readonly TombstoneRow[]; readonly total: number }>;
  insert(tx: Transaction, row: TombstoneRow): Promise<void>;
  update(tx: Transaction, row: TombstoneRow): Promise<void>;
}
