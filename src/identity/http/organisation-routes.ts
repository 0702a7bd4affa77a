import { action, command, matchVersion, offsetOf, pageOf, query, replyOf, type Route } from '../../http/index.js';
import { actorOf, type OrganisationKind, type Principal } from '../../kernel/principal.js';
import { refusal } from '../../kernel/refusal.js';
import { err } from '../../kernel/result.js';
import { isoOf } from '../../kernel/time.js';
import { ORGANISATION_KINDS } from '../domain/organisation.js';
import type { Identity } from '../identity.js';
import { organisationBody, registrationBody } from './identity-bodies.js';
import {
  OrganisationListQuery,
  OrganisationRequest,
  ReasonRequest,
  RegistrationListQuery,
  RegistrationRequestBody,
} from './identity-requests.js';
import {
  OrganisationBody,
  OrganisationPageBody,
  RegistrationBody,
  RegistrationPageBody,
  RegistrationReceiptBody,
} from './identity-responses.js';

const TAG = 'Organisations';
const PUBLIC: readonly OrganisationKind[] = ['public-body', 'authority', 'centre'];

/** Public bodies are everybody's to see; enterprises for those who work at one of these; persons for administrators. */
function visibleKinds({ roles, organisation }: Principal): readonly OrganisationKind[] {
  if (roles.includes('admin')) return ORGANISATION_KINDS;
  return organisation !== null && PUBLIC.includes(organisation.kind) ? [...PUBLIC, 'enterprise'] : PUBLIC;
}

/** Organisations: everybody sees the public bodies; whoever administers adds, suspends and resumes. */
export function organisationRoutes(identity: Identity): Route[] {
  const shared = { tag: TAG, response: OrganisationBody, permission: 'organisation.manage' };
  return [
    query<OrganisationListQuery>({
      path: '/api/organisations',
      permission: 'organisation.read',
      summary: 'List organisations, newest first',
      tag: TAG,
      query: OrganisationListQuery,
      response: OrganisationPageBody,
      handler: async ({ principal, query: { limit, pageToken, kind } }, reader) => {
        const offset = offsetOf(pageToken);
        if (!offset.ok) return offset;
        const kinds = visibleKinds(principal).filter((one) => kind === undefined || one === kind);
        const { id: own, kind: ownKind } = principal.organisation ?? { id: null, kind: null };
        const also = kind === undefined || kind === ownKind ? own : null;
        const { items, total } = await identity.organisations.list(reader, kinds, also, limit, offset.value);
        return replyOf(pageOf(items.map(organisationBody), offset.value, total));
      },
    }),
    query({
      ...shared,
      path: '/api/organisations/:id',
      permission: 'organisation.read',
      summary: 'Read an organisation',
      handler: async ({ principal, params }, reader) => {
        const found = await identity.organisations.find(reader, params['id'] ?? '');
        const visible =
          found !== null && (found.id === principal.organisation?.id || visibleKinds(principal).includes(found.kind));
        return visible ? replyOf(organisationBody(found), { version: found.version }) : err(refusal('not-found'));
      },
    }),
    command<OrganisationRequest>({
      ...shared,
      path: '/api/organisations',
      summary: 'Add an organisation',
      body: OrganisationRequest,
      status: 201,
      handler: async ({ principal, body }, tx) => {
        const { name, creditCode = null, kind, parent = null } = body;
        const made = await identity.organisationService.add(tx, actorOf(principal), {
          name: { ...name },
          creditCode,
          kind,
          parent,
        });
        return made.ok ? replyOf(organisationBody(made.value), { version: made.value.version }) : made;
      },
    }),
    command<ReasonRequest>({
      ...shared,
      path: '/api/organisations/:id/commands/suspend',
      summary: 'Suspend an organisation: its sessions, tokens and keys are refused at once',
      body: ReasonRequest,
      ifMatch: true,
      handler: async ({ principal, params, body, ifMatch }, tx) => {
        const expected = (version: number) => matchVersion(ifMatch, version);
        const { organisationService } = identity;
        const done = await organisationService.suspend(
          tx,
          actorOf(principal),
          params['id'] ?? '',
          expected,
          body.reason,
        );
        return done.ok ? replyOf(organisationBody(done.value), { version: done.value.version }) : done;
      },
    }),
    command({
      ...shared,
      path: '/api/organisations/:id/commands/resume',
      summary: 'Resume a suspended organisation',
      ifMatch: true,
      handler: async ({ principal, params, ifMatch }, tx) => {
        const expected = (version: number) => matchVersion(ifMatch, version);
        const done = await identity.organisationService.resume(tx, actorOf(principal), params['id'] ?? '', expected);
        return done.ok ? replyOf(organisationBody(done.value), { version: done.value.version }) : done;
      },
    }),
  ];
}

/** Registrations: sent by anybody, decided by an administrator. */
export function registrationRoutes(identity: Identity): Route[] {
  const shared = { tag: TAG, response: RegistrationBody, permission: 'registration.decide' };
  return [
    // Passwords are hashed outside a transaction, which would hold the embedded writer meanwhile.
    action<RegistrationRequestBody>({
      path: '/api/registrations',
      permission: 'registration.submit',
      summary: 'Register an organisation with its first handler and signatory',
      tag: TAG,
      body: RegistrationRequestBody,
      response: RegistrationReceiptBody,
      status: 201,
      handler: async ({ body }) => {
        const { licence = null, name, ...rest } = body;
        const made = await identity.registrations.submit({ ...rest, name: { ...name }, licence });
        if (!made.ok) return made;
        const { id, state, submittedAt } = made.value;
        return replyOf({ id, state, submittedAt: isoOf(submittedAt) });
      },
    }),
    query<RegistrationListQuery>({
      ...shared,
      path: '/api/registrations',
      summary: 'List registrations, newest first',
      query: RegistrationListQuery,
      response: RegistrationPageBody,
      handler: async ({ query: { limit, pageToken, state } }, reader) => {
        const offset = offsetOf(pageToken);
        if (!offset.ok) return offset;
        const { items, total } = await identity.registrations.list(reader, state, limit, offset.value);
        return replyOf(pageOf(items.map(registrationBody), offset.value, total));
      },
    }),
    query({
      ...shared,
      path: '/api/registrations/:id',
      summary: 'Read a registration',
      handler: async ({ params }, reader) => {
        const found = await identity.registrations.find(reader, params['id'] ?? '');
        return found === null
          ? err(refusal('not-found'))
          : replyOf(registrationBody(found), { version: found.version });
      },
    }),
    command({
      ...shared,
      path: '/api/registrations/:id/commands/verify',
      summary: 'Verify a registration: the organisation and its two accounts come into being',
      ifMatch: true,
      handler: async ({ principal, params, ifMatch }, tx) => {
        const expected = (version: number) => matchVersion(ifMatch, version);
        const done = await identity.registrations.decide(tx, actorOf(principal), params['id'] ?? '', expected, null);
        return done.ok ? replyOf(registrationBody(done.value), { version: done.value.version }) : done;
      },
    }),
    command<ReasonRequest>({
      ...shared,
      path: '/api/registrations/:id/commands/refuse',
      summary: 'Refuse a registration with a reason',
      body: ReasonRequest,
      ifMatch: true,
      handler: async ({ principal, params, body, ifMatch }, tx) => {
        const expected = (version: number) => matchVersion(ifMatch, version);
        const done = await identity.registrations.decide(
          tx,
          actorOf(principal),
          params['id'] ?? '',
          expected,
          body.reason,
        );
        return done.ok ? replyOf(registrationBody(done.value), { version: done.value.version }) : done;
      },
    }),
  ];
}
