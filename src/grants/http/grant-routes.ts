import {
  type Call,
  command,
  matchVersion,
  notFound,
  pageAfter,
  placeOf,
  query,
  type Reply,
  replyOf,
  type Route,
  type Shape,
} from '../../http/index.js';
import { actorOf } from '../../kernel/principal.js';
import { refusal } from '../../kernel/refusal.js';
import { err, type Result } from '../../kernel/result.js';
import type { Transaction } from '../../persistence/index.js';
import { ApplicationBody } from '../../applications/index.js';
import { addDays, dayOf, endOfDay } from '../../kernel/time.js';
import type { GrantCommand, PersonCommand } from '../domain/decide.js';
import type { Opening } from '../domain/succession.js';
import { type GrantService, untilOf } from '../grant-service.js';
import type { GrantStore } from '../grant-store.js';
import { type GrantAround, isOnOwn, KINDS, linesOf, mayGive, mayOpen, sees, sightOf, viewOf } from '../grant-view.js';
import {
  CertifyDeletionBody,
  GrantListQuery,
  GrantListResponse,
  GrantResponse,
  LimitBody,
  MeasureBody,
  GrantReasonBody,
  ReportUseBody,
  SubmitEvidenceBody,
} from './grant-shapes.js';
import { keyRoutes } from './key-routes.js';

const TAG = 'Grants';
const ID = /^[0-9A-HJKMNP-TV-Z]{26}$/;

export interface GrantDoor extends GrantAround {
  readonly store: GrantStore;
  readonly service: GrantService;
}

/** One command: its name, its words, its body, and what the core is told. */
interface Offered<Body extends object> {
  readonly kind: PersonCommand;
  readonly summary: string;
  readonly body: Shape<Body>;
  toCommand(body: Body): GrantCommand;
}

const offered = <Body extends object>(one: Offered<Body>): Offered<Body> => one;

const COMMANDS = [
  offered({
    kind: 'suspend',
    summary: 'Suspend a grant: the next request is denied',
    body: MeasureBody,
    toCommand: ({ reason, until }) => ({ kind: 'suspend', reason, until: untilOf(until) }),
  }),
  offered({
    kind: 'limit',
    summary: 'Cut down quota or delivery',
    body: LimitBody,
    toCommand: ({ reason, quota = null, delivery = null, until }) => ({
      kind: 'limit',
      reason,
      quota,
      delivery,
      until: untilOf(until),
    }),
  }),
  offered({
    kind: 'resume',
    summary: 'Lift a suspension, or else a limit',
    body: GrantReasonBody,
    toCommand: ({ reason }) => ({ kind: 'resume', reason }),
  }),
  offered({
    kind: 'revoke',
    summary: 'End a grant for good',
    body: GrantReasonBody,
    toCommand: ({ reason }) => ({ kind: 'revoke', reason }),
  }),
  offered({
    kind: 'relinquish',
    summary: 'Give a grant back',
    body: GrantReasonBody,
    toCommand: ({ reason }) => ({ kind: 'relinquish', reason }),
  }),
  offered({
    kind: 'report-use',
    summary: 'Report the use made of the data',
    body: ReportUseBody,
    toCommand: ({ text, products = [], publish = false }) => ({ kind: 'report-use', text, products, publish }),
  }),
  offered({
    kind: 'submit-evidence',
    summary: 'Hand in renewed evidence for a condition',
    body: SubmitEvidenceBody,
    toCommand: ({ condition, evidence: { reference, issuer = null, validUntil = null } }) => ({
      kind: 'submit-evidence',
      proof: { condition, reference, issuer, validUntil },
    }),
  }),
  offered({
    kind: 'certify-deletion',
    summary: 'Certify that the data were deleted',
    body: CertifyDeletionBody,
    toCommand: ({ date, method }) => ({ kind: 'certify-deletion', date, method }),
  }),
];

/** Reading grants, and what people may do to them. */
export function grantRoutes(door: GrantDoor): Route[] {
  return [
    listRoute(door),
    pageRoute(door),
    ...COMMANDS.map((one) => commandRoute(door, one as Offered<object>)),
    openingRoute(door, 'renew', 'Open an application that renews a grant: its period follows, nothing overlaps'),
    ...keyRoutes(door),
    openingRoute(door, 'amend', 'Open an application that amends a grant: the new one takes its place when it begins'),
  ];
}

