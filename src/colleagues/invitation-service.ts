import { type Expected, type Identity, passwordFault, rolesOf, sameHash, secretHash } from '../identity/index.js';
import type { Id, Ids } from '../kernel/ids.js';
import { type Actor, actorOf, ANONYMOUS, type Principal, SYSTEM } from '../kernel/principal.js';
import { type Refusal, refusal } from '../kernel/refusal.js';
import { err, ok, type Result } from '../kernel/result.js';
import { foldedName, type Language, type Text } from '../kernel/text.js';
import type { Instant } from '../kernel/time.js';
import type { Reader, Transaction, UnitOfWork } from '../persistence/index.js';
import {
  ADDRESS_KEPT,
  decideInvitation,
  evolveInvitation,
  INVITATION_LASTS,
  type Invitation,
  type InvitationCommand,
  type InvitationEvent,
  isGood,
  LETTERS_COUNTED,
  lettersSince,
  letTimeAct,
} from './domain/invitation.js';
import { mayOffer } from './domain/rights.js';
import { ticketParts, ticketText } from './domain/ticket.js';
import type { InvitationStore } from './invitation-store.js';
import type { TicketKeys } from './ticket-keys.js';

export interface ColleaguesDeps {
  readonly ids: Ids;
  readonly identity: Pick<Identity, 'people' | 'invitations' | 'posts' | 'organisations' | 'departures' | 'passwords'>;
  readonly store: InvitationStore;
  readonly keys: TicketKeys;
}

export type NewInvitation = Pick<Invitation, 'name' | 'language' | 'role' | 'authorisation'> & {
  readonly address: string;
};

/** Who accepts: somebody new, or the account that is signed in. */
export type Acceptance = { readonly username: string; readonly password: string } | { readonly account: Principal };

/** What the letter of an invitation says. */
export interface InvitationLetter {
  readonly name: string;
  readonly address: string;
  readonly language: Language;
  readonly organisation: Text;
  readonly text: string;
  readonly until: Instant;
}

/** A whole department at once, and no mailing list; the addresses are anybody's and the letters are ours. */
const MOST_LETTERS = 30;
const FORGOTTEN_AT_ONCE = 100;
const ENDED = err(refusal('invitation-ended'));

/** Invitations of an organisation to its own people: made, sent, accepted; signatories confirmed by an administrator. */
export class InvitationService {
  constructor(private readonly deps: ColleaguesDeps) {}

  async make(tx: Transaction, principal: Principal, input: NewInvitation): Promise<Result<Invitation>> {
    const organisation = principal.organisation?.id as Id<'organisation'> | undefined;
    if (organisation === undefined) return err(refusal('forbidden'));
    if (!mayOffer(principal.roles, input.role)) return err(NOT_TO_OFFER);
    const fault = authorisationFault(input);
    if (fault !== null) return fault;
    await tx.lock('organisation', [organisation]);
    const stopped = await this.lettersBar(tx, organisation);
    if (stopped !== null) return stopped;
    const { ticket, hash } = this.newTicket();
    const invitation: Invitation = {
      ...input,
      id: this.deps.ids.next<'invitation'>(),
      organisation,
      invitedBy: principal.id as Id<'person'>,
      state: 'open',
      ticket,
      hash,
      sends: 1,
      letters: [tx.now],
      misses: 0,
      madeAt: tx.now,
      sentAt: tx.now,
      expiresAt: tx.now + INVITATION_LASTS,
      person: null,
      decidedBy: null,
      reason: null,
      version: 1,
    };
    await this.deps.store.insert(tx, invitation);
    tx.append({
      event: 'invitation.made',
      subject: { kind: 'invitation', id: invitation.id },
      actor: actorOf(principal),
      data: { organisation, role: input.role, ticket },
      personal: { name: input.name },
    });
    return ok(invitation);
  }

  /** Another link in place of the one before, from now on. */
  async sendAgain(tx: Transaction, principal: Principal, id: Id): Promise<Result<Invitation>> {
    await tx.lock('organisation', [principal.organisation?.id ?? '']);
    const found = await this.own(tx, principal, id);
    if (!found.ok) return found;
    const stopped = await this.lettersBar(tx, found.value.organisation);
    if (stopped !== null) return stopped;
    const { ticket, hash } = this.newTicket();
    // Whoever sends it again is who offers it from now on.
    const offered = { ...found.value, invitedBy: principal.id as Id<'person'> };
    return this.carryOut(tx, offered, { kind: 'send-again', ticket, hash }, actorOf(principal), { ticket });
  }

