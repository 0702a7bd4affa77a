import type { Id } from '../kernel/ids.js';
import type { Day, Instant } from '../kernel/time.js';
import type { Reader, Transaction } from '../persistence/index.js';
import type { Complaint, ComplaintKind, ComplaintState } from './domain/complaint.js';
import type { Part } from './supervision-stores.js';

export interface StoredComplaint {
  readonly complaint: Complaint;
  readonly version: number;
}

/** Overseers see all of them; a body those about its data, everyone their own and the objections that were answered. */
export type ComplaintSight =
  | { readonly everything: true }
  | {
      readonly everything: false;
      readonly person: Id | null;
      readonly organisation: Id | null;
      /** The body whose data they are about, for its staff. */
      readonly holder: Id | null;
    };

export interface ComplaintFilter {
  readonly about?: ComplaintKind;
  /** Whoever names the number of an objection to quality sees how it stands. */
  readonly number?: string;
  readonly state?: ComplaintState;
  readonly dataset?: Id;
  readonly holder?: Id;
  /** Only those that the caller's own side filed. */
  readonly mine?: { readonly person: Id; readonly organisation: Id | null };
  /** Their clock runs. */
  readonly running?: true;
  /** Past the due day of the step they wait for. */
  readonly overdueOn?: Day;
}

/** Where complaints are kept. Lists are newest first; `before` is the last id of the page before. */
export interface ComplaintStore {
  find(reader: Reader, id: Id): Promise<StoredComplaint | null>;
  list(
    reader: Reader,
    sight: ComplaintSight,
    filter: ComplaintFilter,
    limit: number,
    before: Id | null,
  ): Promise<Part<StoredComplaint>>;
  /** Those that are not over on a dataset, the oldest first. */
  openOn(reader: Reader, dataset: Id): Promise<readonly StoredComplaint[]>;
  /** Those of one account that are not over. */
  openBy(reader: Reader, person: Id): Promise<readonly Complaint[]>;
  /** Complaints of one account that were answered as manifestly unfounded since an instant. */
  unfoundedBy(reader: Reader, person: Id, since: Instant): Promise<number>;
  /** Objections of visitors since an instant. */
  ofVisitors(reader: Reader, since: Instant): Promise<number>;
  /** Those whose due day has passed untold, the longest first. */
  due(reader: Reader, today: Day, limit: number): Promise<readonly Id[]>;
  /** All of them, for what is counted; in no order. */
  all(reader: Reader): Promise<readonly Complaint[]>;
  /** The next number of the year and kind, without gaps: it is given in the transaction that uses it. */
  nextNumber(tx: Transaction, about: ComplaintKind, year: number): Promise<number>;
  insert(tx: Transaction, complaint: Complaint): Promise<void>;
  update(tx: Transaction, before: StoredComplaint, next: Complaint): Promise<StoredComplaint>;
}
