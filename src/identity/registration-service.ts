import type { Id, Ids } from '../kernel/ids.js';
import { type Actor, ANONYMOUS, actorOf, standsForBearer } from '../kernel/principal.js';
import { refusal } from '../kernel/refusal.js';
import { err, ok, type Result } from '../kernel/result.js';
import type { Text } from '../kernel/text.js';
import type { Reader, Transaction, UnitOfWork } from '../persistence/index.js';
import { endingOf } from './domain/identity-document.js';
import {
  type AskedAccount,
  decideRegistration,
  evolveRegistration,
  type FirstAccount,
  type OrganisationRequest,
  type PersonRequest,
  registrantOf,
  type Registration,
  type RegistrationCommand,
  type RegistrationFacts,
  requestFault,
} from './domain/registration.js';
import type { IdentityStores } from './identity-stores.js';
import { type Expected, organisationOf } from './organisation-service.js';
import { personOf } from './people-service.js';
import { plant } from './plant.js';
import type { IdentityKeys } from './secrets/identity-keys.js';
import type { Passwords } from './secrets/passwords.js';

type NamedAccount = AskedAccount & { readonly name: string };

/** A registration as it is sent: names of the people beside their accounts. */
export type NewRegistration =
  | (OrganisationRequest & {
      readonly authorisation: string;
      readonly licence: string | null;
      readonly handler: NamedAccount | null;
      readonly signatory: NamedAccount;
    })
  | (PersonRequest & { readonly person: PersonRequest['person'] & NamedAccount });

/** What an administrator does with a registration. */
export type RegistrationAct =
  | { readonly kind: 'verify' }
  | { readonly kind: 'refuse'; readonly reason: string }
  | { readonly kind: 'check-identity'; readonly number: string };

/** Whoever registers asks to take part; an administrator verifies them into an organisation with its accounts. */
export class RegistrationService {
  constructor(
    private readonly unit: UnitOfWork,
    private readonly stores: IdentityStores,
    private readonly passwords: Passwords,
    private readonly identities: IdentityKeys,
    private readonly ids: Ids,
  ) {}

  async submit(input: NewRegistration): Promise<Result<Registration>> {
    const fault = requestFault(input);
    if (fault !== null) return err(fault);
    const code = input.kind === 'person' ? null : input.creditCode;
    const taken =
      code === null ? null : await this.unit.read((reader) => this.stores.organisations.byCreditCode(reader, code));
    if (taken !== null) return err(refusal('organisation-exists'));
    const asked = input.kind === 'person' ? await this.ofPerson(input) : await this.ofOrganisation(input);
    return this.unit.run(async (tx) => {
      const registration: Registration = {
        id: this.ids.next<'registration'>(),
        state: 'submitted',
        kind: input.kind,
        ...asked,
        submittedAt: tx.now,
        decidedAt: null,
        decidedBy: null,
        reason: null,
        organisation: null,
        version: 1,
      };
      await this.stores.registrations.insert(tx, registration);
      const subject = { kind: 'registration', id: registration.id };
      const personal = { handler: asked.handler.name, signatory: asked.signatory.name };
      const data = { kind: input.kind, ...(code === null ? {} : { creditCode: code }) };
      tx.append({ event: 'registration.submitted', subject, actor: actorOf(ANONYMOUS), data, personal });
      return ok(registration);
    });
  }

  async decide(
    tx: Transaction,
    actor: Actor,
    id: Id,
    expected: Expected,
    act: RegistrationAct,
  ): Promise<Result<Registration>> {
    const registration = await this.stores.registrations.find(tx, id);
    if (registration === null) return err(refusal('not-found'));
    const fits = expected(registration.version);
    if (!fits.ok) return fits;
    const by = actor.id as Id<'person'>;
    const command = this.commandOf(act, by, registration);
    const events = decideRegistration(registration, command, await this.factsOf(tx, registration, by), tx.now);
    if (!events.ok) return events;
    const next = events.value.reduce(evolveRegistration, registration);
    const saved = await this.stores.registrations.update(tx, next);
    for (const { event } of events.value) {
      const reason = act.kind === 'refuse' ? { reason: act.reason } : {};
      const admitted = saved.organisation === null ? {} : { organisation: saved.organisation };
      tx.append({ event, subject: { kind: 'registration', id }, actor, data: { ...reason, ...admitted } });
    }
    if (saved.organisation !== null) await this.admit(tx, actor, registration, saved.organisation);
    return ok(saved);
  }

