import type { Id } from '../kernel/ids.js';
import type { Day } from '../kernel/time.js';
import type { Reader, Transaction } from '../persistence/index.js';

/**
 * What a near day belongs to: a case at a desk, a correction, a proof of a grant, a grant's end, evidence of an
 * organisation, a report or a deletion that is owed under a grant.
 */
export const REMINDED = ['application', 'correction', 'evidence', 'grant', 'proof', 'report', 'deletion'] as const;
export type Reminded = (typeof REMINDED)[number];

/** Somebody is reminded once of each day something is due; a day that moves is another day. */
export interface Reminder {
  readonly id: Id;
  readonly what: Reminded;
  readonly subject: Id;
  readonly day: Day;
}

export interface ReminderStore {
  find(reader: Reader, id: Id): Promise<Reminder | null>;
  /** Which of these subjects were reminded of their day already. */
  given(reader: Reader, wanted: readonly Omit<Reminder, 'id'>[]): Promise<ReadonlySet<string>>;
  insert(tx: Transaction, reminder: Reminder): Promise<void>;
}

export const reminderKey = ({ what, subject, day }: Omit<Reminder, 'id'>): string => `${what} ${subject} ${day}`;