  async revoke(tx: Transaction, principal: Principal, id: Id, expected: Expected): Promise<Result<Invitation>> {
    const found = await this.own(tx, principal, id, expected);
    return found.ok ? this.carryOut(tx, found.value, { kind: 'revoke' }, actorOf(principal)) : found;
  }

  /** What a link offers; nothing is said of one that does not hold. */
  async look(reader: Reader, text: string): Promise<Result<Invitation>> {
    const parts = ticketParts(text);
    const found = parts === null ? null : await this.deps.store.byTicket(reader, parts.ticket);
    const matches = sameHash(found?.hash ?? '', secretHash(parts?.secret ?? ''));
    if (found === null || !matches || !isGood(found, reader.now)) return ENDED;
    const organisation = await this.deps.identity.organisations.find(reader, found.organisation);
    return organisation?.state === 'active' && (await this.isOffered(reader, found)) ? ok(found) : ENDED;
  }

  /** Whoever was let go, or lost their post, offers nothing any more: a link they kept would let them in again. */
  private async isOffered(reader: Reader, { invitedBy, role }: Invitation): Promise<boolean> {
    const { people, posts } = this.deps.identity;
    const by = await people.find(reader, invitedBy);
    return by?.state === 'active' && mayOffer(rolesOf(invitedBy, await posts.ofPerson(reader, invitedBy)), role);
  }

  /** Lets somebody in, in one transaction; a password is hashed before it. */
  async accept(unit: UnitOfWork, text: string, by: Acceptance): Promise<Result<Invitation>> {
    const known = await unit.read((reader) => this.look(reader, text));
    if (!known.ok) return known;
    if ('account' in by) return unit.run((tx) => this.acceptWith(tx, text, known.value, by.account));
    const fault = passwordFault(by.password, by.username);
    if (fault !== null) return err(fault);
    const passwordHash = await this.deps.identity.passwords.hash(by.password);
    const account = { username: by.username, passwordHash };
    const done = await unit.run((tx) => this.acceptAnew(tx, text, known.value, account));
    if (!done.ok && done.error.code === 'username-taken') await unit.run((tx) => this.countMiss(tx, text));
    return done;
  }

  /** An administrator has read the authorisation: the post is given now, by the rules of every post. */
  async confirm(tx: Transaction, principal: Principal, id: Id, expected: Expected): Promise<Result<Invitation>> {
    const found = await this.awaiting(tx, principal, id, expected);
    if (!found.ok) return found;
    const actor = actorOf(principal);
    const done = await this.carryOut(tx, found.value, { kind: 'confirm', by: principal.id as Id<'person'> }, actor);
    if (!done.ok) return done;
    const given = await this.give(tx, actor, done.value);
    return given.ok ? done : given;
  }

  async refuse(
    tx: Transaction,
    principal: Principal,
    id: Id,
    expected: Expected,
    reason: string,
  ): Promise<Result<Invitation>> {
    const found = await this.awaiting(tx, principal, id, expected);
    if (!found.ok) return found;
    const actor = actorOf(principal);
    return this.carryOut(tx, found.value, { kind: 'refuse', by: principal.id as Id<'person'>, reason }, actor, {
      reason,
    });
  }

  /** The letter that a ticket stands for; null where its link does not hold any more. */
  async letter(reader: Reader, ticket: Id): Promise<InvitationLetter | null> {
    const found = await this.deps.store.byTicket(reader, ticket);
    const secret = this.deps.keys.secretOf(ticket);
    // Under another secret of the installation nobody could open the link.
    if (found === null || found.hash !== secretHash(secret) || !isGood(found, reader.now)) return null;
    const organisation = await this.deps.identity.organisations.find(reader, found.organisation);
    if (organisation === null || found.address === null) return null;
    const { name, address, language, expiresAt: until } = found;
    return { name, address, language, organisation: organisation.name, text: ticketText({ ticket, secret }), until };
  }

