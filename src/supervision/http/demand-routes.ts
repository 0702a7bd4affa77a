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
import { refusal } from '../../kernel/refusal.js';
import { err, type Result } from '../../kernel/result.js';
import { dayOf } from '../../kernel/time.js';
import type { Reader } from '../../persistence/index.js';
import { type DemandService, demandSightOf, seesDemand } from '../demand-service.js';
import type { StoredDemand } from '../demand-store.js';
import { demandViews } from '../demand-view.js';
import {
  AnswerDemandBody,
  DemandListQuery,
  DemandListResponse,
  DemandResponse,
  MakeDemandBody,
} from './demand-shapes.js';
import { ID, TAG } from './violation-routes.js';

/** Demands: asking for data that is not listed or not open, and the answers, which are public. */
export function demandRoutes(service: DemandService): Route[] {
  return [listRoute(service), pageRoute(service), makeRoute(service), answerRoute(service)];
}

const listRoute = (service: DemandService): Route =>
  query<DemandListQuery>({
    path: '/api/demands',
    permission: 'demand.read',
    summary: 'Demands, newest first: those answered for everyone, those that wait for whom they concern',
    tag: TAG,
    query: DemandListQuery,
    response: DemandListResponse,
    handler: async (call, reader) => {
      const { limit, pageToken, state, holder, dataset, queue } = call.query;
      const before = placeOf(pageToken, ID);
      if (!before.ok) return before;
      const filter = {
        ...(state && { state }),
        ...(holder && { holder }),
        ...(dataset && { dataset }),
        ...(queue && { overdueOn: dayOf(call.now) }),
      };
      const sight = demandSightOf(call.principal);
      const { items, total } = await service.deps.store.list(reader, sight, filter, limit + 1, before.value);
      const views = await demandViews(service, reader, call.principal, items);
      return replyOf(pageAfter(views, limit, total, ({ id }) => id));
    },
  });

const pageRoute = (service: DemandService): Route =>
  query({
    path: '/api/demands/:id',
    permission: 'demand.read',
    summary: 'One demand with its answers',
    tag: TAG,
    response: DemandResponse,
    handler: async (call, reader) => {
      const stored = await service.deps.store.find(reader, call.params['id'] ?? '');
      if (stored === null || !seesDemand(call.principal, stored.demand)) return notFound();
      return shown(service, call, reader, stored);
    },
  });

const makeRoute = (service: DemandService): Route =>
  command<MakeDemandBody>({
    path: '/api/demands',
    permission: 'demand.make',
    summary: 'Ask for data that is not listed or not open; also without signing in',
    tag: TAG,
    status: 201,
    body: MakeDemandBody,
    response: DemandResponse,
    handler: async (call, tx) => {
      const { dataset = null, holder = null, title, description } = call.body;
      if ((dataset === null) === (holder === null)) return eitherOr();
      const done = await service.make(tx, call.principal, { dataset, holder, title, description });
      return done.ok ? shown(service, call, tx, done.value, 201) : done;
    },
  });

const eitherOr = (): Result<never> =>
  err(
    refusal('invalid-body', undefined, {
      errors: [{ pointer: '/dataset', code: 'either-or', detail: 'name a dataset or a holder, not both' }],
    }),
  );

const answerRoute = (service: DemandService): Route =>
  command<AnswerDemandBody>({
    path: '/api/demands/:id/commands/answer',
    permission: 'demand.answer',
    summary: 'Answer a demand of one’s own body; the answer is public',
    tag: TAG,
    body: AnswerDemandBody,
    response: DemandResponse,
    ifMatch: true,
    handler: async (call, tx) => {
      const { outcome, text, reason = null, dataset = null, plannedBy = null } = call.body;
      const answer = { outcome, text, reason, dataset, plannedBy };
      const done = await service.answer(tx, call.principal, call.params['id'] ?? '', call.ifMatch, answer);
      return done.ok ? shown(service, call, tx, done.value) : done;
    },
  });

async function shown(
  service: DemandService,
  { principal }: Pick<Call, 'principal'>,
  reader: Reader,
  stored: StoredDemand,
  status = 200,
): Promise<Result<Reply>> {
  const [view] = await demandViews(service, reader, principal, [stored]);
  return replyOf(view, { version: stored.version, status });
}
