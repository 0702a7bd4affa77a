import type { Id } from '../kernel/ids.js';
import type { Instant } from '../kernel/time.js';
import type { Reader, Transaction } from '../persistence/index.js';
import type { Evidence, EvidenceState } from './domain/evidence.js';

export interface StoredEvidence {
  readonly evidence: Evidence;
  readonly version: number;
}

/** Whose evidence a caller sees: everybody's, or their own organisation's. */
export type EvidenceSight = { readonly everything: true } | { readonly everything: false; readonly organisation: Id };

export interface EvidenceFilter {
  readonly state?: EvidenceState;
  readonly kind?: string;
  readonly organisation?: Id;
}

/** Where evidence is kept. Its laws are in `test/conformance`, on every database. */
export interface EvidenceStore {
  find(reader: Reader, id: Id): Promise<StoredEvidence | null>;
  findMany(reader: Reader, ids: readonly Id[]): Promise<readonly Evidence[]>;
  /** What an organisation has on file that is filed or verified; all of it, also what ended, for one kind. */
  open(reader: Reader, organisation: Id): Promise<readonly Evidence[]>;
  ofKind(reader: Reader, organisation: Id, kind: string): Promise<readonly Evidence[]>;
  /** Newest first; in the queue of what is filed, the longest waiting first. `after` is the last id shown. */
  list(
    reader: Reader,
    sight: EvidenceSight,
    filter: EvidenceFilter,
    limit: number,
    after: Id | null,
  ): Promise<{ items: readonly StoredEvidence[]; total: number }>;
  /** Ids of what time changes at `now`, the longest due first. */
  due(reader: Reader, now: Instant, limit: number): Promise<readonly Id[]>;
  /** Verified evidence that time changes before an instant, in order of id, after an id. */
  countingUntil(reader: Reader, before: Instant, after: Id, limit: number): Promise<readonly Id[]>;
  insert(tx: Transaction, evidence: Evidence): Promise<void>;
  update(tx: Transaction, before: StoredEvidence, next: Evidence): Promise<StoredEvidence>;
}
