import { expect } from 'chai';
import {
  ADDRESS_KEPT,
  decideInvitation,
  evolveInvitation,
  INVITATION_LASTS,
  INVITATION_STATES,
  type Invitation,
  type InvitationCommand,
  isGood,
  LETTERS_COUNTED,
  lettersSince,
  letTimeAct,
  MOST_MISSES,
  shownState,
} from '../../../src/colleagues/domain/invitation.js';
import { invitationCommands, mayOffer } from '../../../src/colleagues/domain/rights.js';
import { ticketParts, ticketText } from '../../../src/colleagues/domain/ticket.js';
import { TicketKeys } from '../../../src/colleagues/ticket-keys.js';

const NOW = Date.parse('2026-11-24T01:00:00Z');
const TICKET = '01ARZ3NDEKTSV4RRFFQ69G5FAV';
const OPEN: Invitation = {
  id: 'INV',
  organisation: 'ORG',
  name: '李敏',
  address: 'li@example.org',
  language: 'zh',
  role: null,
  authorisation: null,
  invitedBy: 'SIGNATORY',
  state: 'open',
  ticket: TICKET,
  hash: 'hash',
  sends: 1,
  letters: [NOW],
  misses: 0,
  madeAt: NOW,
  sentAt: NOW,
  expiresAt: NOW + INVITATION_LASTS,
  person: null,
  decidedBy: null,
  reason: null,
  version: 1,
};
const COMMANDS: readonly InvitationCommand[] = [
  { kind: 'send-again', ticket: 'NEXT', hash: 'other' },
  { kind: 'revoke' },
  { kind: 'miss' },
  { kind: 'accept', person: 'NEW' },
  { kind: 'confirm', by: 'ADMIN' },
  { kind: 'refuse', by: 'ADMIN', reason: 'no seal' },
];
const after = (invitation: Invitation, command: InvitationCommand, now = NOW): Invitation => {
  const events = decideInvitation(invitation, command, now);
  if (!events.ok) throw new Error(events.error.code);
  return events.value.reduce(evolveInvitation, invitation);
};
const codeOf = (invitation: Invitation, command: InvitationCommand, now = NOW): string | null => {
  const events = decideInvitation(invitation, command, now);
  return events.ok ? null : events.error.code;
};

