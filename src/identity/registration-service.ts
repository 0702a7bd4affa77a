import type { Id, Ids } from '../kernel/ids.js';
import { type Actor, ANONYMOUS, actorOf } from '../kernel/principal.js';
import { refusal } from '../kernel/refusal.js';
import { err, ok, type Result } from '../kernel/result.js';
import type { Text } from '../kernel/text.js';
import type { Reader, Transaction, UnitOfWork } from '../persistence/index.js';
import {
  decideRegistration,
  evolveRegistration,
  type FirstAccount,
  type Registration,
  type RegistrationCommand,
  type RegistrationFacts,
  type RegistrationRequest,
  requestFault,
} from './domain/registration.js';
import type { IdentityStores } from './identity-stores.js';
import { type Expected, organisationOf } from './organisation-service.js';
import { personOf } from './people-service.js';
import { plant } from './plant.js';
import type { Passwords } from './secrets/passwords.js';

/** A registration as it is sent: names of the people beside their accounts. */
export interface NewRegistration extends RegistrationRequest {
  readonly name: Text;
  readonly authorisation: string;
  readonly licence: string | null;
  readonly handler: RegistrationRequest['handler'] & { readonly name: string };
  readonly signatory: RegistrationRequest['signatory'] & { readonly name: string };
}

/** An organisation asks to take part; an administrator verifies it into an organisation with two accounts. */
export class RegistrationService {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly stores: IdentityStores,
    private readonly passwords: Passwords,
    private readonly ids: Ids,
  ) {}

  async submit(input: NewRegistration): Promise<Result<Registration>> {
    const fault = requestFault(input);
    if (fault !== null) return err(fault);
    const taken = await this.unit.read((reader) => this.stores.organisations.byCreditCode(reader, input.creditCode));
    if (taken !== null) return err(refusal('organisation-exists'));
    const [handler, signatory] = [await this.account(input.handler), await this.account(input.signatory)];
    return this.unit.run(async (tx) => {
      const registration: Registration = {
        id: this.ids.next<'registration'>(),
        state: 'submitted',
        creditCode: input.creditCode,
        name: input.name,
        authorisation: input.authorisation,
        licence: input.licence,
        handler,
        signatory,
        submittedAt: tx.now,
        decidedAt: null,
        decidedBy: null,
        reason: null,
        organisation: null,
        version: 1,
      };
      await this.stores.registrations.insert(tx, registration);
      const subject = { kind: 'registration', id: registration.id };
      const personal = { handler: handler.name, signatory: signatory.name };
      tx.append({
        event: 'registration.submitted',
        subject,
        actor: actorOf(ANONYMOUS),
        data: { creditCode: input.creditCode },
        personal,
      });
      return ok(registration);
    });
  }

  async decide(
    tx: Transaction,
    actor: Actor,
    id: Id,
    expected: Expected,
    reason: string | null,
  ): Promise<Result<Registration>> {
    const registration = await this.stores.registrations.find(tx, id);
    if (registration === null) return err(refusal('not-found'));
    const fits = expected(registration.version);
    if (!fits.ok) return fits;
    const by = actor.id as Id<'person'>;
    const command: RegistrationCommand =
      reason === null
        ? { kind: 'verify', by, organisation: this.ids.next<'organisation'>() }
        : { kind: 'refuse', by, reason };
    const events = decideRegistration(registration, command, await this.factsOf(tx, registration), tx.now);
    if (!events.ok) return events;
    const next = events.value.reduce(evolveRegistration, registration);
    const saved = await this.stores.registrations.update(tx, next);
    for (const { event } of events.value) {
      const data = reason === null ? { organisation: saved.organisation } : { reason };
      tx.append({ event, subject: { kind: 'registration', id }, actor, data });
    }
    if (saved.organisation !== null) await this.admit(tx, actor, saved, saved.organisation);
    return ok(saved);
  }

  find = (reader: Reader, id: Id): Promise<Registration | null> => this.stores.registrations.find(reader, id);
  list = (reader: Reader, state: Registration['state'] | undefined, limit: number, offset: number) =>
    this.stores.registrations.list(reader, state, limit, offset);

  private async account(given: NewRegistration['handler']): Promise<FirstAccount> {
    return { username: given.username, name: given.name, passwordHash: await this.passwords.hash(given.password) };
  }

  private async factsOf(reader: Reader, { creditCode, handler, signatory }: Registration): Promise<RegistrationFacts> {
    const { organisations, people } = this.stores;
    const names = [handler.username, signatory.username];
    const found = await Promise.all(names.map((name) => people.byUsername(reader, name)));
    return {
      creditCodeTaken: (await organisations.byCreditCode(reader, creditCode)) !== null,
      usernamesTaken: names.filter((_name, index) => found[index] !== null),
    };
  }

  /** The organisation, its two people with the passwords they chose, and their posts. */
  private async admit(
    tx: Transaction,
    actor: Actor,
    registration: Registration,
    organisation: Id<'organisation'>,
  ): Promise<void> {
    const { creditCode, name, handler, signatory } = registration;
    const accounts = [
      { account: handler, role: 'handler' as const, id: this.ids.next<'person'>() },
      { account: signatory, role: 'signatory' as const, id: this.ids.next<'person'>() },
    ];
    await plant(tx, this.stores, this.ids, actor, {
      organisations: [organisationOf(organisation, { name, creditCode, kind: 'enterprise', parent: null })],
      people: accounts.map(({ account, id }) => ({
        ...personOf(id, { username: account.username, name: account.name, organisation }),
        passwordHash: account.passwordHash,
      })),
      posts: accounts.map(({ role, id }) => ({
        id: this.ids.next<'post'>(),
        organisation,
        role,
        holder: id,
        deputy: null,
      })),
    });
  }
}
