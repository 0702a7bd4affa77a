import type { Id } from '../../kernel/ids.js';
import { type ApplicantKind, APPLICANT_KINDS } from '../../kernel/principal.js';
import { type FieldFault, type Refusal, refusal } from '../../kernel/refusal.js';
import { err, ok, type Result } from '../../kernel/result.js';
import type { Text } from '../../kernel/text.js';
import type { Instant } from '../../kernel/time.js';
import { creditCodeFault } from './credit-code.js';
import { type DocumentKind, documentFault, type IdentityDocument } from './identity-document.js';
import { creditCodeRefusal } from './organisation.js';
import { isUsername, passwordFault } from './person.js';

/** Who may register: the three that may ask for data. */
export const REGISTRANTS = APPLICANT_KINDS;
export type Registrant = ApplicantKind;
export type RegistrationState = 'submitted' | 'verified' | 'refused';

/** A first account as it waits for the registration to be verified; only the hash of the password is kept. */
export interface FirstAccount {
  readonly username: string;
  readonly name: string;
  readonly passwordHash: string;
}

/** What is kept of the document a natural person shows: never its number. */
export interface ShownIdentity {
  readonly document: DocumentKind;
  readonly issuedBy: string | null;
  /** The last characters of the number, by which people tell documents apart. */
  readonly ending: string;
  /** Keyed hash of the number, until the registration is decided; it moves to who is admitted. */
  readonly key: string | null;
  /** The administrator who compared the number with the document. */
  readonly checkedBy: Id<'person'> | null;
}

/** A request to take part: who they are, who may sign for them, who will apply. */
export interface Registration {
  readonly id: Id<'registration'>;
  readonly state: RegistrationState;
  /** Absent in what was sent before others than enterprises could register. */
  readonly kind: Registrant | null;
  /** Empty where there is none. */
  readonly creditCode: string;
  readonly name: Text;
  /** Text of the signatory's authorisation (授权书); empty where a person registers for themselves. */
  readonly authorisation: string;
  readonly licence: string | null;
  /** The same account as the signatory's where one person does both. */
  readonly handler: FirstAccount;
  readonly signatory: FirstAccount;
  /** Of a natural person. */
  readonly identity: ShownIdentity | null;
  readonly submittedAt: Instant;
  readonly decidedAt: Instant | null;
  readonly decidedBy: Id<'person'> | null;
  readonly reason: string | null;
  readonly organisation: Id<'organisation'> | null;
  readonly version: number;
}

export const registrantOf = ({ kind }: Pick<Registration, 'kind'>): Registrant => kind ?? 'enterprise';

export type RegistrationCommand =
  | { readonly kind: 'verify'; readonly by: Id<'person'>; readonly organisation: Id<'organisation'> }
  | { readonly kind: 'refuse'; readonly by: Id<'person'>; readonly reason: string }
  /** `key`: the keyed hash of the number the administrator reads on the document. */
  | { readonly kind: 'check-identity'; readonly by: Id<'person'>; readonly key: string };

/** What the database knows at the moment of the decision. */
export interface RegistrationFacts {
  readonly creditCodeTaken: boolean;
  readonly usernamesTaken: readonly string[];
  /** Somebody with the same document was admitted before. */
  readonly identityTaken: boolean;
  /** Whoever decides bears the name of the person who registers. */
  readonly isOwn: boolean;
}

export type RegistrationEvent =
  | {
      readonly event: 'registration.verified';
      readonly at: Instant;
      readonly by: Id<'person'>;
      readonly organisation: Id<'organisation'>;
    }
  | {
      readonly event: 'registration.refused';
      readonly at: Instant;
      readonly by: Id<'person'>;
      readonly reason: string;
    }
  | { readonly event: 'registration.identity-checked'; readonly at: Instant; readonly by: Id<'person'> };

export interface AskedAccount {
  readonly username: string;
  readonly password: string;
}

/** What an organisation asks for, before anything is hashed or stored. */
export interface OrganisationRequest {
  readonly kind: 'enterprise' | 'unincorporated';
  /** Null of an unincorporated organisation that holds none. */
  readonly creditCode: string | null;
  readonly name: Text;
  /** Null where whoever answers for an unincorporated organisation applies, too. */
  readonly handler: AskedAccount | null;
  readonly signatory: AskedAccount;
}

/** What a natural person asks for: an account in their own name, and the document that says who they are. */
export interface PersonRequest {
  readonly kind: 'person';
  readonly person: AskedAccount & IdentityDocument;
}

export type RegistrationRequest = OrganisationRequest | PersonRequest;

