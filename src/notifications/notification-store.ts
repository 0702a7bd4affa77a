import type { Id } from '../kernel/ids.js';
import type { Instant } from '../kernel/time.js';
import type { Reader, Transaction } from '../persistence/index.js';
import type { Values } from './domain/wording.js';
import type { AboutKind } from './matters/matter.js';

/** One person told of one event. Its text is made when it is read, in the reader's language. */
export interface Notification {
  readonly id: Id;
  readonly person: Id;
  /** Key of the text in `policies/notifications.yaml`. */
  readonly template: string;
  readonly about: { readonly kind: AboutKind; readonly id: Id };
  readonly values: Values;
  readonly at: Instant;
  readonly readAt: Instant | null;
}

export interface NotificationFilter {
  /** Only those not read yet, or only those read. */
  readonly unread?: boolean;
}

/** Where notifications are kept. Lists are newest first; `before` is the last id of the page before. */
export interface NotificationStore {
  insert(tx: Transaction, notifications: readonly Notification[]): Promise<void>;
  find(reader: Reader, id: Id): Promise<Notification | null>;
  list(
    reader: Reader,
    person: Id,
    filter: NotificationFilter,
    limit: number,
    before: Id | null,
  ): Promise<{ readonly items: readonly Notification[]; readonly total: number }>;
  unread(reader: Reader, person: Id): Promise<number>;
  markRead(tx: Transaction, id: Id): Promise<void>;
  /** Marks what a person has not read, up to and with this one. Returns how many. */
  markReadUpTo(tx: Transaction, person: Id, upTo: Id): Promise<number>;
  /** Takes away what was told before an instant, a bounded number at a time. Returns how many. */
  forgetBefore(tx: Transaction, before: Instant, limit: number): Promise<number>;
}
