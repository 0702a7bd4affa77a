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
  /** How many letters an organisation has had sent by invitations that were sent since an instant. */
  lettersSince(reader: Reader, organisation: Id, since: Instant): Promise<number>;
}
