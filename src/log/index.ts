export { auditRoutes } from './http/audit-routes.js';
export type { LogEntry } from './domain/entry.js';
export { type ChangeHandler, Follower } from './follower.js';
export { leafOf } from './leaf.js';
export { LogJournal } from './store/log-journal.js';
export { logEntities } from './store/log-entities.js';
export {
  type ChangedRow,
  type EntryQuery,
  entries,
  headPosition,
  newestTime,
  type StoredEntry,
  toldOf,
  toldOfEach,
  type ToldEntry,
  type TouchedSubject,
  touchedSubjects,
} from './log-queries.js';
export { missingRows, type Proven, provenRows } from './row-proof.js';
export { RowSweep, type SweepDeps } from './row-sweep.js';
export { type AuditFault, type AuditReport, verifyLog } from './verify.js';
