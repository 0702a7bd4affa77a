import { action, command, query, replyOf, type Route } from '../../http/index.js';
import { actorOf } from '../../kernel/principal.js';
import { refusal } from '../../kernel/refusal.js';
import { err } from '../../kernel/result.js';
import type { Identity } from '../identity.js';
import type { Invited } from '../people-service.js';
import { changed, expectedBy, idOf, paged } from './answers.js';
import { personBody } from './identity-bodies.js';
import { OfOrganisationQuery, PersonRequest, ReasonRequest } from './identity-requests.js';
import { InvitedPersonBody, PersonBody, PersonPageBody } from './identity-responses.js';

const shared = { tag: 'People', response: PersonBody, permission: 'person.manage' };

/** People: whoever administers sees and invites them, switches them off and on. */
export const peopleRoutes = (identity: Identity): Route[] => [
  ...readRoutes(identity),
  ...invitationRoutes(identity),
  ...switchRoutes(identity),
];

const readRoutes = ({ people }: Identity): Route[] => [
  query<OfOrganisationQuery>({
    ...shared,
    path: '/api/people',
    permission: 'person.read',
    summary: 'List people, newest first',
    query: OfOrganisationQuery,
    response: PersonPageBody,
    handler: ({ query: asked }, reader) =>
      paged(asked, personBody, (limit, offset) => people.list(reader, asked.organisation, limit, offset)),
  }),
  query({
    ...shared,
    path: '/api/people/:id',
    permission: 'person.read',
    summary: 'Read a person',
    handler: async (call, reader) => {
      const person = await people.find(reader, idOf(call));
      return person === null ? err(refusal('not-found')) : replyOf(personBody(person), { version: person.version });
    },
  }),
];

const invitedReply = ({ person, invitation }: Invited) =>
  replyOf({ ...personBody(person), invitation }, { version: person.version });

/** Not commands with an idempotency key: their answers hold a secret, and answers to keys are kept. */
const invitationRoutes = ({ invitations }: Identity): Route[] => [
  action<PersonRequest>({
    ...shared,
    path: '/api/people',
    summary: 'Add a person and invite them',
    body: PersonRequest,
    response: InvitedPersonBody,
    status: 201,
    handler: async ({ principal, body: { username, name, organisation } }, unit) => {
      const invited = await unit.run((tx) =>
        invitations.invite(tx, actorOf(principal), { username, name, organisation }),
      );
      return invited.ok ? invitedReply(invited.value) : invited;
    },
  }),
  action({
    ...shared,
    path: '/api/people/:id/commands/invite',
    summary: 'Invite a person anew, when the password was lost',
    response: InvitedPersonBody,
    handler: async (call, unit) => {
      const invited = await unit.run((tx) => invitations.inviteAgain(tx, actorOf(call.principal), idOf(call)));
      return invited.ok ? invitedReply(invited.value) : invited;
    },
  }),
];

const switchRoutes = ({ invitations }: Identity): Route[] => [
  command<ReasonRequest>({
    ...shared,
    path: '/api/people/:id/commands/switch-off',
    summary: 'Switch a person off: their sessions end at once',
    body: ReasonRequest,
    ifMatch: true,
    handler: async (call, tx) => {
      const { reason } = call.body;
      const actor = actorOf(call.principal);
      return changed(personBody, await invitations.switchOff(tx, actor, idOf(call), expectedBy(call), reason));
    },
  }),
  command({
    ...shared,
    path: '/api/people/:id/commands/switch-on',
    summary: 'Switch a person on again',
    ifMatch: true,
    handler: async (call, tx) =>
      changed(personBody, await invitations.switchOn(tx, actorOf(call.principal), idOf(call), expectedBy(call))),
  }),
];