const listRoute = (door: GrantDoor): Route =>
  query<GrantListQuery>({
    path: '/api/grants',
    permission: 'grant.list',
    summary: 'Grants the caller may see, newest first',
    tag: TAG,
    query: GrantListQuery,
    response: GrantListResponse,
    handler: async (call, reader) => list(door, call, reader),
  });

const pageRoute = (door: GrantDoor): Route =>
  query({
    path: '/api/grants/:id',
    permission: 'grant.read',
    summary: 'One grant: its terms, its state, where the data is',
    tag: TAG,
    response: GrantResponse,
    handler: async (call, reader) => {
      const stored = await door.store.find(reader, call.params['id'] ?? '');
      if (stored === null || !sees(sightOf(call.principal), stored.grant)) return notFound();
      const view = await viewOf(reader, door, call.principal, stored, call.now);
      return replyOf(view, { version: stored.version });
    },
  });

const commandRoute = (door: GrantDoor, { kind, summary, body, toCommand }: Offered<object>): Route =>
  command<object>({
    path: `/api/grants/:id/commands/${kind}`,
    permission: `grant.${kind}`,
    summary,
    tag: TAG,
    body,
    response: GrantResponse,
    ifMatch: true,
    handler: (call, tx) => give(door, call, tx, kind, toCommand(call.body)),
  });

const openingRoute = (door: GrantDoor, name: Opening, summary: string): Route =>
  command({
    path: `/api/grants/:id/commands/${name}`,
    permission: `grant.${name}`,
    summary,
    tag: TAG,
    status: 201,
    response: ApplicationBody,
    ifMatch: true,
    handler: (call, tx) => open(door, call, tx, name),
  });

/** The grant is looked at again once it is locked: the version that was seen is the one that is followed. */
async function open(door: GrantDoor, call: Call<unknown>, tx: Transaction, name: Opening): Promise<Result<Reply>> {
  const id = call.params['id'] ?? '';
  const before = await door.store.find(tx, id);
  if (before === null || !sees(sightOf(call.principal), before.grant)) return notFound();
  if (!mayOpen(call.principal, before.grant)) return err(refusal('forbidden'));
  const stale = matchVersion(call.ifMatch, before.version);
  if (!stale.ok) return stale;
  const opened = await door.openings.open(tx, call, { grant: id, kind: KINDS[name] });
  if (!opened.ok) return opened;
  const { body, version } = opened.value;
  const headers = { location: `/api/applications/${(body as { id: string }).id}` };
  return replyOf(body, { version, status: 201, headers });
}

async function list(
  door: GrantDoor,
  call: Call<undefined, GrantListQuery>,
  reader: Parameters<GrantStore['find']>[0],
): Promise<Result<Reply>> {
  const { limit, pageToken, organisation, dataset, state, endingWithin, duty } = call.query;
  const before = placeOf(pageToken, ID);
  if (!before.ok) return before;
  const sight = sightOf(call.principal);
  if (sight === null) return replyOf({ items: [], nextPageToken: '', total: 0 });
  const filter = {
    ...(organisation && { organisation }),
    ...(dataset && { dataset }),
    ...(state && { state }),
    ...(endingWithin && { endingBefore: endOfDay(addDays(dayOf(call.now), endingWithin)) + 1 }),
    ...(duty === 'overdue' && { overdueOn: dayOf(call.now) }),
  };
  const { items, total } = await door.store.list(reader, sight, filter, limit + 1, before.value);
  const rows = await linesOf(reader, door.surroundings, items, call.now);
  return replyOf(pageAfter(rows, limit, total, ({ id }) => id));
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
  if (await isOnOwn(tx, door.surroundings, call.principal, before.grant, kind))
    return err(refusal('organisation-concerned'));
  const done = await door.service.command(tx, id, call.ifMatch, given, actorOf(call.principal));
  if (!done.ok) return done;
  const view = await viewOf(tx, door, call.principal, done.value, call.now);
  return replyOf(view, { version: done.value.version });
}
