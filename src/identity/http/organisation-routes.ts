import { command, query, replyOf, type Route } from '../../http/index.js';
import { actorOf, ORGANISATION_KINDS, type OrganisationKind, type Principal } from '../../kernel/principal.js';
import { refusal } from '../../kernel/refusal.js';
import { err } from '../../kernel/result.js';
import type { Identity } from '../identity.js';
import { changed, expectedBy, idOf, paged } from './answers.js';
import { organisationBody } from './identity-bodies.js';
import { OrganisationListQuery, OrganisationRequest, ReasonRequest } from './identity-requests.js';
import { OrganisationBody, OrganisationPageBody } from './identity-responses.js';

const shared = { tag: 'Organisations', response: OrganisationBody, permission: 'organisation.manage' };
const PUBLIC: readonly OrganisationKind[] = ['public-body', 'authority', 'centre'];

/** Public bodies are everybody's to see; organisations that apply for those who work at one of these; persons for administrators. */
function visibleKinds({ roles, organisation }: Principal): readonly OrganisationKind[] {
  if (roles.includes('admin')) return ORGANISATION_KINDS;
  return organisation !== null && PUBLIC.includes(organisation.kind)
    ? [...PUBLIC, 'enterprise', 'unincorporated']
    : PUBLIC;
}

/** Organisations: everybody sees the public bodies; whoever administers adds, suspends and resumes. */
export const organisationRoutes = (identity: Identity): Route[] => [...readRoutes(identity), ...changeRoutes(identity)];

const readRoutes = ({ organisations }: Identity): Route[] => [
  query<OrganisationListQuery>({
    ...shared,
    path: '/api/organisations',
    permission: 'organisation.read',
    summary: 'List organisations, newest first',
    query: OrganisationListQuery,
    response: OrganisationPageBody,
    handler: ({ principal, query: asked }, reader) => {
      const kinds = visibleKinds(principal).filter((kind) => asked.kind === undefined || asked.kind === kind);
      const { id, kind } = principal.organisation ?? { id: null, kind: undefined };
      const beside = kind !== undefined && !kinds.includes(kind) && (asked.kind === undefined || asked.kind === kind);
      const own = beside ? id : null;
      return paged(asked, organisationBody, (limit, offset) =>
        organisations.list(reader, kinds, own, limit, offset, asked.creditCode),
      );
    },
  }),
  query({
    ...shared,
    path: '/api/organisations/:id',
    permission: 'organisation.read',
    summary: 'Read an organisation',
    handler: async (call, reader) => {
      const found = await organisations.find(reader, idOf(call));
      const own = found !== null && found.id === call.principal.organisation?.id;
      if (found === null || !(own || visibleKinds(call.principal).includes(found.kind)))
        return err(refusal('not-found'));
      return replyOf(organisationBody(found), { version: found.version });
    },
  }),
];

const changeRoutes = ({ organisationService }: Identity): Route[] => [
  command<OrganisationRequest>({
    ...shared,
    path: '/api/organisations',
    summary: 'Add an organisation',
    body: OrganisationRequest,
    status: 201,
    handler: async ({ principal, body: { name, creditCode = null, kind, parent = null } }, tx) => {
      const input = { name: { ...name }, creditCode, kind, parent };
      return changed(organisationBody, await organisationService.add(tx, actorOf(principal), input));
    },
  }),
  command<ReasonRequest>({
    ...shared,
    path: '/api/organisations/:id/commands/suspend',
    summary: 'Suspend an organisation: its sessions, tokens and keys are refused at once',
    body: ReasonRequest,
    ifMatch: true,
    handler: async (call, tx) => {
      const actor = actorOf(call.principal);
      const { reason } = call.body;
      return changed(
        organisationBody,
        await organisationService.suspend(tx, actor, idOf(call), expectedBy(call), reason),
      );
    },
  }),
  command({
    ...shared,
    path: '/api/organisations/:id/commands/resume',
    summary: 'Resume a suspended organisation',
    ifMatch: true,
    handler: async (call, tx) =>
      changed(
        organisationBody,
        await organisationService.resume(tx, actorOf(call.principal), idOf(call), expectedBy(call)),
      ),
  }),
];