describe('an invitation', () => {
  it('is accepted once, and then keeps neither the address nor the link', () => {
    const accepted = after(OPEN, { kind: 'accept', person: 'NEW' });
    expect(accepted).to.include({ state: 'accepted', person: 'NEW', address: null, ticket: null, hash: null });
    expect(codeOf(accepted, { kind: 'accept', person: 'OTHER' })).to.equal('invitation-closed');
    expect(after(OPEN, { kind: 'revoke' })).to.include({ state: 'revoked', address: null, ticket: null, hash: null });
  });

  it('of a signatory waits for an administrator', () => {
    const signatory = { ...OPEN, role: 'signatory', authorisation: 'by the board' } as const;
    const waits = after(signatory, { kind: 'accept', person: 'NEW' });
    expect(waits).to.include({ state: 'awaiting', person: 'NEW' });
    expect(after(waits, { kind: 'confirm', by: 'ADMIN' })).to.include({ state: 'accepted', decidedBy: 'ADMIN' });
    expect(after(waits, { kind: 'refuse', by: 'ADMIN', reason: 'no seal' })).to.include({
      state: 'refused',
      reason: 'no seal',
    });
  });

  it('ends by itself to the millisecond, or after too many tries; another link begins anew', () => {
    const last = OPEN.expiresAt - 1;
    expect([isGood(OPEN, last), isGood(OPEN, OPEN.expiresAt)]).to.deep.equal([true, false]);
    expect(codeOf(OPEN, { kind: 'accept', person: 'NEW' }, OPEN.expiresAt)).to.equal('invitation-ended');
    expect([shownState(OPEN, last), shownState(OPEN, OPEN.expiresAt)]).to.deep.equal(['open', 'expired']);
    let tried = OPEN;
    for (let miss = 1; miss <= MOST_MISSES; miss++) tried = after(tried, { kind: 'miss' });
    expect(isGood(tried, NOW)).to.equal(false);
    const again = after(tried, { kind: 'send-again', ticket: 'NEXT', hash: 'other' }, NOW + 1);
    expect(again).to.include({ ticket: 'NEXT', hash: 'other', sends: 2, misses: 0 });
    expect(again.expiresAt).to.equal(NOW + 1 + INVITATION_LASTS);
  });

  it('counts the letters of the last day, however often one invitation was sent before', () => {
    const [day, hour] = [LETTERS_COUNTED, 3_600_000];
    const send = (invitation: Invitation, now: number) =>
      after(invitation, { kind: 'send-again', ticket: 'NEXT', hash: 'other' }, now);
    const thrice = send(send(OPEN, NOW + hour), NOW + 2 * hour);
    expect(lettersSince(thrice, NOW + 2 * hour - day)).to.have.length(3);
    const nextDay = send(thrice, NOW + day + hour);
    expect(nextDay.sends).to.equal(4);
    expect(lettersSince(nextDay, NOW + hour)).to.deep.equal([NOW + 2 * hour, NOW + day + hour]);
    expect(lettersSince({ ...OPEN, letters: null }, NOW - 1), 'of before they were noted').to.deep.equal([NOW]);
  });

  it('is forgotten to the millisecond a week after its end, and never once it is closed', () => {
    const last = OPEN.expiresAt + ADDRESS_KEPT;
    expect(letTimeAct(OPEN, last - 1)).to.equal(null);
    const event = letTimeAct(OPEN, last);
    expect(event && evolveInvitation(OPEN, event)).to.include({
      state: 'expired',
      address: null,
      ticket: null,
      hash: null,
    });
    for (const state of INVITATION_STATES)
      if (state !== 'open') expect(letTimeAct({ ...OPEN, state }, last), state).to.equal(null);
  });

  it('takes in each state only the commands of that state', () => {
    for (const state of INVITATION_STATES)
      for (const command of COMMANDS) {
        const needed = command.kind === 'confirm' || command.kind === 'refuse' ? 'awaiting' : 'open';
        const expected = state === needed ? null : 'invitation-closed';
        expect(codeOf({ ...OPEN, state }, command), `${state} ${command.kind}`).to.equal(expected);
      }
  });

  it('advertises to each side what it may do', () => {
    const shown = (more: Partial<Invitation>, ...roles: Parameters<typeof mayOffer>[0]) =>
      invitationCommands({ ...OPEN, ...more }, roles);
    expect(shown({}, 'handler')).to.deep.equal(['send-again', 'revoke']);
    expect(shown({ role: 'handler' }, 'handler')).to.deep.equal([]);
    expect(shown({ role: 'handler' }, 'signatory')).to.deep.equal(['send-again', 'revoke']);
    expect(shown({ state: 'awaiting', role: 'signatory' }, 'signatory')).to.deep.equal([]);
    expect(shown({ state: 'awaiting', role: 'signatory' }, 'admin')).to.deep.equal(['confirm', 'refuse']);
    expect(shown({ state: 'accepted', role: 'signatory' }, 'admin')).to.deep.equal([]);
  });
});

describe('who may offer a post', () => {
  it('a signatory every one; a handler none but the signatory’s, whom an administrator confirms', () => {
    const offers = (role: 'handler' | 'signatory') =>
      [null, 'handler', 'signatory'].map((one) => mayOffer([role], one as never));
    expect(offers('signatory')).to.deep.equal([true, true, true]);
    expect(offers('handler')).to.deep.equal([true, false, true]);
    expect([null, 'handler', 'signatory'].map((one) => mayOffer([], one as never))).to.deep.equal([
      false,
      false,
      false,
    ]);
  });
});

describe('the text of a link', () => {
  const keys = new TicketKeys('a secret of the installation');

  it('is read back, and nothing like it', () => {
    const parts = { ticket: TICKET, secret: keys.secretOf(TICKET) };
    expect(ticketParts(ticketText(parts))).to.deep.equal(parts);
    const text = ticketText(parts);
    for (const wrong of ['', text.slice(1), text.slice(0, -1), `${text}x`, text.replace('tgj', 'tgi'), `${text}\n`])
      expect(ticketParts(wrong), wrong).to.equal(null);
  });

  it('rests on the ticket and on the secret of the installation', () => {
    expect(keys.secretOf(TICKET)).to.equal(new TicketKeys('a secret of the installation').secretOf(TICKET));
    expect(keys.secretOf(TICKET)).to.not.equal(keys.secretOf('01ARZ3NDEKTSV4RRFFQ69G5FAW'));
    expect(keys.secretOf(TICKET)).to.not.equal(new TicketKeys('another secret').secretOf(TICKET));
  });
});
