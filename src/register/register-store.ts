import type { Field } from '../kernel/fields.js';
import type { Id } from '../kernel/ids.js';
import type { Purpose } from '../kernel/purpose.js';
import type { Day, Instant } from '../kernel/time.js';
import type { Reader, Transaction } from '../persistence/index.js';
import type { CatalogueCounts } from './domain/catalogue-counts.js';
import type { MatterWithGrant } from './domain/entry.js';
import type { Matter, MatterGrant } from './domain/matter.js';
import type { Quarter } from './domain/quarter.js';

/** How far the log has been read, and until when what it says is complete. */
export interface Cursor {
  readonly position: number;
  readonly completeUntil: Instant;
}

export interface GrantOfMatter extends MatterGrant {
  readonly application: Id;
  readonly dataset: Id;
}

/** Which rulings are looked for: those that agree in everything that is said. */
export interface RulingsAsked {
  readonly dataset?: Id;
  readonly holder?: Id;
  readonly field?: Field;
  readonly purpose?: Purpose;
}

/** Among rulings of which kind, and up to which day. */
export interface RulingsAmong {
  readonly kind: 'sharing' | null;
  readonly until: Day;
}

export interface CatalogueSnapshot {
  readonly quarter: Quarter;
  readonly countedOn: Day;
  readonly counts: CatalogueCounts;
}

/** Where what is counted of cases is kept. All of it is had from the log again, so the log does not name its rows. */
export interface RegisterStore {
  cursor(reader: Reader): Promise<Cursor | null>;
  /** Throws LostUpdate when somebody else has moved it on since. */
  moveCursor(tx: Transaction, from: Cursor | null, to: Cursor): Promise<void>;
  ofCases(reader: Reader, applications: readonly Id[]): Promise<readonly Matter[]>;
  /** What is counted of these cases is this from now on. */
  replaceCases(tx: Transaction, applications: readonly Id[], matters: readonly Matter[]): Promise<void>;
  replaceGrants(tx: Transaction, grants: readonly GrantOfMatter[]): Promise<void>;
  /** Rulings on the like, the newest first. */
  rulings(reader: Reader, asked: RulingsAsked, among: RulingsAmong, limit: number): Promise<readonly Matter[]>;
  /**
   * Everything of opening that was ruled on or overdue, each with the grant that followed, in parts: what belongs to one
   * case is in one part, and others have their turn between two.
   */
  parts(reader: Reader): AsyncIterable<readonly MatterWithGrant[]>;
  snapshots(reader: Reader): Promise<readonly CatalogueSnapshot[]>;
  /** Does nothing where the quarter has its counts already. */
  keepSnapshot(tx: Transaction, snapshot: CatalogueSnapshot): Promise<void>;
}
