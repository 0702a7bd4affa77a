import { command, query, type Route } from '../../http/index.js';
import { actorOf } from '../../kernel/principal.js';
import type { Identity } from '../identity.js';
import { changed, expectedBy, idOf, paged } from './answers.js';
import { postBody } from './identity-bodies.js';
import { HandOverRequest, OfOrganisationQuery, PostRequest } from './identity-requests.js';
import { PostBody, PostPageBody } from './identity-responses.js';

const shared = { tag: 'Posts', response: PostBody, permission: 'post.manage' };

/** Posts: who holds which role, and who stands in. */
export const postRoutes = ({ posts }: Identity): Route[] => [
  query<OfOrganisationQuery>({
    ...shared,
    path: '/api/posts',
    permission: 'post.read',
    summary: 'List posts, newest first',
    query: OfOrganisationQuery,
    response: PostPageBody,
    handler: ({ query: asked }, reader) =>
      paged(asked, postBody, (limit, offset) => posts.list(reader, asked.organisation, limit, offset)),
  }),
  command<PostRequest>({
    ...shared,
    path: '/api/posts',
    summary: 'Give somebody a role, with or without a deputy',
    body: PostRequest,
    status: 201,
    handler: async ({ principal, body: { organisation, role, holder, deputy = null } }, tx) =>
      changed(postBody, await posts.create(tx, actorOf(principal), { organisation, role, holder, deputy })),
  }),
  command<HandOverRequest>({
    ...shared,
    path: '/api/posts/:id/commands/hand-over',
    summary: 'Change the holder or the deputy of a post',
    body: HandOverRequest,
    ifMatch: true,
    handler: async (call, tx) => {
      const { holder, deputy } = call.body;
      const to = {
        ...(holder === undefined ? {} : { holder }),
        ...(deputy === undefined ? {} : { deputy: deputy === 'none' ? null : deputy }),
      };
      return changed(postBody, await posts.handOver(tx, actorOf(call.principal), idOf(call), expectedBy(call), to));
    },
  }),
  command({
    ...shared,
    path: '/api/posts/:id/commands/end',
    summary: 'End a post: its role is gone at once',
    ifMatch: true,
    handler: async (call, tx) =>
      changed(postBody, await posts.end(tx, actorOf(call.principal), idOf(call), expectedBy(call))),
  }),
];
