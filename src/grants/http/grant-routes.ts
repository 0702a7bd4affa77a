import {
  type Call,
  command,
  notFound,
  offsetOf,
  pageOf,
  query,
  type Reply,
  replyOf,
  type Route,
} from '../../http/index.js';
import { actorOf } from '../../kernel/principal.js';
import { refusal } from '../../kernel/refusal.js';
import { err, type Result } from '../../kernel/result.js';
import type { Transaction } from '../../persistence/index.js';
import type { GrantCommand, PersonCommand } from '../domain/decide.js';
import { type GrantService, untilOf } from '../grant-service.js';
import type { GrantStore } from '../grant-store.js';
import { type GrantSurroundings, mayGive, sees, sightOf, summaryOf, viewOf } from '../grant-view.js';
import {
  GrantListQuery,
  GrantListResponse,
  GrantResponse,
  LimitBody,
  MeasureBody,
  GrantReasonBody,
} from './grant-shapes.js';

const TAG = 'Grants';

export interface GrantDoor {
  readonly store: GrantStore;
  readonly service: GrantService;
  readonly surroundings: GrantSurroundings;
}

/** Reading grants, and what people may do to them. */
export function grantRoutes(door: GrantDoor): Route[] {
  const measure = (
    kind: PersonCommand,
    summary: string,
    body: typeof GrantReasonBody,
    toCommand: (body: LimitBody) => GrantCommand,
  ): Route =>
    command<LimitBody>({
      path: `/api/grants/:id/commands/${kind}`,
      permission: `grant.${kind}`,
      summary,
      tag: TAG,
      body: body as typeof LimitBody,
      response: GrantResponse,
      ifMatch: true,
      handler: (call, tx) => give(door, call, tx, kind, toCommand(call.body)),
    });
  return [
    query<GrantListQuery>({
      path: '/api/grants',
      permission: 'grant.list',
      summary: 'Grants the caller may see, newest first',
      tag: TAG,
      query: GrantListQuery,
      response: GrantListResponse,
      handler: async (call, reader) => list(door, call, reader),
    }),
    query({
      path: '/api/grants/:id',
      permission: 'grant.read',
      summary: 'One grant: its terms, its state, where the data is',
      tag: TAG,
      response: GrantResponse,
      handler: async (call, reader) => {
        const stored = await door.store.find(reader, call.params['id'] ?? '');
        if (stored === null || !sees(sightOf(call.principal), stored.grant)) return notFound();
        const view = await viewOf(reader, door.surroundings, call.principal, stored, call.now);
        return replyOf(view, { version: stored.version });
      },
    }),
    measure('suspend', 'Suspend a grant: the next request is denied', MeasureBody, ({ reason, until }) => ({
      kind: 'suspend',
      reason,
      until: untilOf(until),
    })),
    measure('limit', 'Cut down quota or delivery', LimitBody, ({ reason, quota, delivery, until }) => ({
      kind: 'limit',
      reason,
      quota: quota ?? null,
      delivery: delivery ?? null,
      until: untilOf(until),
    })),
    measure('resume', 'Lift a suspension or a limit', GrantReasonBody, ({ reason }) => ({ kind: 'resume', reason })),
    measure('revoke', 'End a grant for good', GrantReasonBody, ({ reason }) => ({ kind: 'revoke', reason })),
    measure('relinquish', 'Give a grant back', GrantReasonBody, ({ reason }) => ({ kind: 'relinquish', reason })),
  ];
}

async function list(
  door: GrantDoor,
  call: Call<undefined, GrantListQuery>,
  reader: Parameters<GrantStore['find']>[0],
): Promise<Result<Reply>> {
  const { limit, pageToken, organisation, dataset, state } = call.query;
  const offset = offsetOf(pageToken);
  if (!offset.ok) return offset;
  const sight = sightOf(call.principal);
  if (sight === null) return replyOf(pageOf([], 0, 0));
  const filter = { ...(organisation && { organisation }), ...(dataset && { dataset }), ...(state && { state }) };
  const { items, total } = await door.store.list(reader, sight, filter, limit, offset.value);
  const rows = items.map(({ grant, version }) => ({ ...summaryOf(grant, call.now), etag: `"${version}"` }));
  return replyOf(pageOf(rows, offset.value, total));
}

/** What is not the caller's to see is absent; what they see but may not do is forbidden. */
async function give(
  door: GrantDoor,
  call: Call<unknown>,
  tx: Transaction,
  kind: PersonCommand,
  given: GrantCommand,
): Promise<Result<Reply>> {
  const id = call.params['id'] ?? '';
  const before = await door.store.find(tx, id);
  if (before === null || !sees(sightOf(call.principal), before.grant)) return notFound();
  if (!mayGive(call.principal, before.grant, kind)) return err(refusal('forbidden'));
  const done = await door.service.command(tx, id, call.ifMatch, given, actorOf(call.principal));
  if (!done.ok) return done;
  const view = await viewOf(tx, door.surroundings, call.principal, done.value, call.now);
  return replyOf(view, { version: done.value.version });
}
