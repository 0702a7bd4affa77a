import { action, command, PageQuery, query, replyOf, type Route } from '../../http/index.js';
import { actorOf } from '../../kernel/principal.js';
import { refusal } from '../../kernel/refusal.js';
import { err } from '../../kernel/result.js';
import { instantOf } from '../../kernel/time.js';
import type { Identity } from '../identity.js';
import { changed, expectedBy, idOf, paged } from './answers.js';
import { keyBody, portalBody } from './identity-bodies.js';
import { PortalKeyRequest, PortalRequest, PortalSubjectsRequest } from './identity-requests.js';
import { NewPortalKeyBody, PortalBody, PortalKeyBody, PortalKeysBody, PortalPageBody } from './identity-responses.js';

const shared = { tag: 'Portals', permission: 'portal.manage', response: PortalBody };

/** Portals and their keys. */
export const portalRoutes = (identity: Identity): Route[] => [
  ...listAndAddRoutes(identity),
  readRoute(identity),
  stateRoute(identity, 'switch-off', 'off', 'Switch a portal off: its tokens and keys are refused at once'),
  stateRoute(identity, 'switch-on', 'active', 'Switch a portal on again'),
  subjectsRoute(identity),
  keyListRoute(identity),
  newKeyRoute(identity),
  revokeRoute(identity),
];

const listAndAddRoutes = ({ portals }: Identity): Route[] => [
  query<PageQuery>({
    ...shared,
    path: '/api/portals',
    summary: 'List portals, newest first',
    query: PageQuery,
    response: PortalPageBody,
    handler: ({ query: asked }, reader) =>
      paged(asked, portalBody, (limit, offset) => portals.list(reader, limit, offset)),
  }),
  command<PortalRequest>({
    ...shared,
    path: '/api/portals',
    summary: 'Register a portal',
    body: PortalRequest,
    status: 201,
    handler: async ({ principal, body: { clientId, name, organisation, serves } }, tx) =>
      changed(portalBody, await portals.add(tx, actorOf(principal), { clientId, name, organisation, serves })),
  }),
];

const readRoute = ({ portals }: Identity): Route =>
  query({
    ...shared,
    path: '/api/portals/:id',
    summary: 'Read a portal',
    handler: async (call, reader) => {
      const found = await portals.find(reader, idOf(call));
      return found === null ? err(refusal('not-found')) : replyOf(portalBody(found), { version: found.version });
    },
  });

const stateRoute = ({ portals }: Identity, name: string, state: 'off' | 'active', summary: string): Route =>
  command({
    ...shared,
    path: `/api/portals/:id/commands/${name}`,
    summary,
    ifMatch: true,
    handler: async (call, tx) =>
      changed(portalBody, await portals.setState(tx, actorOf(call.principal), idOf(call), expectedBy(call), state)),
  });

const subjectsRoute = ({ portals }: Identity): Route =>
  command<PortalSubjectsRequest>({
    ...shared,
    path: '/api/portals/:id/commands/serve',
    summary: 'Say whom a portal may ask about; holds at the next question',
    body: PortalSubjectsRequest,
    ifMatch: true,
    handler: async (call, tx) => {
      const { principal, body } = call;
      return changed(
        portalBody,
        await portals.serve(tx, actorOf(principal), idOf(call), expectedBy(call), body.serves),
      );
    },
  });

const keyListRoute = ({ portals }: Identity): Route =>
  query({
    ...shared,
    path: '/api/portals/:id/keys',
    summary: 'List a portal’s keys, without what they consist of',
    response: PortalKeysBody,
    handler: async (call, reader) => {
      const portal = await portals.find(reader, idOf(call));
      if (portal === null) return err(refusal('not-found'));
      return replyOf({ items: (await portals.keysOf(reader, portal.id)).map(keyBody) });
    },
  });

/** Not a command with an idempotency key: its answer holds a secret, and answers to keys are kept. */
const newKeyRoute = ({ portals }: Identity): Route =>
  action<PortalKeyRequest>({
    ...shared,
    path: '/api/portals/:id/keys',
    summary: 'Make a key; its text is shown this once',
    body: PortalKeyRequest,
    response: NewPortalKeyBody,
    status: 201,
    handler: async (call, unit) => {
      const { kind, label, expiresAt } = call.body;
      const input = { kind, label, expiresAt: expiresAt === undefined ? null : instantOf(expiresAt) };
      const made = await unit.run((tx) => portals.addKey(tx, actorOf(call.principal), idOf(call), input));
      return made.ok ? replyOf({ ...keyBody(made.value.credential), secret: made.value.text }) : made;
    },
  });

const revokeRoute = ({ portals }: Identity): Route =>
  command({
    ...shared,
    path: '/api/portals/:id/keys/:key/commands/revoke',
    summary: 'Revoke a key and every token it gave, at once',
    response: PortalKeyBody,
    handler: async (call, tx) => {
      const done = await portals.revokeKey(tx, actorOf(call.principal), idOf(call), call.params['key'] ?? '');
      return done.ok ? replyOf(keyBody(done.value)) : done;
    },
  });
