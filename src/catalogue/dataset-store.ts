import type { Id } from '../kernel/ids.js';
import type { Reader, Transaction } from '../persistence/index.js';
import type { DatasetRecord } from './domain/dataset.js';

/** Where datasets are kept. Every write is named by the next log entry of its transaction. */
export interface DatasetStore {
  find(reader: Reader, id: Id): Promise<DatasetRecord | null>;
  findMany(reader: Reader, ids: readonly Id[]): Promise<readonly DatasetRecord[]>;
  /** Records of one publisher with this identifier, whatever their source: more than one is possible. */
  byIdentifier(reader: Reader, publisher: Id, identifier: string): Promise<readonly DatasetRecord[]>;
  /** Records of one source by the identifiers it gives them. */
  ofSource(reader: Reader, source: string, identifiers: readonly string[]): Promise<readonly DatasetRecord[]>;
  insert(tx: Transaction, records: readonly DatasetRecord[]): Promise<void>;
  /** Writes the record as its next version; a lost race runs the unit again. */
  update(tx: Transaction, record: DatasetRecord): Promise<DatasetRecord>;
  /** The same for several. */
  updateMany(tx: Transaction, records: readonly DatasetRecord[]): Promise<readonly DatasetRecord[]>;
  /** All records, in order of id. */
  scan(reader: Reader, after: Id, limit: number): Promise<readonly DatasetRecord[]>;
  count(reader: Reader): Promise<number>;
  /** Listed open and conditional records in order of identifier, then id: what everyone may see. */
  scanPublic(reader: Reader, after: { identifier: string; id: Id }, limit: number): Promise<readonly DatasetRecord[]>;
  /** Ids and identifiers of a source's records that are not withdrawn, in order of id. */
  scanSource(
    reader: Reader,
    source: string,
    after: Id,
    limit: number,
  ): Promise<readonly { readonly id: Id; readonly identifier: string }[]>;
}
