import {
  type Call,
  command,
  pageAfter,
  placeOf,
  plain,
  query,
  type Reply,
  replyOf,
  type Route,
  type Shape,
} from '../../http/index.js';
import type { Result } from '../../kernel/result.js';
import { dayOf, instantOf } from '../../kernel/time.js';
import type { Transaction } from '../../persistence/index.js';
import type { ApplicationQueries } from '../application-queries.js';
import type { ApplicationService, Changed } from '../application-service.js';
import type { Place } from '../application-store.js';
import { type Command, COMMANDS, type CommandName } from '../domain/commands.js';
import type { Workflow } from '../domain/workflow.js';
import { ApplicationCreateRequest, ApplicationListQuery, ApplicationPatchRequest } from './application-requests.js';
import { ApplicationBody, ApplicationPageBody, CandidatesBody } from './application-responses.js';
import {
  AcceptAgreementRequest,
  AdviseRequest,
  AppealRequest,
  ApproveRequest,
  CloseRequest,
  ConsultRequest,
  CounterSignRequest,
  DecideAppealRequest,
  ExtendRequest,
  MemberRequest,
  ReassignRequest,
  RecordConsultationRequest,
  RecordProceedingOutcomeRequest,
  RecordProceedingRequest,
  RefuseRequest,
  RemarkRequest,
  RequestCorrectionRequest,
  ReturnAgreementRequest,
  SaidRequest,
  WithdrawRequest,
} from './command-requests.js';
import { notTaken, requested, written } from './application-input.js';

/** The body class of each command; a command without one takes no arguments. */
const BODIES: { readonly [Name in CommandName]: Shape<object> | null } = {
  submit: null,
  withdraw: WithdrawRequest,
  'request-correction': RequestCorrectionRequest,
  accept: null,
  claim: null,
  release: null,
  reassign: ReassignRequest,
  'declare-conflict': SaidRequest,
  ask: SaidRequest,
  answer: SaidRequest,
  remark: RemarkRequest,
  consult: ConsultRequest,
  'record-consultation': RecordConsultationRequest,
  extend: ExtendRequest,
  'confirm-extension': null,
  appeal: AppealRequest,
  'decide-appeal': DecideAppealRequest,
  'record-proceeding': RecordProceedingRequest,
  'record-proceeding-outcome': RecordProceedingOutcomeRequest,
  'add-member': MemberRequest,
  'remove-member': MemberRequest,
  advise: AdviseRequest,
  approve: ApproveRequest,
  refuse: RefuseRequest,
  'accept-agreement': AcceptAgreementRequest,
  'counter-sign': CounterSignRequest,
  'return-agreement': ReturnAgreementRequest,
  close: CloseRequest,
  'copy-as-new': null,
};

const TAG = 'Applications';
const READ = 'application.read';
const WRITE = 'application.write';
const COMMAND = 'application.command';

export interface ApplicationRouteDeps {
  readonly service: ApplicationService;
  readonly queries: ApplicationQueries;
  readonly workflow: Workflow;
}

async function answer(
  { queries }: ApplicationRouteDeps,
  call: Call<unknown>,
  tx: Transaction,
  changed: Result<Changed>,
  status: 200 | 201,
): Promise<Result<Reply>> {
  if (!changed.ok) return changed;
  const settled = await tx.settle();
  if (!settled.ok) return settled;
  const { view, version } = await queries.changed(tx, call, changed.value);
  const headers = { location: `/api/applications/${view.id}` };
  return replyOf(view, status === 201 ? { version, status, headers } : { version });
}

/** The instant of creation, or in the queues of dates the due day, and the id of the last row shown. */
const BY_AGE = /^\d{1,13} \S{1,64}$/;
const BY_DATE = /^\d{4}-\d{2}-\d{2} \S{1,64}$/;

function placeIn(text: string | null): Place | null {
  if (text === null) return null;
  const [key = '', id = ''] = text.split(' ');
  return { key, id };
}

const idOf = (call: Call<unknown, unknown>): string => call.params['id'] ?? '';

