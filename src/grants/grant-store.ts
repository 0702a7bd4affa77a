import type { Id } from '../kernel/ids.js';
import type { Day, Instant } from '../kernel/time.js';
import type { Reader, Transaction } from '../persistence/index.js';
import type { Grant, GrantState } from './domain/grant.js';

export interface StoredGrant {
  readonly grant: Grant;
  readonly version: number;
}

/**
 * Whose grants a caller sees: all of them, or those of and from their own organisation; of somebody without a post there
 * those that name them.
 */
export type GrantSight =
  | { readonly everything: true }
  | { readonly everything: false; readonly organisation: Id; readonly named?: Id };

export interface GrantFilter {
  readonly organisation?: Id;
  readonly dataset?: Id;
  readonly state?: GrantState;
  /** Those that have not ended and end before this instant. */
  readonly endingBefore?: Instant;
  /** Those under which something was owed by a day before this one and was not done. */
  readonly overdueOn?: Day;
}

/** A grant as the decision index takes it in: interned later, checked against the log first. */
export interface IndexableGrant {
  readonly id: Id;
  readonly version: number;
  readonly organisation: Id;
  readonly dataset: Id;
  readonly state: GrantState;
  /** `sharing` between public bodies; absent where it is of opening. */
  readonly kind?: 'sharing';
  readonly purpose: string;
  readonly delivery: string;
  readonly quota: number | null;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly conditionsUntil: Instant | null;
  readonly items: readonly string[];
  readonly members: readonly Id[];
  /** The newest version that was accepted. */
  readonly agreement: { readonly template: Id; readonly version: number } | null;
  /** It waits for the holder's signature, and gives nothing. */
  readonly atHolder: boolean;
  /** The row is the newest one the log names for it. */
  readonly intact: boolean;
}

/** Where grants are kept. Every method works inside the reader or transaction it is given. */
export interface GrantStore {
  find(reader: Reader, id: Id): Promise<StoredGrant | null>;
  ofApplication(reader: Reader, application: Id): Promise<readonly StoredGrant[]>;
  ofApplications(reader: Reader, applications: readonly Id[]): Promise<readonly StoredGrant[]>;
  /** The grant that this application renews or amends. */
  followedBy(reader: Reader, application: Id): Promise<StoredGrant[]>;
  /** Grants that rest on this dataset or organisation and have not ended, in order of id. */
  liveOf(reader: Reader, what: 'dataset' | 'organisation', id: Id): Promise<StoredGrant[]>;
  /** The same for many datasets at once, in order of id. */
  liveOn(reader: Reader, datasets: readonly Id[]): Promise<StoredGrant[]>;
  /** Ids of grants that time changes at `now`, the longest due first. */
  due(reader: Reader, now: Instant, limit: number): Promise<Id[]>;
  /** Ids of grants that time changes before an instant, after an id, in order of id. */
  dueBefore(reader: Reader, before: Instant, afterId: Id, limit: number): Promise<Id[]>;
  /** Newest first; `before` is the last id of the page before. `total` counts all that the caller may see. */
  list(
    reader: Reader,
    sight: GrantSight,
    filter: GrantFilter,
    limit: number,
    before: Id | null,
  ): Promise<{ items: StoredGrant[]; total: number }>;
  insert(tx: Transaction, grants: readonly Grant[]): Promise<void>;
  update(tx: Transaction, before: StoredGrant, next: Grant): Promise<StoredGrant>;
  count(reader: Reader): Promise<number>;
  /** A page of grants for the index, in order of id after `after`. */
  page(reader: Reader, after: Id, limit: number): Promise<IndexableGrant[]>;
  /** The named grants for the index; an id whose row is gone is absent. */
  named(reader: Reader, ids: readonly Id[]): Promise<IndexableGrant[]>;
}
