import { action, command, query, replyOf, type Route } from '../../http/index.js';
import { actorOf } from '../../kernel/principal.js';
import { refusal } from '../../kernel/refusal.js';
import { err, ok } from '../../kernel/result.js';
import { isoOf } from '../../kernel/time.js';
import type { Registration } from '../domain/registration.js';
import type { Identity } from '../identity.js';
import { changed, expectedBy, idOf, paged } from './answers.js';
import { registrationBody } from './identity-bodies.js';
import {
  ReasonRequest,
  RegistrationListQuery,
  RegistrationRequestBody,
  SeenNumberRequest,
} from './identity-requests.js';
import { RegistrationBody, RegistrationPageBody, RegistrationReceiptBody } from './identity-responses.js';
import { registrationOf } from './registration-input.js';

const shared = { tag: 'Registrations', response: RegistrationBody, permission: 'registration.decide' };

/** Registrations: sent by anybody, decided by an administrator. */
export const registrationRoutes = (identity: Identity): Route[] => [
  submitRoute(identity),
  ...readRoutes(identity),
  ...decideRoutes(identity),
  checkRoute(identity),
];

/** An action: passwords are hashed outside a transaction, which would hold the embedded writer meanwhile. */
const submitRoute = ({ registrations }: Identity): Route =>
  action<RegistrationRequestBody>({
    ...shared,
    path: '/api/registrations',
    permission: 'registration.submit',
    summary: 'Register an enterprise, an unincorporated organisation, or oneself as a natural person',
    body: RegistrationRequestBody,
    response: RegistrationReceiptBody,
    status: 201,
    handler: async ({ body }) => {
      const asked = registrationOf(body);
      const made = asked.ok ? await registrations.submit(asked.value) : asked;
      if (!made.ok) return made;
      const { id, state, submittedAt } = made.value;
      return replyOf({ id, state, submittedAt: isoOf(submittedAt) });
    },
  });

const readRoutes = ({ registrations }: Identity): Route[] => [
  query<RegistrationListQuery>({
    ...shared,
    path: '/api/registrations',
    summary: 'List registrations, newest first',
    query: RegistrationListQuery,
    response: RegistrationPageBody,
    handler: ({ query: asked, principal }, reader) => {
      const body = (one: Registration) => registrationBody(one, principal);
      return paged(asked, body, (limit, offset) => registrations.list(reader, asked.state, limit, offset));
    },
  }),
  query({
    ...shared,
    path: '/api/registrations/:id',
    summary: 'Read a registration',
    handler: async (call, reader) => {
      const found = await registrations.find(reader, idOf(call));
      return found === null
        ? err(refusal('not-found'))
        : replyOf(registrationBody(found, call.principal), { version: found.version });
    },
  }),
];

const decideRoutes = ({ registrations }: Identity): Route[] => [
  command({
    ...shared,
    path: '/api/registrations/:id/commands/verify',
    summary: 'Verify a registration: the organisation and its accounts come into being',
    ifMatch: true,
    handler: async (call, tx) => {
      const done = await registrations.decide(tx, actorOf(call.principal), idOf(call), expectedBy(call), {
        kind: 'verify',
      });
      return changed((one) => registrationBody(one, call.principal), done);
    },
  }),
  command<ReasonRequest>({
    ...shared,
    path: '/api/registrations/:id/commands/refuse',
    summary: 'Refuse a registration with a reason',
    body: ReasonRequest,
    ifMatch: true,
    handler: async (call, tx) => {
      const actor = actorOf(call.principal);
      const act = { kind: 'refuse', reason: call.body.reason } as const;
      const done = await registrations.decide(tx, actor, idOf(call), expectedBy(call), act);
      return changed((one) => registrationBody(one, call.principal), done);
    },
  }),
];

/** Not a command with an idempotency key: of its body, a number, not even a hash is kept. */
const checkRoute = ({ registrations }: Identity): Route =>
  action<SeenNumberRequest>({
    ...shared,
    path: '/api/registrations/:id/commands/check-identity',
    summary: 'Compare the number read on a natural person’s document with the one that was sent',
    body: SeenNumberRequest,
    handler: async (call, unit) => {
      const act = { kind: 'check-identity', number: call.body.number } as const;
      const any = () => ok(undefined);
      const done = await unit.run((tx) => registrations.decide(tx, actorOf(call.principal), idOf(call), any, act));
      return changed((one) => registrationBody(one, call.principal), done);
    },
  });
