import { action, command, matchVersion, offsetOf, pageOf, query, replyOf, type Route } from '../../http/index.js';
import { actorOf } from '../../kernel/principal.js';
import { refusal } from '../../kernel/refusal.js';
import { err } from '../../kernel/result.js';
import type { Identity } from '../identity.js';
import { personBody, postBody } from './identity-bodies.js';
import {
  HandOverRequest,
  OfOrganisationQuery,
  PersonRequest,
  PostRequest,
  ReasonRequest,
} from './identity-requests.js';
import { InvitedPersonBody, PersonBody, PersonPageBody, PostBody, PostPageBody } from './identity-responses.js';

const PEOPLE = 'People';
const POSTS = 'Posts';

/** People: whoever administers sees and invites them, switches them off and on. */
export function peopleRoutes(identity: Identity): Route[] {
  const shared = { tag: PEOPLE, response: PersonBody, permission: 'person.manage' };
  return [
    query<OfOrganisationQuery>({
      path: '/api/people',
      permission: 'person.read',
      summary: 'List people, newest first',
      tag: PEOPLE,
      query: OfOrganisationQuery,
      response: PersonPageBody,
      handler: async ({ query: { limit, pageToken, organisation } }, reader) => {
        const offset = offsetOf(pageToken);
        if (!offset.ok) return offset;
        const { items, total } = await identity.people.list(reader, organisation, limit, offset.value);
        return replyOf(pageOf(items.map(personBody), offset.value, total));
      },
    }),
    query({
      ...shared,
      path: '/api/people/:id',
      permission: 'person.read',
      summary: 'Read a person',
      handler: async ({ params }, reader) => {
        const person = await identity.people.find(reader, params['id'] ?? '');
        return person === null ? err(refusal('not-found')) : replyOf(personBody(person), { version: person.version });
      },
    }),
    // Not a command with an idempotency key: its answer holds a secret, and answers to keys are kept.
    action<PersonRequest>({
      ...shared,
      path: '/api/people',
      summary: 'Add a person and invite them',
      body: PersonRequest,
      response: InvitedPersonBody,
      status: 201,
      handler: async ({ principal, body }, unit) => {
        const { username, name, organisation } = body;
        const invited = await unit.run((tx) =>
          identity.invitations.invite(tx, actorOf(principal), { username, name, organisation }),
        );
        if (!invited.ok) return invited;
        const { person, invitation } = invited.value;
        return replyOf({ ...personBody(person), invitation }, { version: person.version });
      },
    }),
    action({
      ...shared,
      path: '/api/people/:id/commands/invite',
      summary: 'Invite a person anew, when the password was lost',
      response: InvitedPersonBody,
      handler: async ({ principal, params }, unit) => {
        const invited = await unit.run((tx) =>
          identity.invitations.inviteAgain(tx, actorOf(principal), params['id'] ?? ''),
        );
        if (!invited.ok) return invited;
        const { person, invitation } = invited.value;
        return replyOf({ ...personBody(person), invitation }, { version: person.version });
      },
    }),
    command<ReasonRequest>({
      ...shared,
      path: '/api/people/:id/commands/switch-off',
      summary: 'Switch a person off: their sessions end at once',
      body: ReasonRequest,
      ifMatch: true,
      handler: async ({ principal, params, body, ifMatch }, tx) => {
        const expected = (version: number) => matchVersion(ifMatch, version);
        const done = await identity.invitations.switchOff(
          tx,
          actorOf(principal),
          params['id'] ?? '',
          expected,
          body.reason,
        );
        return done.ok ? replyOf(personBody(done.value), { version: done.value.version }) : done;
      },
    }),
    command({
      ...shared,
      path: '/api/people/:id/commands/switch-on',
      summary: 'Switch a person on again',
      ifMatch: true,
      handler: async ({ principal, params, ifMatch }, tx) => {
        const expected = (version: number) => matchVersion(ifMatch, version);
        const done = await identity.invitations.switchOn(tx, actorOf(principal), params['id'] ?? '', expected);
        return done.ok ? replyOf(personBody(done.value), { version: done.value.version }) : done;
      },
    }),
  ];
}

/** Posts: who holds which role, and who stands in. */
export function postRoutes(identity: Identity): Route[] {
  const shared = { tag: POSTS, response: PostBody, permission: 'post.manage' };
  return [
    query<OfOrganisationQuery>({
      path: '/api/posts',
      permission: 'post.read',
      summary: 'List posts, newest first',
      tag: POSTS,
      query: OfOrganisationQuery,
      response: PostPageBody,
      handler: async ({ query: { limit, pageToken, organisation } }, reader) => {
        const offset = offsetOf(pageToken);
        if (!offset.ok) return offset;
        const { items, total } = await identity.posts.list(reader, organisation, limit, offset.value);
        return replyOf(pageOf(items.map(postBody), offset.value, total));
      },
    }),
    command<PostRequest>({
      ...shared,
      path: '/api/posts',
      summary: 'Give somebody a role, with or without a deputy',
      body: PostRequest,
      status: 201,
      handler: async ({ principal, body }, tx) => {
        const { organisation, role, holder, deputy = null } = body;
        const made = await identity.posts.create(tx, actorOf(principal), { organisation, role, holder, deputy });
        return made.ok ? replyOf(postBody(made.value), { version: made.value.version }) : made;
      },
    }),
    command<HandOverRequest>({
      ...shared,
      path: '/api/posts/:id/commands/hand-over',
      summary: 'Change the holder or the deputy of a post',
      body: HandOverRequest,
      ifMatch: true,
      handler: async ({ principal, params, body: { holder, deputy }, ifMatch }, tx) => {
        const to = {
          ...(holder === undefined ? {} : { holder }),
          ...(deputy === undefined ? {} : { deputy: deputy === 'none' ? null : deputy }),
        };
        const expected = (version: number) => matchVersion(ifMatch, version);
        const done = await identity.posts.handOver(tx, actorOf(principal), params['id'] ?? '', expected, to);
        return done.ok ? replyOf(postBody(done.value), { version: done.value.version }) : done;
      },
    }),
    command({
      ...shared,
      path: '/api/posts/:id/commands/end',
      summary: 'End a post: its role is gone at once',
      ifMatch: true,
      handler: async ({ principal, params, ifMatch }, tx) => {
        const expected = (version: number) => matchVersion(ifMatch, version);
        const done = await identity.posts.end(tx, actorOf(principal), params['id'] ?? '', expected);
        return done.ok ? replyOf(postBody(done.value), { version: done.value.version }) : done;
      },
    }),
  ];
}