  /** The text of the link that a ticket stands for. */
  linkOf = (ticket: Id): string => ticketText({ ticket, secret: this.deps.keys.secretOf(ticket) });

  /** Forgets where invitations went by which nobody came. Returns how many. */
  async letTimeAct(unit: UnitOfWork): Promise<number> {
    const { store } = this.deps;
    for (let total = 0; ; ) {
      const ended = await unit.read((reader) =>
        store.endedBefore(reader, reader.now - ADDRESS_KEPT, FORGOTTEN_AT_ONCE),
      );
      if (ended.length === 0) return total;
      for (const id of ended) {
        const done = await unit.run(async (tx) => ok(await this.forget(tx, id)));
        if (!done.ok) throw new Error(`time was refused: ${done.error.code}`);
        total += done.value;
      }
    }
  }

  private async forget(tx: Transaction, id: Id): Promise<number> {
    await tx.lock('invitation', [id]);
    const found = await this.deps.store.find(tx, id);
    const event = found === null ? null : letTimeAct(found, tx.now);
    if (found === null || event === null) return 0;
    await this.write(tx, found, [event], SYSTEM);
    return 1;
  }

  private newTicket() {
    const ticket = this.deps.ids.next();
    return { ticket, hash: secretHash(this.deps.keys.secretOf(ticket)) };
  }

  private async lettersBar(tx: Transaction, organisation: Id): Promise<Result<never> | null> {
    const since = tx.now - LETTERS_COUNTED;
    const sent = await this.deps.store.sentSince(tx, organisation, since);
    const letters = sent.flatMap((one) => lettersSince(one, since));
    return letters.length < MOST_LETTERS
      ? null
      : err(refusal('too-many-invitations', undefined, { retryAfterSeconds: 3600 }));
  }

  private async acceptAnew(
    tx: Transaction,
    text: string,
    known: Invitation,
    { username, passwordHash }: { readonly username: string; readonly passwordHash: string },
  ): Promise<Result<Invitation>> {
    const { organisation, name } = known;
    const id = this.deps.ids.next<'person'>();
    const good = await this.lockedByLink(tx, text, known, id);
    if (!good.ok) return good;
    const actor: Actor = { kind: 'person', id, organisation };
    const person = { id, username, name, organisation, state: 'active', version: 1 } as const;
    const admitted = await this.deps.identity.invitations.admit(tx, actor, person, passwordHash);
    return admitted.ok ? this.accepted(tx, actor, good.value) : admitted;
  }

  /** An account acts for one organisation for good: moving it would change what the log says of it. */
  private async acceptWith(
    tx: Transaction,
    text: string,
    known: Invitation,
    principal: Principal,
  ): Promise<Result<Invitation>> {
    const good = await this.lockedByLink(tx, text, known, principal.id);
    if (!good.ok) return good;
    const stopped = await this.accountBar(tx, good.value, principal);
    if (stopped !== null) return err(stopped);
    return this.accepted(tx, { kind: 'person', id: principal.id, organisation: known.organisation }, good.value);
  }

  /**
   * What keeps the account that is signed in from accepting; null where nothing does. The rules of a post hold before an
   * administrator confirms it, who could not.
   */
  async accountBar(
    reader: Reader,
    { organisation, role }: Pick<Invitation, 'organisation' | 'role'>,
    principal: Principal,
  ): Promise<Refusal | null> {
    const { people, posts } = this.deps.identity;
    const person = await people.find(reader, principal.id);
    if (principal.kind !== 'person' || person === null) return refusal('forbidden', 'Only people accept.');
    if (person.organisation !== organisation) return refusal('account-elsewhere');
    return role === null ? null : posts.bar(reader, { organisation, role, holder: person.id, deputy: null });
  }

  /** Locks what an acceptance rests on, in the order of locks, and looks at the link again. */
  private async lockedByLink(
    tx: Transaction,
    text: string,
    { id, organisation }: Invitation,
    person: Id,
  ): Promise<Result<Invitation>> {
    await tx.lock('organisation', [organisation], 'share');
    await tx.lock('person', [person]);
    await tx.lock('invitation', [id]);
    return this.look(tx, text);
  }

