import {
  type Call,
  command,
  offsetOf,
  pageOf,
  query,
  type Reply,
  replyOf,
  type Route,
  type Shape,
} from '../../http/index.js';
import { refusal } from '../../kernel/refusal.js';
import { err, type Result } from '../../kernel/result.js';
import { dayOf } from '../../kernel/time.js';
import type { Transaction } from '../../persistence/index.js';
import type { ApplicationQueries } from '../application-queries.js';
import type { ApplicationService, Changed } from '../application-service.js';
import type { ApplicationRequest } from '../domain/application.js';
import { type Command, COMMANDS, type CommandName } from '../domain/commands.js';
import type { Workflow } from '../domain/workflow.js';
import { ApplicationCreateRequest, ApplicationListQuery, ApplicationPatchRequest } from './application-requests.js';
import { ApplicationBody, ApplicationPageBody } from './application-responses.js';
import {
  AcceptAgreementRequest,
  AdviseRequest,
  ApproveRequest,
  CloseRequest,
  NoArguments,
  ReassignRequest,
  RefuseRequest,
  RemarkRequest,
  RequestCorrectionRequest,
  SaidRequest,
  WithdrawRequest,
} from './command-requests.js';
import { plain } from './fields.js';

/** The body class of each command. */
const BODIES: { readonly [Name in CommandName]: Shape<object> } = {
  submit: NoArguments,
  withdraw: WithdrawRequest,
  'request-correction': RequestCorrectionRequest,
  accept: NoArguments,
  claim: NoArguments,
  release: NoArguments,
  reassign: ReassignRequest,
  'declare-conflict': SaidRequest,
  ask: SaidRequest,
  answer: SaidRequest,
  remark: RemarkRequest,
  advise: AdviseRequest,
  approve: ApproveRequest,
  refuse: RefuseRequest,
  'accept-agreement': AcceptAgreementRequest,
  close: CloseRequest,
  'copy-as-new': NoArguments,
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

/** What is not offered yet is refused by name instead of being kept and ignored. */
function notOffered(body: ApplicationPatchRequest & { readonly kind?: string }): Result<never> | null {
  const fields = [
    ...(body.kind === 'sharing' ? ['/kind'] : []),
    ...(body.form === undefined ? [] : ['/form']),
    ...(body.attachments === undefined || body.attachments.length === 0 ? [] : ['/attachments']),
  ];
  if (fields.length === 0) return null;
  const errors = fields.map((pointer) => ({ pointer, code: 'not-offered', detail: 'is not offered here' }));
  return err(refusal('not-offered', undefined, { errors }));
}

/** The written part of a request; a dataset without items asks for all of them. */
function written(body: ApplicationPatchRequest): Partial<ApplicationRequest> {
  const {
    datasets,
    form: _form,
    attachments: _attachments,
    kind: _kind,
    ...rest
  } = plain(body) as ApplicationCreateRequest;
  const asked = datasets?.map(({ dataset, items }) => ({ dataset, items: items ?? [] }));
  return { ...(rest as Partial<ApplicationRequest>), ...(asked === undefined ? {} : { datasets: asked }) };
}

type Made = Call<unknown>;

export function applicationRoutes(deps: ApplicationRouteDeps): Route[] {
  const { queries, service } = deps;

  const answer = async (
    call: Made,
    tx: Transaction,
    changed: Result<Changed>,
    status: 200 | 201,
  ): Promise<Result<Reply>> => {
    if (!changed.ok) return changed;
    const { view, version } = await queries.changed(tx, call, changed.value);
    const headers = { location: `/api/applications/${view.id}` };
    return replyOf(view, status === 201 ? { version, status, headers } : { version });
  };

  const create = async (call: Call<ApplicationCreateRequest>, tx: Transaction): Promise<Result<Reply>> => {
    const request = { members: [], evidence: [], ...written(call.body) } as unknown as ApplicationRequest;
    return notOffered(call.body) ?? answer(call, tx, await service.create(tx, call.principal, request), 201);
  };

  const change = async (call: Call<ApplicationPatchRequest>, tx: Transaction): Promise<Result<Reply>> =>
    notOffered(call.body) ??
    answer(call, tx, await service.change(tx, call, call.params['id'] ?? '', written(call.body)), 200);

  const commandRoute = (name: CommandName): Route => {
    const status = name === 'copy-as-new' ? 201 : 200;
    return command<object>({
      ...{ path: `/api/applications/:id/commands/${name}`, permission: COMMAND, tag: TAG, status, ifMatch: true },
      ...{ summary: `${deps.workflow.source.commands[name].text.en}: command of the life cycle`, body: BODIES[name] },
      response: ApplicationBody,
      handler: async (call, tx) => {
        const given = { name, body: plain(call.body) } as unknown as Command;
        return answer(call, tx, await service.command(tx, call, call.params['id'] ?? '', given), status);
      },
    });
  };

  return [
    query<ApplicationListQuery>({
      ...{ path: '/api/applications', permission: READ, tag: TAG, summary: 'Applications you may see, newest first' },
      ...{ query: ApplicationListQuery, response: ApplicationPageBody },
      handler: async (call, reader) => {
        const { limit, pageToken, state, queue, bundle } = call.query;
        const offset = offsetOf(pageToken);
        if (!offset.ok) return offset;
        const filter = plain({ today: dayOf(call.now), state, queue, bundle }) as { today: string };
        const { items, total } = await queries.list(reader, call, filter, limit, offset.value);
        return replyOf(pageOf(items, offset.value, total));
      },
    }),
    command<ApplicationCreateRequest>({
      ...{ path: '/api/applications', permission: WRITE, tag: TAG, summary: 'Begin a draft', status: 201 },
      ...{ body: ApplicationCreateRequest, response: ApplicationBody, handler: create },
    }),
    query({
      ...{ path: '/api/applications/:id', permission: READ, tag: TAG, summary: 'An application as you may see it' },
      response: ApplicationBody,
      handler: async (call, reader) => {
        const page = await queries.page(reader, call, call.params['id'] ?? '');
        return page.ok ? replyOf(page.value.view, { version: page.value.version }) : page;
      },
    }),
    command<ApplicationPatchRequest>({
      ...{ method: 'patch', path: '/api/applications/:id', permission: WRITE, tag: TAG, ifMatch: true },
      ...{ summary: 'Change a draft, or what was sent back for correction', body: ApplicationPatchRequest },
      ...{ response: ApplicationBody, handler: change },
    }),
    ...COMMANDS.map(commandRoute),
  ];
}
