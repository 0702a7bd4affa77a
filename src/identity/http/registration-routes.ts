import { action, command, query, replyOf, type Route } from '../../http/index.js';
import { actorOf } from '../../kernel/principal.js';
import { refusal } from '../../kernel/refusal.js';
import { err } from '../../kernel/result.js';
import { isoOf } from '../../kernel/time.js';
import type { Identity } from '../identity.js';
import { changed, expectedBy, idOf, paged } from './answers.js';
import { registrationBody } from './identity-bodies.js';
import { ReasonRequest, RegistrationListQuery, RegistrationRequestBody } from './identity-requests.js';
import { RegistrationBody, RegistrationPageBody, RegistrationReceiptBody } from './identity-responses.js';

const shared = { tag: 'Registrations', response: RegistrationBody, permission: 'registration.decide' };

/** Registrations: sent by anybody, decided by an administrator. */
export const registrationRoutes = (identity: Identity): Route[] => [
  submitRoute(identity),
  ...readRoutes(identity),
  ...decideRoutes(identity),
];

/** An action: passwords are hashed outside a transaction, which would hold the embedded writer meanwhile. */
const submitRoute = ({ registrations }: Identity): Route =>
  action<RegistrationRequestBody>({
    ...shared,
    path: '/api/registrations',
    permission: 'registration.submit',
    summary: 'Register an organisation with its first handler and signatory',
    body: RegistrationRequestBody,
    response: RegistrationReceiptBody,
    status: 201,
    handler: async ({ body: { licence = null, name, ...rest } }) => {
      const made = await registrations.submit({ ...rest, name: { ...name }, licence });
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
    handler: ({ query: asked }, reader) =>
      paged(asked, registrationBody, (limit, offset) => registrations.list(reader, asked.state, limit, offset)),
  }),
  query({
    ...shared,
    path: '/api/registrations/:id',
    summary: 'Read a registration',
    handler: async (call, reader) => {
      const found = await registrations.find(reader, idOf(call));
      return found === null ? err(refusal('not-found')) : replyOf(registrationBody(found), { version: found.version });
    },
  }),
];

const decideRoutes = ({ registrations }: Identity): Route[] => [
  command({
    ...shared,
    path: '/api/registrations/:id/commands/verify',
    summary: 'Verify a registration: the organisation and its two accounts come into being',
    ifMatch: true,
    handler: async (call, tx) =>
      changed(
        registrationBody,
        await registrations.decide(tx, actorOf(call.principal), idOf(call), expectedBy(call), null),
      ),
  }),
  command<ReasonRequest>({
    ...shared,
    path: '/api/registrations/:id/commands/refuse',
    summary: 'Refuse a registration with a reason',
    body: ReasonRequest,
    ifMatch: true,
    handler: async (call, tx) => {
      const actor = actorOf(call.principal);
      return changed(
        registrationBody,
        await registrations.decide(tx, actor, idOf(call), expectedBy(call), call.body.reason),
      );
    },
  }),
];
