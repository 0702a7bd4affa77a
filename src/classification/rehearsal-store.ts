import type { Id } from '../kernel/ids.js';
import type { Reader, Transaction } from '../persistence/index.js';
import type { ChangeKind, RehearsedChange } from './domain/rehearsal.js';
import type { RehearsalRow } from './store/rehearsal-row.js';

export { REHEARSAL_STATES, type RehearsalRow, type RehearsalState } from './store/rehearsal-row.js';

/** Where rehearsals and what they found are kept. */
export interface RehearsalStore {
  find(reader: Reader, id: Id): Promise<RehearsalRow | null>;
  /** Rehearsals of a draft, newest first. */
  ofDraft(reader: Reader, draft: Id): Promise<RehearsalRow[]>;
  /** Whether this content was rehearsed to the end against this version in force. */
  isDone(reader: Reader, draft: Id, hash: string, against: string): Promise<boolean>;
  running(reader: Reader): Promise<RehearsalRow[]>;
  insert(tx: Transaction, row: RehearsalRow): Promise<void>;
  update(tx: Transaction, row: RehearsalRow): Promise<RehearsalRow>;
  /** Adds changes, each after the `before` ones of its kind. */
  addChanges(
    tx: Transaction,
    id: Id,
    before: Readonly<Record<ChangeKind, number>>,
    changes: readonly RehearsedChange[],
  ): Promise<void>;
  changes(
    reader: Reader,
    id: Id,
    kind: ChangeKind,
    page: { offset: number; limit: number },
  ): Promise<{ changes: RehearsedChange[]; total: number }>;
}
