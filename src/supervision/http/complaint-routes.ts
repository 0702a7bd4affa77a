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
import type { Result } from '../../kernel/result.js';
import { dayOf } from '../../kernel/time.js';
import type { Reader } from '../../persistence/index.js';
import type { ComplaintService, GivenCommand } from '../complaint-service.js';
import { complaintSightOf, isInvolved, seesComplaint } from '../complaint-sight.js';
import type { ComplaintFilter, StoredComplaint } from '../complaint-store.js';
import { complaintLines, complaintView } from '../complaint-view.js';
import {
  AnswerComplaintBody,
  ComplaintListQuery,
  ComplaintListResponse,
  ComplaintReasonBody,
  ComplaintResponse,
  RuleComplaintBody,
  TreatComplaintBody,
  VerifyComplaintBody,
} from './complaint-shapes.js';
import { ID, TAG } from './violation-routes.js';

const PATH = '/api/complaints';

/** One command: its name, its words, its body, and what the service is given. */
interface Offered<Body extends object> {
  readonly name: GivenCommand['name'];
  readonly summary: string;
  /** Left out where there is nothing to say. */
  readonly body?: Shape<Body>;
  toCommand(body: Body): GivenCommand;
}
const offered = <Body extends object>(one: Offered<Body>): Offered<object> => one as Offered<object>;
type Reasoned = Extract<GivenCommand, { readonly reason: string }>['name'];
const reasoned = (name: Reasoned, summary: string): Offered<object> =>
  offered({ name, summary, body: ComplaintReasonBody, toCommand: ({ reason }) => ({ name, reason }) });

const COMMANDS: readonly Offered<object>[] = [
  offered({
    name: 'answer',
    summary: 'Answer an objection to the quality of one’s data; the answer is public',
    body: AnswerComplaintBody,
    toCommand: ({ outcome, text, mendedOn = null }) => ({ name: 'answer', outcome, text, mendedOn }),
  }),
  reasoned('suspend', 'Let the data rest for a complaint about rights, from the next decision on'),
  reasoned('propose-lift', 'Hold the suspension manifestly unfounded; a second person of the authority agrees or not'),
  reasoned('confirm-lift', 'Agree that the suspension is manifestly unfounded: the data is served while it is decided'),
  offered({
    name: 'report-finding',
    summary: 'Say what looking into a complaint about rights has shown',
    body: VerifyComplaintBody,
    toCommand: ({ finding, remark }) => ({ name: 'report-finding', finding, remark }),
  }),
  offered({
    name: 'rule',
    summary: 'Decide on a complaint about rights: resume, withdraw, or treat the data and reopen it',
    body: RuleComplaintBody,
    toCommand: ({ outcome, text, items = null, manifestly = false }) => ({
      name: 'rule',
      outcome,
      text,
      items,
      manifestly,
    }),
  }),
  offered({
    name: 'treat',
    summary: 'Say how the data was treated; it is served again once its tier is confirmed anew',
    body: TreatComplaintBody,
    toCommand: ({ text }) => ({ name: 'treat', text }),
  }),
  offered({
    name: 'take-back',
    summary: 'Take one’s complaint back before it is decided',
    toCommand: () => ({ name: 'take-back' }),
  }),
  reasoned('propose-release', 'Ask that data which a ruling withdrew be let go; a second person agrees or not'),
  reasoned('confirm-release', 'Agree that the hold of the ruling ends: the publisher may list the data again'),
  reasoned('decline-release', 'Do not agree: the data rests on, and its holder may propose it anew'),
];

/** Objections to the quality of data and complaints about rights, after they were filed. */
export const complaintRoutes = (service: ComplaintService): Route[] => [
  listRoute(service),
  pageRoute(service),
  fileRoute(service),
  ...COMMANDS.map((one) => commandRoute(service, one)),
];

const listRoute = (service: ComplaintService): Route =>
  query<ComplaintListQuery>({
    path: PATH,
    permission: 'complaint.read',
    summary: 'Objections to quality, those answered for everyone, and complaints about rights for whom they concern',
    tag: TAG,
    query: ComplaintListQuery,
    response: ComplaintListResponse,
    handler: async (call, reader) => {
      const { limit, pageToken } = call.query;
      const before = placeOf(pageToken, ID);
      if (!before.ok) return before;
      const sight = complaintSightOf(call.principal);
      const { items, total } = await service.deps.store.list(reader, sight, filterOf(call), limit + 1, before.value);
      return replyOf(pageAfter(await complaintLines(service, reader, items), limit, total, ({ id }) => id));
    },
  });

function filterOf({ query: asked, principal, now }: Call<undefined, ComplaintListQuery>): ComplaintFilter {
  const { about, number, state, dataset, holder, queue } = asked;
  const person = principal.kind === 'person' ? principal.id : '';
  return {
    ...(about && { about }),
    ...(number && { number }),
    ...(state && { state }),
    ...(dataset && { dataset }),
    ...(holder && { holder }),
    ...(queue === 'mine' && { mine: { person, organisation: principal.organisation?.id ?? null } }),
    ...(queue === 'due' && { running: true as const }),
    ...(queue === 'overdue' && { overdueOn: dayOf(now) }),
  };
}

const pageRoute = (service: ComplaintService): Route =>
  query({
    path: `${PATH}/:id`,
    permission: 'complaint.read',
    summary: 'One objection or complaint, how it was looked into and answered',
    tag: TAG,
    response: ComplaintResponse,
    handler: async (call, reader) => {
      const stored = await service.deps.store.find(reader, call.params['id'] ?? '');
      if (stored === null || !seesComplaint(call.principal, stored.complaint)) return notFound();
      return shownComplaint(service, call, reader, stored);
    },
  });

const fileRoute = (service: ComplaintService): Route =>
  query({
    path: `${PATH}/:id/attachments/:file`,
    permission: 'complaint.read',
    summary: 'A file that supports a complaint, for saving',
    tag: TAG,
    produces: service.deps.files.types,
    handler: async (call, reader) => {
      const stored = await service.deps.store.find(reader, call.params['id'] ?? '');
      const file = call.params['file'] ?? '';
      const there = stored !== null && stored.complaint.attachments.includes(file);
      if (!there || !isInvolved(call.principal, stored.complaint)) return notFound();
      return service.deps.files.content(reader, file);
    },
  });

const commandRoute = (service: ComplaintService, { name, summary, body, toCommand }: Offered<object>): Route =>
  command<object>({
    path: `${PATH}/:id/commands/${name}`,
    permission: `complaint.${name}`,
    summary,
    tag: TAG,
    ...(body && { body }),
    response: ComplaintResponse,
    ifMatch: true,
    handler: async (call, tx) => {
      const id = call.params['id'] ?? '';
      const done = await service.command(tx, call.principal, id, call.ifMatch, toCommand(call.body));
      return done.ok ? shownComplaint(service, call, tx, done.value) : done;
    },
  });

export async function shownComplaint(
  service: ComplaintService,
  { principal }: Pick<Call, 'principal'>,
  reader: Reader,
  stored: StoredComplaint,
  status = 200,
): Promise<Result<Reply>> {
  return replyOf(await complaintView(service, reader, principal, stored), { version: stored.version, status });
}
