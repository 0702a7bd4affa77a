import type { DatasetRecord } from '../catalogue/index.js';
import type { Reader, Transaction } from '../persistence/index.js';

/** What classification asks of the catalogue; `datasets` of its door fills it. */
export interface DatasetPort {
  find(reader: Reader, id: string): Promise<DatasetRecord | null>;
  findMany(reader: Reader, ids: readonly string[]): Promise<readonly DatasetRecord[]>;
  /** All records, in order of id. */
  scan(reader: Reader, after: string, limit: number): Promise<readonly DatasetRecord[]>;
  count(reader: Reader): Promise<number>;
  /** Writes the record as its next version; the caller tells the log. */
  update(tx: Transaction, record: DatasetRecord): Promise<DatasetRecord>;
  /** The same for several. */
  updateMany(tx: Transaction, records: readonly DatasetRecord[]): Promise<readonly DatasetRecord[]>;
}
