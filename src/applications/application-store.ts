import type { Id } from '../kernel/ids.js';
import type { Role } from '../kernel/roles.js';
import type { Day } from '../kernel/time.js';
import type { Reader, Transaction } from '../persistence/index.js';
import type { Application, ApplicationState, Turn } from './domain/application.js';
import { nextDue } from './domain/deadlines.js';
import type { ApplicationEvent } from './domain/events.js';
import { actsOn } from './domain/let-time-act.js';

/** An application as it is stored: `version` is its ETag. */
export interface StoredApplication {
  readonly application: Application;
  readonly version: number;
  /** Whose turn it was at the last change. */
  readonly turn: Turn | null;
}

/** What the row repeats beside the fold, for lists: facts at the time of the last change. */
export interface Placing {
  readonly turn: Turn | null;
  readonly due: Day | null;
  /** The first day on which time does something to the case by itself. */
  readonly actsOn: Day | null;
}

export const placingOf = (application: Application, turn: Turn | null, today: Day): Placing => ({
  turn,
  due: nextDue(application.deadlines, today),
  actsOn: actsOn(application),
});

/** What becomes of a stored application. */
export interface ApplicationChange {
  readonly before: StoredApplication;
  readonly next: Application;
  readonly placing: Placing;
}

/** Where a list goes on: after the row with this key. The key is the instant of creation, or the due day. */
export interface Place {
  readonly key: string;
  readonly id: Id;
}

/** Whose list it is: what they may see, and what counts as theirs. */
export interface Sight {
  readonly person: Id;
  readonly organisation: Id | null;
  /** Sees the cases of this organisation that name them. */
  readonly memberOf?: Id | undefined;
  readonly roles: readonly Role[];
  /** Sees every submitted case. */
  readonly readsAll: boolean;
  /** Sees every submitted case of the holder it works for. */
  readonly reviews: boolean;
}

export interface ApplicationFilter {
  readonly state?: ApplicationState;
  readonly bundle?: string;
  /** `mine`: the caller has the ball; `due`: a clock runs and is not over; `overdue`: it is. */
  readonly queue?: 'mine' | 'due' | 'overdue';
  readonly kind?: 'opening' | 'sharing';
  readonly today: Day;
}

export interface Listed {
  readonly stored: StoredApplication;
  readonly due: Day | null;
}

/** Where applications are kept. Its laws are in `test/conformance`, on every database. */
export interface ApplicationStore {
  find(reader: Reader, id: Id): Promise<StoredApplication | null>;
  /** Those of these that exist, in order of id. */
  findMany(reader: Reader, ids: readonly Id[]): Promise<readonly StoredApplication[]>;
  insert(tx: Transaction, application: Application, placing: Placing): Promise<void>;
  /** Writes the next version; throws LostUpdate when the stored version is not this one. */
  update(tx: Transaction, before: StoredApplication, next: Application, placing: Placing): Promise<StoredApplication>;
  /** The same for many applications with few statements. */
  updateMany(tx: Transaction, changes: readonly ApplicationChange[]): Promise<void>;
  /** How many the caller may see. */
  count(reader: Reader, sight: Sight, filter: ApplicationFilter): Promise<number>;
  /** Newest first, then by id; `due` and `overdue` by due day, then by id. */
  list(
    reader: Reader,
    sight: Sight,
    filter: ApplicationFilter,
    limit: number,
    after: Place | null,
  ): Promise<readonly Listed[]>;
  /** Open requests of the same applicant for the same, oldest first. */
  similar(
    reader: Reader,
    application: Application,
  ): Promise<readonly { readonly id: Id; readonly number: string | null }[]>;
  /** An organisation's requests for a dataset that are drafts or still open, newest first. */
  openOf(reader: Reader, organisation: Id, dataset: Id): Promise<readonly StoredApplication[]>;
  /** An organisation's requests that are submitted and still open, in order of id. */
  openBy(reader: Reader, organisation: Id): Promise<readonly StoredApplication[]>;
  /** Requests to a holder that are drafts or still open, in order of id. */
  openAt(reader: Reader, holders: readonly Id[]): Promise<readonly StoredApplication[]>;
  /** Applications to which time does something today, the longest waiting first. */
  dueToAct(reader: Reader, today: Day, limit: number): Promise<readonly Id[]>;
  /** Applications whose clock runs out between two days, both inclusive, after an id, in order of id. */
  dueBetween(reader: Reader, from: Day, to: Day, afterId: Id, limit: number): Promise<readonly Id[]>;
  /** Applications whose turn it is at an organisation, in one role or in any, in order of id. */
  waitingAt(reader: Reader, organisation: Id, role: Role | null): Promise<readonly Id[]>;
  /** Applications whose clock may still run, after an id, in order of id. */
  running(reader: Reader, afterId: Id, limit: number): Promise<readonly Id[]>;
  /** The events of one application in order, by one indexed query. */
  history(reader: Reader, id: Id): Promise<readonly ApplicationEvent[]>;
  /** The same of several cases at once. */
  histories(reader: Reader, ids: readonly Id[]): Promise<ReadonlyMap<Id, readonly ApplicationEvent[]>>;
  /** The next number of the year: without gaps, because it is given inside the transaction that uses it. */
  nextNumber(tx: Transaction, year: number): Promise<number>;
}
