import type { Id } from '../../kernel/ids.js';
import { type FieldFault, type Refusal, refusal } from '../../kernel/refusal.js';
import { err, ok, type Result } from '../../kernel/result.js';
import type { Text } from '../../kernel/text.js';
import type { Instant } from '../../kernel/time.js';
import { creditCodeFault, type CreditCodeFault } from './credit-code.js';
import { isUsername, passwordFault } from './person.js';

export type RegistrationState = 'submitted' | 'verified' | 'refused';

/** A first account as it waits for the organisation to be verified; only the hash of the password is kept. */
export interface FirstAccount {
  readonly username: string;
  readonly name: string;
  readonly passwordHash: string;
}

/** An organisation's request to take part: who they are, who may sign for them, who will apply. */
export interface Registration {
  readonly id: Id<'registration'>;
  readonly state: RegistrationState;
  readonly creditCode: string;
  readonly name: Text;
  /** Text of the signatory's authorisation (授权书). */
  readonly authorisation: string;
  readonly licence: string | null;
  readonly handler: FirstAccount;
  readonly signatory: FirstAccount;
  readonly submittedAt: Instant;
  readonly decidedAt: Instant | null;
  readonly decidedBy: Id<'person'> | null;
  readonly reason: string | null;
  readonly organisation: Id<'organisation'> | null;
  readonly version: number;
}

export type RegistrationCommand =
  | { readonly kind: 'verify'; readonly by: Id<'person'>; readonly organisation: Id<'organisation'> }
  | { readonly kind: 'refuse'; readonly by: Id<'person'>; readonly reason: string };

/** What the database knows at the moment of the decision. */
export interface RegistrationFacts {
  readonly creditCodeTaken: boolean;
  readonly usernamesTaken: readonly string[];
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
    };

/** What is asked for, before anything is hashed or stored. */
export interface RegistrationRequest {
  readonly creditCode: string;
  readonly name: Text;
  readonly handler: { readonly username: string; readonly password: string };
  readonly signatory: { readonly username: string; readonly password: string };
}

/** Every fault of a request at once; names are not compared with existing accounts, which would tell who has one. */
export function requestFault(request: RegistrationRequest): Refusal | null {
  const code = creditCodeFault(request.creditCode);
  if (code !== null) return refusal('invalid-credit-code', undefined, { errors: [creditFault(code)] });
  if (request.handler.username === request.signatory.username) {
    return refusal('username-taken', 'Handler and signatory are two accounts.');
  }
  const errors = (['handler', 'signatory'] as const).flatMap((who): readonly FieldFault[] => {
    const { username, password } = request[who];
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

const creditFault = (code: CreditCodeFault): FieldFault => ({
  pointer: '/creditCode',
  code,
  detail: 'The unified social credit code does not hold (GB 32100).',
});

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
  if (command.kind === 'refuse')
    return ok([{ event: 'registration.refused', at, by: command.by, reason: command.reason }]);
  if (facts.creditCodeTaken)
    return err(refusal('organisation-exists', 'An organisation with this code is registered.'));
  if (facts.usernamesTaken.length > 0) {
    return err(refusal('username-taken', `Taken by now: ${facts.usernamesTaken.join(', ')}. Refuse with that reason.`));
  }
  return ok([{ event: 'registration.verified', at, by: command.by, organisation: command.organisation }]);
}

export function evolveRegistration(registration: Registration, event: RegistrationEvent): Registration {
  const decided = { ...registration, decidedAt: event.at, decidedBy: event.by };
  switch (event.event) {
    case 'registration.verified':
      return { ...decided, state: 'verified', organisation: event.organisation };
    case 'registration.refused':
      return { ...decided, state: 'refused', reason: event.reason };
    default:
      return event satisfies never;
  }
}