/** Every fault of a request at once; names are not compared with existing accounts, which would tell who has one. */
export function requestFault(request: RegistrationRequest): Refusal | null {
  if (request.kind === 'person') return accountFaults({ person: request.person }) ?? documentFault(request.person);
  const { creditCode, handler, signatory } = request;
  const code = creditCode === null ? null : creditCodeFault(creditCode);
  if (code !== null) return creditCodeRefusal(code);
  if (handler === null) return accountFaults({ signatory });
  if (handler.username === signatory.username) {
    return refusal('username-taken', 'Handler and signatory are two accounts.');
  }
  return accountFaults({ handler, signatory });
}

function accountFaults(accounts: Readonly<Record<string, AskedAccount>>): Refusal | null {
  const errors = Object.entries(accounts).flatMap(([who, { username, password }]): readonly FieldFault[] => {
    const fault = passwordFault(password, username, `/${who}/password`);
    const odd: FieldFault = {
      pointer: `/${who}/username`,
      code: 'username',
      detail: '3 to 64 of a-z, 0-9, dot, dash, underscore.',
    };
    return [...(isUsername(username) ? [] : [odd]), ...(fault?.errors ?? [])];
  });
  if (errors.length === 0) return null;
  return refusal(errors.some(({ code: one }) => one === 'username') ? 'invalid-body' : 'weak-password', undefined, {
    errors,
  });
}

/** Judges a registration once. Names that were free on submission may be taken by now, so facts are read again. */
export function decideRegistration(
  registration: Registration,
  command: RegistrationCommand,
  facts: RegistrationFacts,
  at: Instant,
): Result<readonly RegistrationEvent[]> {
  if (registration.state !== 'submitted') {
    return err(refusal('registration-decided', `The registration is ${registration.state} already.`));
  }
  if (facts.isOwn) return err(refusal('organisation-concerned', 'Nobody decides on a registration of their own name.'));
  const { by } = command;
  if (command.kind === 'refuse') return ok([{ event: 'registration.refused', at, by, reason: command.reason }]);
  if (command.kind === 'check-identity') return checked(registration, command, at);
  const stopped = admissionBar(registration, facts);
  if (stopped !== null) return err(stopped);
  return ok([{ event: 'registration.verified', at, by, organisation: command.organisation }]);
}

function checked(
  { identity }: Registration,
  { key, by }: Extract<RegistrationCommand, { kind: 'check-identity' }>,
  at: Instant,
): Result<readonly RegistrationEvent[]> {
  if (identity === null) return err(refusal('no-identity', 'No natural person registers here.'));
  if (identity.key !== key) return err(refusal('identity-differs'));
  return ok([{ event: 'registration.identity-checked', at, by }]);
}

function admissionBar({ kind, identity }: Registration, facts: RegistrationFacts): Refusal | null {
  if (kind === 'person' && (identity?.checkedBy ?? null) === null) return refusal('identity-unchecked');
  if (facts.identityTaken) return refusal('person-exists');
  if (facts.creditCodeTaken) return refusal('organisation-exists', 'An organisation with this code is registered.');
  if (facts.usernamesTaken.length > 0)
    return refusal('username-taken', `Taken by now: ${facts.usernamesTaken.join(', ')}. Refuse with that reason.`);
  return null;
}

/** Once it is decided, the hash of a number is not needed here; of who was refused nothing of their document is kept. */
export function evolveRegistration(registration: Registration, event: RegistrationEvent): Registration {
  const { identity } = registration;
  if (event.event === 'registration.identity-checked')
    return identity === null ? registration : { ...registration, identity: { ...identity, checkedBy: event.by } };
  const decided = { ...registration, decidedAt: event.at, decidedBy: event.by };
  switch (event.event) {
    case 'registration.verified': {
      const shown = identity === null ? null : { ...identity, key: null };
      return { ...decided, state: 'verified', organisation: event.organisation, identity: shown };
    }
    case 'registration.refused':
      return { ...decided, state: 'refused', reason: event.reason, identity: null };
    default:
      return event satisfies never;
  }
}

export const REGISTRATION_COMMANDS = ['check-identity', 'verify', 'refuse'] as const;
export type RegistrationCommandName = (typeof REGISTRATION_COMMANDS)[number];

/** What an administrator who does not bear the name may do with it now. */
export function registrationCommands({ state, kind, identity }: Registration): readonly RegistrationCommandName[] {
  if (state !== 'submitted') return [];
  const unchecked = kind === 'person' && (identity?.checkedBy ?? null) === null;
  return [unchecked ? 'check-identity' : 'verify', 'refuse'];
}
