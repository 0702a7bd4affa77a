import type { Id } from '../kernel/ids.js';
import type { Instant } from '../kernel/time.js';
import type { Reader, Transaction } from '../persistence/index.js';
import type { Invitation, InvitationState } from './domain/invitation.js';

/** Whose list it is: of one organisation, or every signatory's who has accepted, for who confirms them. */
export type InvitationSight = { readonly organisation: Id } | { readonly signatories: true };

/** Where invitations are kept. Its laws are in `test/conformance`, on every database. */
export interface InvitationStore {
  find(reader: Reader, id: Id): Promise<Invitation | null>;
  byTicket(reader: Reader, ticket: Id): Promise<Invitation | null>;
  insert(tx: Transaction, invitation: Invitation): Promise<void>;
  update(tx: Transaction, invitation: Invitation): Promise<Invitation>;
  /** Newest first. */
  list(
    reader: Reader,
    sight: InvitationSight,
    state: InvitationState | undefined,
    limit: number,
    offset: number,
  ): Promise<{ readonly items: readonly Invitation[]; readonly total: number }>;
  /** An organisation's invitations that were sent, for the first time or again, after an instant. */
  sentSince(reader: Reader, organisation: Id, since: Instant): Promise<readonly Invitation[]>;
  /** Open ones whose link ended before an instant, the oldest first. */
  endedBefore(reader: Reader, before: Instant, limit: number): Promise<readonly Id[]>;
}