  find = (reader: Reader, id: Id): Promise<Registration | null> => this.stores.registrations.find(reader, id);
  list = (reader: Reader, state: Registration['state'] | undefined, limit: number, offset: number) =>
    this.stores.registrations.list(reader, state, limit, offset);

  /** A natural person handles and signs for themselves: one account. */
  private async ofPerson({ person }: Extract<NewRegistration, { kind: 'person' }>) {
    const account = await this.account(person);
    const { document, issuedBy } = person;
    const key = this.identities.of(person);
    const shown = { document, issuedBy: document === 'passport' ? issuedBy : null, ending: endingOf(person) };
    return {
      creditCode: '',
      name: { zh: person.name } as Text,
      authorisation: '',
      licence: null,
      handler: account,
      signatory: account,
      identity: { ...shown, key, checkedBy: null },
    };
  }

  private async ofOrganisation(input: Exclude<NewRegistration, { kind: 'person' }>) {
    const { creditCode, name, authorisation, licence } = input;
    const signatory = await this.account(input.signatory);
    const handler = input.handler === null ? signatory : await this.account(input.handler);
    return { creditCode: creditCode ?? '', name, authorisation, licence, handler, signatory, identity: null };
  }

  private async account({ username, name, password }: NamedAccount): Promise<FirstAccount> {
    return { username, name, passwordHash: await this.passwords.hash(password) };
  }

  private commandOf(act: RegistrationAct, by: Id<'person'>, { identity }: Registration): RegistrationCommand {
    switch (act.kind) {
      case 'verify':
        return { kind: 'verify', by, organisation: this.ids.next<'organisation'>() };
      case 'refuse':
        return { kind: 'refuse', by, reason: act.reason };
      case 'check-identity': {
        const { document = 'resident-id', issuedBy = null } = identity ?? {};
        return { kind: 'check-identity', by, key: this.identities.of({ document, issuedBy, number: act.number }) };
      }
      default:
        return act satisfies never;
    }
  }

  private async factsOf(reader: Reader, registration: Registration, by: Id<'person'>): Promise<RegistrationFacts> {
    const { organisations, people } = this.stores;
    const { creditCode, handler, signatory, identity, name } = registration;
    const names = [...new Set([handler.username, signatory.username])];
    const found = await Promise.all(names.map((one) => people.byUsername(reader, one)));
    const key = identity?.key ?? null;
    const decider = await people.find(reader, by);
    return {
      creditCodeTaken: creditCode !== '' && (await organisations.byCreditCode(reader, creditCode)) !== null,
      usernamesTaken: names.filter((_name, index) => found[index] !== null),
      identityTaken: key !== null && (await organisations.byIdentityKey(reader, key)) !== null,
      isOwn: standsForBearer({ kind: registrantOf(registration), name }, decider?.name ?? ''),
    };
  }

  /** The organisation, its people with the passwords they chose, and their posts. */
  private async admit(
    tx: Transaction,
    actor: Actor,
    registration: Registration,
    organisation: Id<'organisation'>,
  ): Promise<void> {
    const { name, identity } = registration;
    const kind = registrantOf(registration);
    const creditCode = registration.creditCode === '' ? null : registration.creditCode;
    const accounts = this.accountsOf(registration);
    await plant(tx, this.stores, this.ids, actor, {
      organisations: [
        organisationOf(organisation, { name, creditCode, kind, parent: null, identityKey: identity?.key ?? null }),
      ],
      people: accounts.map(({ account, id }) => ({
        ...personOf(id, { username: account.username, name: account.name, organisation }),
        passwordHash: account.passwordHash,
      })),
      posts: accounts.flatMap(({ roles, id }) =>
        roles.map((role) => ({ id: this.ids.next<'post'>(), organisation, role, holder: id, deputy: null })),
      ),
    });
  }

  /** Two accounts where two people handle and sign; one where one person does both. */
  private accountsOf({ kind, handler, signatory }: Registration) {
    const id = () => this.ids.next<'person'>();
    if (kind === 'person') return [{ account: signatory, roles: ['citizen'] as const, id: id() }];
    if (handler.username === signatory.username)
      return [{ account: signatory, roles: ['handler', 'signatory'] as const, id: id() }];
    return [
      { account: handler, roles: ['handler'] as const, id: id() },
      { account: signatory, roles: ['signatory'] as const, id: id() },
    ];
  }
}
