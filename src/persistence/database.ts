import type { EntityManager, EntityTarget, ObjectLiteral } from 'typeorm';
import type { Dialect } from './transaction.js';

/** One of the two databases behind the product. */
export interface Database {
  readonly dialect: Dialect;
  /** Server and version, as the health page shows it. */
  readonly description: string;
  read<T>(work: (manager: EntityManager) => Promise<T>): Promise<T>;
  write<T>(work: (manager: EntityManager) => Promise<T>): Promise<T>;
  /** One unchanging view of the whole, however long the work takes; for looking at everything. */
  snapshot<T>(work: (manager: EntityManager) => Promise<T>): Promise<T>;
  /** Work that no other instance on this database does at the same time: they wait. */
  alone<T>(work: () => Promise<T>): Promise<T>;
  /** True where running the whole unit again may succeed: deadlock, lock timeout, lost update. */
  isRetryable(error: unknown): boolean;
  /** Throws NewerDatabase when the database has migrations that this code does not know. */
  refuseNewer(): Promise<void>;
  /** Refuses a newer database too. */
  migrate(): Promise<readonly string[]>;
  undoLastMigration(): Promise<void>;
  appliedMigrations(): Promise<readonly string[]>;
  /**
   * What the server sums these tables up to: with other rows it is another sum. Null where it does not say so in these
   * milliseconds.
   */
  sumOf(entities: readonly EntityTarget<ObjectLiteral>[], patience: number): Promise<string | null>;
  close(): Promise<void>;
}

/** The database does not answer, or not in time: nothing was decided; the edge answers 503. */
export class DatabaseUnavailable extends Error {}
