import type { Id, Ids } from '../kernel/ids.js';
import type { Actor } from '../kernel/principal.js';
import { refusal } from '../kernel/refusal.js';
import { err, ok, type Result } from '../kernel/result.js';
import type { Transaction, UnitOfWork } from '../persistence/index.js';
import { type Credential, invitationParts, invitationText, isUsable } from './domain/credential.js';
import { passwordFault, type Person, switchOff, switchOn } from './domain/person.js';
import type { IdentityStores } from './identity-stores.js';
import { lockWithAdministrators, otherAdministrators } from './last-administrator.js';
import type { Expected } from './organisation-service.js';
import type { Passwords } from './secrets/passwords.js';
import { newSecret, sameHash, secretHash } from './secrets/secret.js';
import type { SessionService } from './session-service.js';

export interface NewPerson {
  readonly username: string;
  readonly name: string;
  readonly organisation: Id<'organisation'>;
}

/** A person and, once, the text with which they choose their password. */
export interface Invited {
  readonly person: Person;
  readonly invitation: string;
}

const INVITATION_LASTS = 7 * 24 * 3_600_000;
const BAD_INVITATION = err(refusal('invalid-credentials', 'The invitation was used, replaced, or has ended.'));

/** People: invited, switched off and on. Nobody but they themselves ever knows their password. */
export class PeopleService {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly stores: IdentityStores,
    private readonly sessions: SessionService,
    private readonly passwords: Passwords,
    private readonly ids: Ids,
  ) {}

  async invite(tx: Transaction, actor: Actor, input: NewPerson): Promise<Result<Invited>> {
    await tx.lock('organisation', [input.organisation], 'share');
    const organisation = await this.stores.organisations.find(tx, input.organisation);
    if (organisation?.state !== 'active') {
      const errors = [{ pointer: '/organisation', code: 'unknown', detail: 'There is no such active organisation.' }];
      return err(refusal('invalid-body', undefined, { errors }));
    }
    if ((await this.stores.people.byUsername(tx, input.username)) !== null) return err(refusal('username-taken'));
    const person = personOf(this.ids.next<'person'>(), input);
    await this.create(tx, actor, person);
    return ok({ person, invitation: await this.newInvitation(tx, actor, person) });
  }

  /** An account that somebody makes for themselves, invited by their organisation; the caller has locked it. */
  async admit(tx: Transaction, actor: Actor, person: Person, passwordHash: string): Promise<Result<Person>> {
    if ((await this.stores.people.byUsername(tx, person.username)) !== null) return err(refusal('username-taken'));
    await this.create(tx, actor, person);
    const password = { owner: person.id, kind: 'password', hash: passwordHash, label: 'password' } as const;
    await this.keep(tx, actor, { ...password, expiresAt: null });
    return ok(person);
  }

  /** A new invitation, in place of every earlier one; the present password stays good until it is used. */
  async inviteAgain(tx: Transaction, actor: Actor, id: Id): Promise<Result<Invited>> {
    const found = await this.locked(tx, id, () => ok(undefined));
    if (!found.ok) return found;
    const person = found.value;
    if (person.state !== 'active') return err(refusal('person-unfit', 'The person is switched off.'));
    return ok({ person, invitation: await this.newInvitation(tx, actor, person) });
  }

  /** Chooses the password by an invitation: it works once, and ends sessions of an earlier password. */
  async acceptInvitation(text: string, password: string): Promise<Result<void>> {
    const parts = invitationParts(text);
    if (parts === null) return BAD_INVITATION;
    const known = await this.unit.read(async (reader) => {
      const invitation = await this.stores.credentials.find(reader, parts.credential);
      const person = invitation === null ? null : await this.stores.people.find(reader, invitation.owner);
      return this.isGood(invitation, parts.secret, reader.now) ? person : null;
    });
    if (known === null) return BAD_INVITATION;
    const fault = passwordFault(password, known.username);
    if (fault !== null) return err(fault);
    const hash = await this.passwords.hash(password);
    return this.unit.run(async (tx) => {
      const actor: Actor = { kind: 'person', id: known.id, organisation: known.organisation };
      await tx.lock('person', [known.id]);
      const open = await this.stores.sessions.open(tx, { person: known.id });
      if (open.length > 0) await this.sessions.endAll(tx, { person: known.id }, 'password-changed', actor);
      await tx.lock('credential', [parts.credential]);
      const invitation = await this.stores.credentials.find(tx, parts.credential);
      const person = await this.stores.people.find(tx, known.id);
      if (invitation === null || !this.isGood(invitation, parts.secret, tx.now) || person?.state !== 'active')
        return BAD_INVITATION;
      await this.revokeAll(tx, actor, person.id, ['password', 'invitation']);
      await this.keep(tx, actor, { owner: person.id, kind: 'password', hash, label: 'password', expiresAt: null });
      return ok(undefined);
    });
  }

  async switchOff(tx: Transaction, actor: Actor, id: Id, expected: Expected, reason: string): Promise<Result<Person>> {
    await lockWithAdministrators(tx, this.stores, [id]);
    const found = await this.locked(tx, id, expected);
    const next = found.ok ? switchOff(found.value) : found;
    if (!next.ok) return next;
    if (!(await otherAdministrators(tx, this.stores, { person: id }))) return err(refusal('last-administrator'));
    const saved = await this.stores.people.update(tx, next.value);
    tx.append({ event: 'person.switched-off', subject: { kind: 'person', id }, actor, data: { reason } });
    await this.sessions.endAll(tx, { person: id }, 'person-switched-off', actor);
    return ok(saved);
  }

  async switchOn(tx: Transaction, actor: Actor, id: Id, expected: Expected): Promise<Result<Person>> {
    const found = await this.locked(tx, id, expected);
    const next = found.ok ? switchOn(found.value) : found;
    if (!next.ok) return next;
    const saved = await this.stores.people.update(tx, next.value);
    tx.append({ event: 'person.switched-on', subject: { kind: 'person', id }, actor, data: {} });
    return ok(saved);
  }

  private async create(tx: Transaction, actor: Actor, person: Person): Promise<void> {
    const { id, username, name, organisation } = person;
    await this.stores.people.insert(tx, [person]);
    const personal = { username, name };
    tx.append({ event: 'person.created', subject: { kind: 'person', id }, actor, data: { organisation }, personal });
  }

  private isGood(invitation: Credential | null, secret: string, now: number): boolean {
    if (invitation?.kind !== 'invitation' || !isUsable(invitation, now)) return false;
    return sameHash(invitation.hash, secretHash(secret));
  }

  private async newInvitation(tx: Transaction, actor: Actor, person: Person): Promise<string> {
    await this.revokeAll(tx, actor, person.id, ['invitation']);
    const secret = newSecret();
    const invitation = { owner: person.id, kind: 'invitation', hash: secretHash(secret), label: 'invitation' } as const;
    const { id } = await this.keep(tx, actor, { ...invitation, expiresAt: tx.now + INVITATION_LASTS });
    return invitationText(id, secret);
  }

  private async revokeAll(
    tx: Transaction,
    actor: Actor,
    owner: Id,
    kinds: readonly Credential['kind'][],
  ): Promise<void> {
    for (const kind of kinds) {
      for (const credential of await this.stores.credentials.ofOwner(tx, owner, kind)) {
        await this.stores.credentials.update(tx, { ...credential, revokedAt: tx.now });
        const subject = { kind: 'credential', id: credential.id };
        tx.append({ event: 'credential.revoked', subject, actor, data: { kind, owner } });
      }
    }
  }

  private async keep(
    tx: Transaction,
    actor: Actor,
    made: Pick<Credential, 'owner' | 'kind' | 'hash' | 'label' | 'expiresAt'>,
  ): Promise<Credential> {
    const id = this.ids.next<'credential'>();
    const credential: Credential = { ...made, id, createdAt: tx.now, revokedAt: null, version: 1 };
    await this.stores.credentials.insert(tx, [credential]);
    const data = { kind: made.kind, owner: made.owner };
    tx.append({ event: 'credential.created', subject: { kind: 'credential', id }, actor, data });
    return credential;
  }

  private async locked(tx: Transaction, id: Id, expected: Expected): Promise<Result<Person>> {
    await tx.lock('person', [id]);
    const found = await this.stores.people.find(tx, id);
    if (found === null) return err(refusal('not-found'));
    const fits = expected(found.version);
    return fits.ok ? ok(found) : fits;
  }
}

export const personOf = (id: Id<'person'>, input: NewPerson): Person => ({ id, ...input, state: 'active', version: 1 });