  private async accepted(tx: Transaction, actor: Actor, invitation: Invitation): Promise<Result<Invitation>> {
    const person = actor.id as Id<'person'>;
    const done = await this.carryOut(tx, invitation, { kind: 'accept', person }, actor, { person });
    if (!done.ok || done.value.role === null) return done;
    const given = done.value.state === 'awaiting' ? ok(undefined) : await this.give(tx, actor, done.value);
    return given.ok ? done : given;
  }

  private give(tx: Transaction, actor: Actor, { organisation, role, person }: Invitation): Promise<Result<unknown>> {
    if (role === null || person === null) throw new Error('an invitation without a post gives none');
    return this.deps.identity.posts.create(tx, actor, { organisation, role, holder: person, deputy: null });
  }

  /** Its own transaction: the refusal that it counts has taken its back. */
  private async countMiss(tx: Transaction, text: string): Promise<Result<void>> {
    const found = await this.look(tx, text);
    if (!found.ok) return ok(undefined);
    await tx.lock('invitation', [found.value.id]);
    const fresh = await this.look(tx, text);
    if (fresh.ok) await this.carryOut(tx, fresh.value, { kind: 'miss' }, actorOf(ANONYMOUS));
    return ok(undefined);
  }

  /** One of the caller's own organisation that they may have to do with, locked; any other looks absent. */
  private async own(
    tx: Transaction,
    { organisation, roles }: Principal,
    id: Id,
    expected: Expected = () => ok(undefined),
  ): Promise<Result<Invitation>> {
    await tx.lock('invitation', [id]);
    const found = await this.deps.store.find(tx, id);
    if (found === null || found.organisation !== organisation?.id) return err(refusal('not-found'));
    if (!mayOffer(roles, found.role)) return err(NOT_TO_OFFER);
    const fits = expected(found.version);
    return fits.ok ? ok(found) : fits;
  }

  private async awaiting(
    tx: Transaction,
    principal: Principal,
    id: Id,
    expected: Expected,
  ): Promise<Result<Invitation>> {
    const before = await this.deps.store.find(tx, id);
    if (before === null || before.role !== 'signatory' || before.person === null) return err(refusal('not-found'));
    await tx.lock('organisation', [before.organisation], 'share');
    await tx.lock('person', [before.person]);
    await tx.lock('invitation', [id]);
    const found = await this.deps.store.find(tx, id);
    if (found === null) return err(refusal('not-found'));
    const fits = expected(found.version);
    if (!fits.ok) return fits;
    const sides = await this.deps.identity.people.findMany(tx, [before.person, before.invitedBy]);
    // One human being may have an account on either side; only the name can say so.
    if (sides.some(({ name }) => foldedName(name) === foldedName(principal.name)))
      return err(refusal('organisation-concerned', 'Nobody confirms a signatory of their own name.'));
    return ok(found);
  }

  private async carryOut(
    tx: Transaction,
    invitation: Invitation,
    command: InvitationCommand,
    actor: Actor,
    data: Readonly<Record<string, unknown>> = {},
  ): Promise<Result<Invitation>> {
    const events = decideInvitation(invitation, command, tx.now);
    return events.ok ? ok(await this.write(tx, invitation, events.value, actor, data)) : events;
  }

  private async write(
    tx: Transaction,
    invitation: Invitation,
    events: readonly InvitationEvent[],
    actor: Actor,
    data: Readonly<Record<string, unknown>> = {},
  ): Promise<Invitation> {
    const saved = await this.deps.store.update(tx, events.reduce(evolveInvitation, invitation));
    const { id, organisation, role } = invitation;
    for (const { event } of events)
      tx.append({ event, subject: { kind: 'invitation', id }, actor, data: { organisation, role, ...data } });
    return saved;
  }
}

const NOT_TO_OFFER = refusal('forbidden', 'Only a signatory offers the post of a handler.');

/** A signatory comes with the text that authorises them, and nobody else with any. */
function authorisationFault({ role, authorisation }: NewInvitation): Result<never> | null {
  const needed = role === 'signatory';
  if (needed === (authorisation !== null)) return null;
  const code = needed ? 'required' : 'not-of-this-kind';
  const detail = needed ? 'A signatory is named with their authorisation.' : 'Only a signatory is authorised.';
  return err(refusal('invalid-body', undefined, { errors: [{ pointer: '/authorisation', code, detail }] }));
}
