import {
  type Call,
  command,
  matchVersion,
  offsetOf,
  PageQuery,
  pageOf,
  query,
  replyOf,
  type Route,
} from '../../http/index.js';
import type { Expected } from '../../identity/index.js';
import { etagOf } from '../../kernel/etag.js';
import type { Result } from '../../kernel/result.js';
import type { Transaction } from '../../persistence/index.js';
import type { Colleague, ShownColleague } from '../colleague-service.js';
import type { Colleagues } from '../create-colleagues.js';
import { ColleagueBody, ColleaguePageBody, RefusalRequest } from './colleague-shapes.js';

const shared = { tag: 'Colleagues', response: ColleagueBody, permission: 'colleague.manage' };

const colleagueBody = ({ person, posts, removable, endable }: ShownColleague) => {
  const { id, name, username, state, version } = person;
  return {
    id,
    name,
    username,
    state,
    posts: posts.map((post) => ({
      id: post.id,
      role: post.role,
      deputy: post.deputy === id,
      allowedCommands: endable.has(post.id) ? ['end'] : [],
      etag: etagOf(post.version),
    })),
    allowedCommands: removable ? ['remove'] : [],
    etag: etagOf(version),
  };
};

export const expectedBy =
  (call: Pick<Call, 'ifMatch'>): Expected =>
  (version) =>
    matchVersion(call.ifMatch, version);

/** People of one's own organisation. */
export const colleagueRoutes = ({ people }: Pick<Colleagues, 'people'>): Route[] => {
  const changed = async ({ principal }: Pick<Call, 'principal'>, tx: Transaction, done: Result<Colleague>) => {
    if (!done.ok) return done;
    const shown = await people.shown(tx, principal, done.value);
    return replyOf(colleagueBody(shown), { version: shown.person.version });
  };
  return [
    query<PageQuery>({
      ...shared,
      path: '/api/colleagues',
      permission: 'colleague.read',
      summary: 'List the people of one’s own organisation with their posts, newest first',
      query: PageQuery,
      response: ColleaguePageBody,
      handler: async ({ principal, query: { limit, pageToken } }, reader) => {
        const offset = offsetOf(pageToken);
        if (!offset.ok) return offset;
        const { items, total } = await people.list(reader, principal, limit, offset.value);
        return replyOf(pageOf(items.map(colleagueBody), offset.value, total));
      },
    }),
    command<RefusalRequest>({
      ...shared,
      path: '/api/colleagues/:id/commands/remove',
      summary: 'Let a colleague go: their posts end or pass to their deputies, and their account is switched off',
      body: RefusalRequest,
      ifMatch: true,
      handler: async (call, tx) => {
        const { id = '' } = call.params;
        const done = await people.remove(tx, call.principal, id, expectedBy(call), call.body.reason);
        return changed(call, tx, done);
      },
    }),
    command({
      ...shared,
      path: '/api/colleagues/:id/posts/:post/commands/end',
      summary: 'End the post of a colleague; If-Match names the version of the post',
      ifMatch: true,
      handler: async (call, tx) => {
        const { id = '', post = '' } = call.params;
        const done = await people.endPost(tx, call.principal, id, post, expectedBy(call));
        return changed(call, tx, done);
      },
    }),
  ];
};
