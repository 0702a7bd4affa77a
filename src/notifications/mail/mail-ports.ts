import type { Id } from '../../kernel/ids.js';
import type { Language } from '../../kernel/text.js';
import type { Instant } from '../../kernel/time.js';
import type { Reader, Transaction } from '../../persistence/index.js';
import type { Asked } from '../domain/confirming.js';
import type { Invited, Letter, Queues } from '../domain/letter.js';
import type { MailKind, MailMode, MailState } from '../domain/mailing.js';

/** How one person wants to be told by mail. Without an address that its owner confirmed there is none. */
export interface MailPreference extends Asked {
  readonly person: Id;
  readonly mode: MailMode;
  readonly language: Language;
  /** 0 where the person never chose. */
  readonly version: number;
}

/** A mail on its way; its text is made when it is sent. */
export interface Mail {
  readonly id: Id;
  readonly person: Id;
  readonly kind: MailKind;
  /** The notification, the day of the digest, the ticket of the invitation, or the moment an address was asked about. */
  readonly about: string;
  readonly state: MailState;
  readonly tries: number;
  readonly madeAt: Instant;
  readonly nextAt: Instant;
  readonly settledAt: Instant | null;
  readonly lastError: string | null;
}

export interface MailFigures {
  readonly waiting: number;
  readonly failed: number;
  /** When the longest waiting one was made. */
  readonly oldest: Instant | null;
  /** The newest error of those that wait or were given up. */
  readonly lastError: string | null;
}

/** Where mails are kept until they are sent. */
export interface MailStore {
  insert(tx: Transaction, mails: readonly Mail[]): Promise<void>;
  find(reader: Reader, id: Id): Promise<Mail | null>;
  /** Ids of those whose time has come, the longest waiting first. */
  due(reader: Reader, limit: number): Promise<readonly Id[]>;
  /** Writes what became of one; the caller holds its lock. */
  update(tx: Transaction, mail: Mail): Promise<void>;
  /** Which of these persons have a mail of this kind about this. */
  made(reader: Reader, kind: MailKind, about: string, people: readonly Id[]): Promise<ReadonlySet<Id>>;
  /** What those of this kind are about that were made for a person from an instant on. */
  madeSince(reader: Reader, kind: MailKind, person: Id, since: Instant): Promise<readonly string[]>;
  list(
    reader: Reader,
    filter: { readonly state?: MailState },
    limit: number,
    before: Id | null,
  ): Promise<{ readonly items: readonly Mail[]; readonly total: number }>;
  figures(reader: Reader): Promise<MailFigures>;
  /** Takes away what was settled before an instant. */
  forgetBefore(tx: Transaction, before: Instant, limit: number): Promise<number>;
}

/** Where it is kept how people want to be told. */
export interface PreferenceStore {
  find(reader: Reader, person: Id): Promise<MailPreference>;
  findMany(reader: Reader, people: readonly Id[]): Promise<readonly MailPreference[]>;
  /** Those with this mode and a confirmed address, after a person, in order. */
  withMode(reader: Reader, mode: MailMode, after: Id, limit: number): Promise<readonly MailPreference[]>;
  write(tx: Transaction, preference: MailPreference): Promise<MailPreference>;
}

/** A letter with its envelope. */
export interface Posted extends Letter {
  /** Also names the message: the same mail sent twice is recognised as one. */
  readonly id: Id;
  readonly to: { readonly name: string; readonly address: string };
  readonly language: Language;
}

/** `refused`: this mail will never be taken. `later`: not now. `unreachable`: nothing gets through now. */
export type PostOutcome =
  | { readonly kind: 'sent' }
  | { readonly kind: 'refused' | 'later' | 'unreachable'; readonly error: string };

/** Where letters are handed over. */
export interface PostOffice {
  send(letter: Posted): Promise<PostOutcome>;
  /** Ends what runs, so that a stop does not wait for a server that hangs. */
  close(): void;
}

/** What mail asks of identity and of applications; filled in the composition. */
export interface MailSurroundings {
  /** Null for who cannot sign in any more. */
  personName(reader: Reader, id: Id): Promise<string | null>;
  /** Also of who cannot sign in any more: for whoever looks after the mails. */
  names(reader: Reader, people: readonly Id[]): Promise<ReadonlyMap<Id, string>>;
  queues(reader: Reader, person: Id): Promise<Queues>;
  /** Whom a ticket invites; null where its link does not hold any more. */
  invited(reader: Reader, ticket: Id): Promise<(Invited & Addressed) | null>;
}

export interface Addressed {
  readonly to: Posted['to'];
  readonly language: Language;
}