const list = ({ queries }: ApplicationRouteDeps): Route =>
  query<ApplicationListQuery>({
    path: '/api/applications',
    permission: READ,
    tag: TAG,
    summary: 'Applications you may see, newest first',
    query: ApplicationListQuery,
    response: ApplicationPageBody,
    handler: async (call, reader) => {
      const { limit, pageToken, ...asked } = call.query;
      const byDate = asked.queue === 'due' || asked.queue === 'overdue';
      const place = placeOf(pageToken, byDate ? BY_DATE : BY_AGE);
      if (!place.ok) return place;
      const filter = { ...plain(asked), today: dayOf(call.now) };
      const total = await queries.count(reader, call, filter);
      const items = await queries.list(reader, call, filter, limit + 1, placeIn(place.value));
      return replyOf(
        pageAfter(items, limit, total, ({ id, createdAt, due }) => `${byDate ? due : instantOf(createdAt)} ${id}`),
      );
    },
  });

const page = ({ queries }: ApplicationRouteDeps): Route =>
  query({
    path: '/api/applications/:id',
    permission: READ,
    tag: TAG,
    summary: 'An application as you may see it',
    response: ApplicationBody,
    handler: async (call, reader) => {
      const found = await queries.page(reader, call, idOf(call));
      return found.ok ? replyOf(found.value.view, { version: found.value.version }) : found;
    },
  });

const candidates = ({ queries }: ApplicationRouteDeps): Route =>
  query({
    path: '/api/applications/:id/candidates',
    permission: READ,
    tag: TAG,
    summary: 'The people you can name in a command of this application',
    response: CandidatesBody,
    handler: async (call, reader) => {
      const found = await queries.candidates(reader, call.principal, idOf(call));
      return found.ok ? replyOf(found.value) : found;
    },
  });

const create = (deps: ApplicationRouteDeps): Route =>
  command<ApplicationCreateRequest>({
    path: '/api/applications',
    permission: WRITE,
    tag: TAG,
    summary: 'Begin a draft',
    status: 201,
    body: ApplicationCreateRequest,
    response: ApplicationBody,
    handler: async (call, tx) => notTaken(call.body) ?? answer(deps, call, tx, await created(deps, call, tx), 201),
  });

const created = (
  { service }: ApplicationRouteDeps,
  { principal, body }: Call<ApplicationCreateRequest>,
  tx: Transaction,
) => service.create(tx, principal, requested(body), body.kind === 'sharing' ? body.kind : undefined);

const change = (deps: ApplicationRouteDeps): Route =>
  command<ApplicationPatchRequest>({
    method: 'patch',
    path: '/api/applications/:id',
    permission: WRITE,
    tag: TAG,
    ifMatch: true,
    summary: 'Change a draft, or what was sent back for correction',
    body: ApplicationPatchRequest,
    response: ApplicationBody,
    handler: async (call, tx) =>
      notTaken(call.body) ??
      answer(deps, call, tx, await deps.service.change(tx, call, idOf(call), written(call.body)), 200),
  });

function give(deps: ApplicationRouteDeps, name: CommandName): Route {
  const status = name === 'copy-as-new' ? 201 : 200;
  const body = BODIES[name];
  const { text } = deps.workflow.source.commands[name];
  return command<object>({
    path: `/api/applications/:id/commands/${name}`,
    permission: COMMAND,
    tag: TAG,
    status,
    ifMatch: true,
    summary: text.en ?? name,
    ...(body === null ? {} : { body }),
    response: ApplicationBody,
    handler: async (call, tx) => {
      const given = { name, body: plain(call.body ?? {}) } as unknown as Command;
      return answer(deps, call, tx, await deps.service.command(tx, call, idOf(call), given), status);
    },
  });
}

/** Reading, drafting, and one route for each command of the workflow table. */
export const applicationRoutes = (deps: ApplicationRouteDeps): Route[] => [
  list(deps),
  create(deps),
  page(deps),
  candidates(deps),
  change(deps),
  ...COMMANDS.map((name) => give(deps, name)),
];
