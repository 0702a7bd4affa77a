import type { Role } from '../../kernel/roles.js';
import type { Invitation, InvitationState, Offered } from './invitation.js';

/**
 * Who may offer what. A signatory binds the organisation and gives its posts; a handler brings in people without a post,
 * and may name a signatory, because an administrator confirms each one.
 */
export function mayOffer(roles: readonly Role[], role: Offered | null): boolean {
  if (roles.includes('signatory')) return true;
  return roles.includes('handler') && role !== 'handler';
}

export const INVITATION_COMMANDS = ['send-again', 'revoke', 'confirm', 'refuse'] as const;
export type InvitationCommandName = (typeof INVITATION_COMMANDS)[number];

const BY_STATE: Readonly<Record<InvitationState, readonly InvitationCommandName[]>> = {
  open: ['send-again', 'revoke'],
  awaiting: ['confirm', 'refuse'],
  accepted: [],
  refused: [],
  revoked: [],
  expired: [],
};

/** What this caller may do with an invitation they see: its organisation before it is accepted, administrators after. */
export function invitationCommands(
  invitation: Pick<Invitation, 'state' | 'role'>,
  roles: readonly Role[],
): readonly InvitationCommandName[] {
  const mine = invitation.state === 'open' ? mayOffer(roles, invitation.role) : roles.includes('admin');
  return mine ? BY_STATE[invitation.state] : [];
}
