import type { Id } from '../../kernel/ids.js';
import { refusal } from '../../kernel/refusal.js';
import { err, ok, type Result } from '../../kernel/result.js';
import type { Role } from '../../kernel/roles.js';
import type { Language } from '../../kernel/text.js';
import type { Instant } from '../../kernel/time.js';

/** The posts an organisation offers its own people. */
export const OFFERED = ['handler', 'signatory'] as const satisfies readonly Role[];
export type Offered = (typeof OFFERED)[number];

/** `awaiting`: accepted, and an administrator has still to read the signatory's authorisation. */
export const INVITATION_STATES = ['open', 'awaiting', 'accepted', 'refused', 'revoked', 'expired'] as const;
export type InvitationState = (typeof INVITATION_STATES)[number];

/** An organisation invites one of its people, with a post or without one. */
export interface Invitation {
  readonly id: Id<'invitation'>;
  readonly organisation: Id<'organisation'>;
  readonly name: string;
  /** Kept as long as it is open. */
  readonly address: string | null;
  readonly language: Language;
  /** Null: without a post, somebody whom cases and grants may name. */
  readonly role: Offered | null;
  /** Of a signatory: the text that authorises them. */
  readonly authorisation: string | null;
  readonly invitedBy: Id<'person'>;
  readonly state: InvitationState;
  /** Names the link that is good now; each sending makes another one. */
  readonly ticket: Id | null;
  /** SHA-256 of the link's secret. */
  readonly hash: string | null;
  readonly sends: number;
  /** When its letters of the last day went out; null in rows of before they were noted. */
  readonly letters: readonly Instant[] | null;
  /** User names that were tried with it and could not be had. */
  readonly misses: number;
  readonly madeAt: Instant;
  readonly sentAt: Instant;
  readonly expiresAt: Instant;
  readonly person: Id<'person'> | null;
  readonly decidedBy: Id<'person'> | null;
  readonly reason: string | null;
  readonly version: number;
}

/** A week holds the five days on which somebody reads mail at work; who needs longer is sent another link. */
export const INVITATION_LASTS = 7 * 24 * 3_600_000;
/** Nobody came: it may be sent again for as long as its link held, then nothing is kept of where it went. */
export const ADDRESS_KEPT = INVITATION_LASTS;
/** What is bounded is the letters of a day. */
export const LETTERS_COUNTED = 24 * 3_600_000;
/** Whoever holds a link learns which user names are taken: enough tries for a common name, too few for a list. */
export const MOST_MISSES = 20;

export type InvitationCommand =
  | { readonly kind: 'send-again'; readonly ticket: Id; readonly hash: string }
  | { readonly kind: 'revoke' }
  | { readonly kind: 'miss' }
  | { readonly kind: 'accept'; readonly person: Id<'person'> }
  | { readonly kind: 'confirm'; readonly by: Id<'person'> }
  | { readonly kind: 'refuse'; readonly by: Id<'person'>; readonly reason: string };

export type InvitationEvent =
  | { readonly event: 'invitation.sent-again'; readonly at: Instant; readonly ticket: Id; readonly hash: string }
  | { readonly event: 'invitation.revoked' }
  | { readonly event: 'invitation.expired' }
  | { readonly event: 'invitation.missed' }
  | { readonly event: 'invitation.accepted'; readonly person: Id<'person'> }
  | { readonly event: 'invitation.confirmed'; readonly by: Id<'person'> }
  | { readonly event: 'invitation.refused'; readonly by: Id<'person'>; readonly reason: string };

/** Whether the link still lets somebody in. */
export const isGood = ({ state, expiresAt, misses }: Invitation, now: Instant): boolean =>
  state === 'open' && now < expiresAt && misses < MOST_MISSES;

/** What an invitation looks like to people: one whose link has ended by itself is none that waits. */
export const shownState = (invitation: Invitation, now: Instant): InvitationState =>
  invitation.state === 'open' && !isGood(invitation, now) ? 'expired' : invitation.state;

/** Each command fits one state; a link that ended by itself can be sent again or revoked, and nothing else. */
export function decideInvitation(
  invitation: Invitation,
  command: InvitationCommand,
  now: Instant,
): Result<readonly InvitationEvent[]> {
  const needed: InvitationState = command.kind === 'confirm' || command.kind === 'refuse' ? 'awaiting' : 'open';
  if (invitation.state !== needed) return err(refusal('invitation-closed', `It is ${invitation.state}.`));
  switch (command.kind) {
    case 'send-again':
      return ok([{ event: 'invitation.sent-again', at: now, ticket: command.ticket, hash: command.hash }]);
    case 'revoke':
      return ok([{ event: 'invitation.revoked' }]);
    case 'miss':
      return ok([{ event: 'invitation.missed' }]);
    case 'accept':
      if (!isGood(invitation, now)) return err(refusal('invitation-ended'));
      return ok([{ event: 'invitation.accepted', person: command.person }]);
    case 'confirm':
      return ok([{ event: 'invitation.confirmed', by: command.by }]);
    case 'refuse':
      return ok([{ event: 'invitation.refused', by: command.by, reason: command.reason }]);
    default:
      return command satisfies never;
  }
}

/** Instants of its letters that still count. */
export const lettersSince = ({ letters, sentAt }: Invitation, since: Instant): readonly Instant[] =>
  (letters ?? [sentAt]).filter((at) => at > since);

/** What time does: where nobody came, the address is forgotten. */
export const letTimeAct = ({ state, expiresAt }: Invitation, now: Instant): InvitationEvent | null =>
  state === 'open' && now >= expiresAt + ADDRESS_KEPT ? { event: 'invitation.expired' } : null;

/** Closed, it keeps neither the address nor anything of the link. */
export function evolveInvitation(invitation: Invitation, event: InvitationEvent): Invitation {
  const closed = { ...invitation, address: null, ticket: null, hash: null };
  switch (event.event) {
    case 'invitation.sent-again': {
      const { ticket, hash, at } = event;
      const sends = invitation.sends + 1;
      const letters = [...lettersSince(invitation, at - LETTERS_COUNTED), at];
      return { ...invitation, ticket, hash, sends, letters, misses: 0, sentAt: at, expiresAt: at + INVITATION_LASTS };
    }
    case 'invitation.revoked':
      return { ...closed, state: 'revoked' };
    case 'invitation.expired':
      return { ...closed, state: 'expired' };
    case 'invitation.missed':
      return { ...invitation, misses: invitation.misses + 1 };
    case 'invitation.accepted':
      return { ...closed, state: invitation.role === 'signatory' ? 'awaiting' : 'accepted', person: event.person };
    case 'invitation.confirmed':
      return { ...invitation, state: 'accepted', decidedBy: event.by };
    case 'invitation.refused':
      return { ...invitation, state: 'refused', decidedBy: event.by, reason: event.reason };
    default:
      return event satisfies never;
  }
}
