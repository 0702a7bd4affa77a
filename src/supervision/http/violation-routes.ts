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
  type Shape,
} from '../../http/index.js';
import { untilOf } from '../../grants/index.js';
import { refusal } from '../../kernel/refusal.js';
import { err, type Result } from '../../kernel/result.js';
import type { Reader, Transaction } from '../../persistence/index.js';
import type { Measure, ViolationCommand, ViolationCommandName } from '../domain/decide.js';
import type { Supervision } from '../create-supervision.js';
import { sees, sightOf } from '../sight.js';
import type { StoredViolation } from '../supervision-stores.js';
import { deskOf, violationLines, violationView } from '../supervision-views.js';
import {
  ImposeBody,
  ReportViolationBody,
  SupervisionDeskResponse,
  ViolationListQuery,
  ViolationListResponse,
  ViolationReasonBody,
  ViolationReplyBody,
  ViolationResponse,
} from './supervision-shapes.js';

export const TAG = 'Supervision';
export const ID = /^[0-9A-HJKMNP-TV-Z]{26}$/;

/** One command: its name, its words, its body, and what the core is told. */
interface Offered<Body extends object> {
  readonly name: ViolationCommandName;
  readonly summary: string;
  readonly body: Shape<Body>;
  toCommand(body: Body, nextId: () => string): ViolationCommand;
}
const offered = <Body extends object>(one: Offered<Body>): Offered<Body> => one;

const COMMANDS = [
  offered({
    name: 'reply',
    summary: 'Reply to what is held against one’s organisation, or tell of the cure',
    body: ViolationReplyBody,
    toCommand: ({ text }) => ({ name: 'reply', text }),
  }),
  offered({
    name: 'dismiss',
    summary: 'Dismiss a violation: nothing follows, and what was suspended at once resumes',
    body: ViolationReasonBody,
    toCommand: ({ reason }) => ({ name: 'dismiss', reason }),
  }),
  offered({
    name: 'impose',
    summary: 'Impose a measure of the ladder',
    body: ImposeBody,
    toCommand: (body, nextId) => ({ name: 'impose', measure: measureOf(body), sanction: nextId() }),
  }),
  offered({
    name: 'confirm-cure',
    summary: 'Confirm that what a warning asked for was done',
    body: ViolationReasonBody,
    toCommand: ({ reason }) => ({ name: 'confirm-cure', reason }),
  }),
];

/** The measure of a body. */
export const measureOf = (body: ImposeBody): Measure => ({
  step: body.step,
  reason: body.reason,
  cureBy: body.cureBy ?? null,
  until: untilOf(body.until),
  quota: body.quota ?? null,
  delivery: body.delivery ?? null,
  datasets: body.datasets ?? [],
});

/** Violations: reporting them, hearing the organisation, deciding. */
export function violationRoutes(supervision: Supervision): Route[] {
  return [
    deskRoute(supervision),
    listRoute(supervision),
    pageRoute(supervision),
    reportRoute(supervision),
    ...COMMANDS.map((one) => commandRoute(supervision, one as Offered<object>)),
  ];
}

const deskRoute = ({ views }: Supervision): Route =>
  query({
    path: '/api/supervision',
    permission: 'supervision.read',
    summary: 'What stands on a supervisor’s desk, in numbers',
    tag: TAG,
    response: SupervisionDeskResponse,
    handler: async (_call, reader) => replyOf(await deskOf(views, reader)),
  });

const listRoute = (supervision: Supervision): Route =>
  query<ViolationListQuery>({
    path: '/api/violations',
    permission: 'violation.read',
    summary: 'Violations the caller may see, newest first',
    tag: TAG,
    query: ViolationListQuery,
    response: ViolationListResponse,
    handler: (call, reader) => list(supervision, call, reader),
  });

const pageRoute = (supervision: Supervision): Route =>
  query({
    path: '/api/violations/:id',
    permission: 'violation.read',
    summary: 'One violation: what is held against whom, the replies, the decisions',
    tag: TAG,
    response: ViolationResponse,
    handler: async (call, reader) => {
      const stored = await supervision.store.find(reader, call.params['id'] ?? '');
      if (stored === null || !sees(sightOf(call.principal), stored.violation)) return notFound();
      return shown(supervision, call, reader, stored);
    },
  });

const reportRoute = (supervision: Supervision): Route =>
  command<ReportViolationBody>({
    path: '/api/violations',
    permission: 'violation.report',
    summary: 'Report a violation; over-reach and re-identification suspend the grants at once',
    tag: TAG,
    status: 201,
    body: ReportViolationBody,
    response: ViolationResponse,
    handler: async (call, tx) => {
      const { grant = null, organisation = null, kind, description, evidence = [] } = call.body;
      if ((grant === null) === (organisation === null)) return eitherOr();
      const exhibits = evidence.map(({ reference, issuer = null }) => ({ reference, issuer }));
      const report = { grant, organisation, kind, description, evidence: exhibits };
      const done = await supervision.service.report(tx, call.principal, report);
      return done.ok ? shown(supervision, call, tx, done.value, 201) : done;
    },
  });

const eitherOr = (): Result<never> =>
  err(
    refusal('invalid-body', undefined, {
      errors: [{ pointer: '/grant', code: 'either-or', detail: 'name a grant or an organisation, not both' }],
    }),
  );

const commandRoute = (supervision: Supervision, { name, summary, body, toCommand }: Offered<object>): Route =>
  command<object>({
    path: `/api/violations/:id/commands/${name}`,
    permission: `violation.${name}`,
    summary,
    tag: TAG,
    body,
    response: ViolationResponse,
    ifMatch: true,
    handler: async (call, tx) => {
      const given = toCommand(call.body, () => supervision.measures.nextId());
      const id = call.params['id'] ?? '';
      const done = await supervision.service.command(tx, call.principal, id, call.ifMatch, given);
      return done.ok ? shown(supervision, call, tx, done.value) : done;
    },
  });

async function list(
  { store, views }: Supervision,
  call: Call<undefined, ViolationListQuery>,
  reader: Reader,
): Promise<Result<Reply>> {
  const { limit, pageToken, state, kind, organisation, grant } = call.query;
  const before = placeOf(pageToken, ID);
  if (!before.ok) return before;
  const sight = sightOf(call.principal);
  if (sight === null) return replyOf({ items: [], nextPageToken: '', total: 0 });
  const filter = {
    ...(state && { state }),
    ...(kind && { kind }),
    ...(organisation && { organisation }),
    ...(grant && { grant }),
  };
  const { items, total } = await store.list(reader, sight, filter, limit + 1, before.value);
  return replyOf(pageAfter(await violationLines(views, reader, items), limit, total, ({ id }) => id));
}

async function shown(
  { views, service }: Supervision,
  { principal }: Pick<Call, 'principal'>,
  reader: Reader | Transaction,
  stored: StoredViolation,
  status = 200,
): Promise<Result<Reply>> {
  const facts = await service.factsOf(reader, principal, stored.violation);
  const view = await violationView(views, reader, principal, stored, facts);
  return replyOf(view, { version: stored.version, status });
}
