import {
  action,
  command,
  matchVersion,
  offsetOf,
  PageQuery,
  pageOf,
  query,
  replyOf,
  type Route,
} from '../../http/index.js';
import { actorOf } from '../../kernel/principal.js';
import { refusal } from '../../kernel/refusal.js';
import { err } from '../../kernel/result.js';
import { instantOf } from '../../kernel/time.js';
import type { Identity } from '../identity.js';
import { keyBody, portalBody } from './identity-bodies.js';
import { PortalKeyRequest, PortalRequest } from './identity-requests.js';
import { NewPortalKeyBody, PortalBody, PortalKeyBody, PortalKeysBody, PortalPageBody } from './identity-responses.js';

const TAG = 'Portals';

/** Portals and their keys. */
export function portalRoutes(identity: Identity): Route[] {
  const shared = { tag: TAG, permission: 'portal.manage', response: PortalBody };
  const { portals } = identity;
  const stateRoute = (name: 'switch-off' | 'switch-on', state: 'off' | 'active', summary: string): Route =>
    command({
      ...shared,
      path: `/api/portals/:id/commands/${name}`,
      summary,
      ifMatch: true,
      handler: async ({ principal, params, ifMatch }, tx) => {
        const expected = (version: number) => matchVersion(ifMatch, version);
        const done = await portals.setState(tx, actorOf(principal), params['id'] ?? '', expected, state);
        return done.ok ? replyOf(portalBody(done.value), { version: done.value.version }) : done;
      },
    });
  return [
    query<PageQuery>({
      ...shared,
      path: '/api/portals',
      summary: 'List portals, newest first',
      query: PageQuery,
      response: PortalPageBody,
      handler: async ({ query: { limit, pageToken } }, reader) => {
        const offset = offsetOf(pageToken);
        if (!offset.ok) return offset;
        const { items, total } = await portals.list(reader, limit, offset.value);
        return replyOf(pageOf(items.map(portalBody), offset.value, total));
      },
    }),
    command<PortalRequest>({
      ...shared,
      path: '/api/portals',
      summary: 'Register a portal',
      body: PortalRequest,
      status: 201,
      handler: async ({ principal, body: { clientId, name, organisation } }, tx) => {
        const made = await portals.add(tx, actorOf(principal), { clientId, name, organisation });
        return made.ok ? replyOf(portalBody(made.value), { version: made.value.version }) : made;
      },
    }),
    stateRoute('switch-off', 'off', 'Switch a portal off: its tokens and keys are refused at once'),
    stateRoute('switch-on', 'active', 'Switch a portal on again'),
    ...keyRoutes(identity),
  ];
}

function keyRoutes({ portals }: Identity): Route[] {
  const shared = { tag: TAG, permission: 'portal.manage', response: PortalKeyBody };
  return [
    query({
      ...shared,
      path: '/api/portals/:id/keys',
      summary: 'List a portal’s keys, without what they consist of',
      response: PortalKeysBody,
      handler: async ({ params }, reader) => {
        const portal = await portals.find(reader, params['id'] ?? '');
        if (portal === null) return err(refusal('not-found'));
        return replyOf({ items: (await portals.keysOf(reader, portal.id)).map(keyBody) });
      },
    }),
    // Not a command with an idempotency key: its answer holds a secret, and answers to keys are kept.
    action<PortalKeyRequest>({
      ...shared,
      path: '/api/portals/:id/keys',
      summary: 'Make a key; its text is shown this once',
      body: PortalKeyRequest,
      response: NewPortalKeyBody,
      status: 201,
      handler: async ({ principal, params, body: { kind, label, expiresAt } }, unit) => {
        const input = { kind, label, expiresAt: expiresAt === undefined ? null : instantOf(expiresAt) };
        if (Number.isNaN(input.expiresAt)) {
          const errors = [{ pointer: '/expiresAt', code: 'time', detail: 'There is no such time.' }];
          return err(refusal('invalid-body', undefined, { errors }));
        }
        const made = await unit.run((tx) => portals.addKey(tx, actorOf(principal), params['id'] ?? '', input));
        return made.ok ? replyOf({ ...keyBody(made.value.credential), secret: made.value.text }) : made;
      },
    }),
    command({
      ...shared,
      path: '/api/portals/:id/keys/:key/commands/revoke',
      summary: 'Revoke a key and every token it gave, at once',
      handler: async ({ principal, params }, tx) => {
        const done = await portals.revokeKey(tx, actorOf(principal), params['id'] ?? '', params['key'] ?? '');
        return done.ok ? replyOf(keyBody(done.value)) : done;
      },
    }),
  ];
}
