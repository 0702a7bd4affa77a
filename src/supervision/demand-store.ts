import type { Id } from '../kernel/ids.js';
import type { Day, Instant } from '../kernel/time.js';
import type { Reader, Transaction } from '../persistence/index.js';
import type { Demand, DemandState } from './domain/demand.js';
import type { Part } from './supervision-stores.js';

export interface StoredDemand {
  readonly demand: Demand;
  readonly version: number;
}

/** Everyone sees what was answered; `organisation` also its own demands and those made of it, overseers all. */
export type DemandSight =
  | { readonly everything: true }
  | { readonly everything: false; readonly organisation: Id | null };

export interface DemandFilter {
  readonly state?: DemandState;
  readonly holder?: Id;
  readonly dataset?: Id;
  /** Waiting past its due day. */
  readonly overdueOn?: Day;
}

/** Where demands are kept. Lists are newest first; `before` is the last id of the page before. */
export interface DemandStore {
  find(reader: Reader, id: Id): Promise<StoredDemand | null>;
  list(
    reader: Reader,
    sight: DemandSight,
    filter: DemandFilter,
    limit: number,
    before: Id | null,
  ): Promise<Part<StoredDemand>>;
  /** Demands of visitors since an instant that still wait. */
  ofVisitors(reader: Reader, since: Instant): Promise<number>;
  /** Those whose due day has passed untold, the longest first. */
  due(reader: Reader, today: Day, limit: number): Promise<readonly Id[]>;
  insert(tx: Transaction, demand: Demand): Promise<void>;
  update(tx: Transaction, before: StoredDemand, next: Demand): Promise<StoredDemand>;
}
