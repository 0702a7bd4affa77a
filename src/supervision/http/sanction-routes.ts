import {
  type Call,
  command,
  notFound,
  pageAfter,
  placeOf,
  query,
  type Reply,
  replyOf,
  type Route,
} from '../../http/index.js';
import type { Result } from '../../kernel/result.js';
import type { Reader } from '../../persistence/index.js';
import type { Supervision } from '../create-supervision.js';
import { sees, sightOf } from '../sight.js';
import type { StoredSanction } from '../supervision-stores.js';
import { sanctionLines } from '../supervision-views.js';
import {
  ImposeSanctionBody,
  SanctionListQuery,
  SanctionListResponse,
  SanctionResponse,
  ViolationReasonBody,
} from './supervision-shapes.js';
import { ID, measureOf, TAG } from './violation-routes.js';

/** Measures: reading them, imposing one on a violation, lifting one early. */
export function sanctionRoutes(supervision: Supervision): Route[] {
  return [listRoute(supervision), pageRoute(supervision), imposeRoute(supervision), liftRoute(supervision)];
}

const listRoute = (supervision: Supervision): Route =>
  query<SanctionListQuery>({
    path: '/api/sanctions',
    permission: 'sanction.read',
    summary: 'Measures the caller may see, newest first',
    tag: TAG,
    query: SanctionListQuery,
    response: SanctionListResponse,
    handler: (call, reader) => list(supervision, call, reader),
  });

const pageRoute = (supervision: Supervision): Route =>
  query({
    path: '/api/sanctions/:id',
    permission: 'sanction.read',
    summary: 'One measure',
    tag: TAG,
    response: SanctionResponse,
    handler: async (call, reader) => {
      const stored = await supervision.measures.store.find(reader, call.params['id'] ?? '');
      if (stored === null || !sees(sightOf(call.principal), { ...stored.sanction, holder: null })) return notFound();
      return shown(supervision, call, reader, stored);
    },
  });

const imposeRoute = (supervision: Supervision): Route =>
  command<ImposeSanctionBody>({
    path: '/api/sanctions',
    permission: 'violation.impose',
    summary: 'Impose a measure: the command `impose` of the violation it names, whatever its version',
    tag: TAG,
    status: 201,
    body: ImposeSanctionBody,
    response: SanctionResponse,
    handler: async (call, tx) => {
      const sanction = supervision.measures.nextId();
      const given = { name: 'impose', measure: measureOf(call.body), sanction } as const;
      const done = await supervision.service.command(tx, call.principal, call.body.violation, null, given);
      if (!done.ok) return done;
      const stored = (await supervision.measures.store.find(tx, sanction)) as StoredSanction;
      return shown(supervision, call, tx, stored, 201);
    },
  });

const liftRoute = (supervision: Supervision): Route =>
  command<ViolationReasonBody>({
    path: '/api/sanctions/:id/commands/lift',
    permission: 'sanction.lift',
    summary: 'Lift a measure before its end; not by whoever imposed it',
    tag: TAG,
    body: ViolationReasonBody,
    response: SanctionResponse,
    ifMatch: true,
    handler: async (call, tx) => {
      const id = call.params['id'] ?? '';
      const done = await supervision.sanctions.lift(tx, call.principal, id, call.ifMatch, call.body.reason);
      return done.ok ? shown(supervision, call, tx, done.value) : done;
    },
  });

async function list(
  { measures, views }: Supervision,
  call: Call<undefined, SanctionListQuery>,
  reader: Reader,
): Promise<Result<Reply>> {
  const { limit, pageToken, state, step, organisation, violation } = call.query;
  const before = placeOf(pageToken, ID);
  if (!before.ok) return before;
  const sight = sightOf(call.principal);
  if (sight === null) return replyOf({ items: [], nextPageToken: '', total: 0 });
  const filter = {
    ...(state && { state }),
    ...(step && { step }),
    ...(organisation && { organisation }),
    ...(violation && { violation }),
  };
  const { items, total } = await measures.store.list(reader, sight, filter, limit + 1, before.value);
  return replyOf(pageAfter(await sanctionLines(views, reader, call.principal, items), limit, total, ({ id }) => id));
}

async function shown(
  { views }: Supervision,
  { principal }: Pick<Call, 'principal'>,
  reader: Reader,
  stored: StoredSanction,
  status = 200,
): Promise<Result<Reply>> {
  const [view] = await sanctionLines(views, reader, principal, [stored]);
  return replyOf(view, { version: stored.version, status });
}
