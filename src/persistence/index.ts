export {
  IdColumn,
  CodeColumn,
  NullableCodeColumn,
  TextColumn,
  NullableTextColumn,
  CanonicalJsonColumn,
  JsonColumn,
  NullableJsonColumn,
  InstantColumn,
  NullableInstantColumn,
  IntColumn,
  NullableIntColumn,
  FlagColumn,
  VersionColumn,
} from './columns.js';
export { type Database, DatabaseUnavailable } from './database.js';
export { backUpEmbedded } from './embedded-backup.js';
export { fingerprintOf } from './embedded-fingerprint.js';
export { NoSuchDatabase, type Schema } from './embedded-database.js';
export type { NewEntry, RecordedEntry, RowMark } from './entry.js';
export { DatabaseInUse } from './file-lock.js';
export { forgetOldKeys, IdempotencyRecord, once } from './idempotency.js';
export type { LockKind, LockMode } from './lock-order.js';
export { NewerDatabase } from './migrations/applied.js';
export { migrations } from './migrations/index.js';
export { takeNumbers } from './numbers.js';
export { places } from './places.js';
export { openDatabase, openForReading } from './open-database.js';
export { type DatabaseFlag, type DatabaseProbe, lossyFlags, probe, timeOf } from './probe.js';
export { each as eachOnce, once as readOnce } from './recollection.js';
export { Reactions } from './reactions.js';
export { insertMissingRows, insertRows } from './insert-rows.js';
export { rowHash } from './row-hash.js';
export { type Kept, Spool, TooLarge } from './spool.js';
export type { StoredRow } from './stored-row.js';
export { LostUpdate, Table, type Versioned } from './table.js';
export { type Dialect, Reader, Transaction } from './transaction.js';
export { type Journal, type Reactor, UnitOfWork } from './unit-of-work.js';
