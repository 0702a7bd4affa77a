import {
  type Call,
  command,
  notFound,
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
import type { Reader } from '../../persistence/index.js';
import type { EvidenceCommand, EvidenceCommandName } from '../domain/decide.js';
import { sees, sightOf } from '../evidence-sight.js';
import type { StoredEvidence } from '../evidence-store.js';
import { type EvidenceViews, linesOf, viewOf } from '../evidence-view.js';
import {
  FiledEvidenceBody,
  EvidenceListQuery,
  EvidencePageBody,
  EvidenceReasonBody,
  FileEvidenceBody,
  VerifyEvidenceBody,
  WithdrawEvidenceBody,
} from './evidence-shapes.js';

const TAG = 'Evidence';
const PATH = '/api/evidence';
const ID = /^[0-9A-HJKMNP-TV-Z]{26}$/;

/** One command: its name, its words, its body, and what the core is told. */
interface Offered<Body extends object> {
  readonly name: EvidenceCommandName;
  readonly summary: string;
  readonly body: Shape<Body>;
  toCommand(body: Body): EvidenceCommand;
}

const offered = <Body extends object>(one: Offered<Body>): Offered<object> => one as unknown as Offered<object>;

const COMMANDS = [
  offered({
    name: 'verify',
    summary: 'Verify evidence: it counts for every application and grant of the organisation',
    body: VerifyEvidenceBody,
    toCommand: ({ remark = null }) => ({ name: 'verify', remark }),
  }),
  offered({
    name: 'reject',
    summary: 'Reject evidence, with the reason',
    body: EvidenceReasonBody,
    toCommand: ({ reason }) => ({ name: 'reject', reason }),
  }),
  offered({
    name: 'withdraw',
    summary: 'Take evidence of your organisation back; what rests on it alone is suspended',
    body: WithdrawEvidenceBody,
    toCommand: ({ reason = null }) => ({ name: 'withdraw', reason }),
  }),
  offered({
    name: 'strike-out',
    summary: 'Strike out evidence that proved to be false: the next request on what rests on it is denied',
    body: EvidenceReasonBody,
    toCommand: ({ reason }) => ({ name: 'strike-out', reason }),
  }),
];

/** Evidence of organisations: filing it, judging it, and who may see it. */
export const evidenceRoutes = (views: EvidenceViews): Route[] => [
  listRoute(views),
  fileRoute(views),
  pageRoute(views),
  contentRoute(views),
  ...COMMANDS.map((one) => commandRoute(views, one)),
];

const listRoute = (views: EvidenceViews): Route =>
  query<EvidenceListQuery>({
    path: PATH,
    permission: 'evidence.read',
    summary: 'Evidence the caller may see, newest first; what is filed, the longest waiting first',
    tag: TAG,
    query: EvidenceListQuery,
    response: EvidencePageBody,
    handler: async (call, reader) => {
      const { limit, pageToken, ...filter } = call.query;
      const after = placeOf(pageToken, ID);
      if (!after.ok) return after;
      const sight = sightOf(call.principal);
      if (sight === null) return replyOf({ items: [], nextPageToken: '', total: 0 });
      const { items, total } = await views.store.list(reader, sight, plain(filter), limit + 1, after.value);
      return replyOf(pageAfter(await linesOf(views, reader, items), limit, total, ({ id }) => id));
    },
  });

const fileRoute = (views: EvidenceViews): Route =>
  command<FileEvidenceBody>({
    path: PATH,
    permission: 'evidence.file',
    summary: 'File evidence of your organisation for a kind of condition',
    tag: TAG,
    status: 201,
    body: FileEvidenceBody,
    response: FiledEvidenceBody,
    handler: async (call, tx) => {
      const { validFrom = null, validUntil = null, attachment = null, replaces = null, ...said } = call.body;
      const filing = { ...plain(said), validFrom, validUntil, attachment, replaces };
      const done = await views.service.file(tx, call.principal, filing);
      return done.ok ? shown(views, call, tx, done.value, 201) : done;
    },
  });

const pageRoute = (views: EvidenceViews): Route =>
  query({
    path: `${PATH}/:id`,
    permission: 'evidence.read',
    summary: 'One piece of evidence: what it proves, how it stands, what rests on it',
    tag: TAG,
    response: FiledEvidenceBody,
    handler: async (call, reader) => {
      const stored = await seen(views, call, reader);
      return stored === null ? notFound() : shown(views, call, reader, stored);
    },
  });

const contentRoute = (views: EvidenceViews): Route =>
  query({
    path: `${PATH}/:id/content`,
    permission: 'evidence.read',
    summary: 'The document of a piece of evidence, for saving',
    tag: TAG,
    produces: views.files.types,
    handler: async (call, reader) => {
      const attachment = (await seen(views, call, reader))?.evidence.attachment ?? null;
      return attachment === null ? notFound() : views.files.content(reader, attachment);
    },
  });

const commandRoute = (views: EvidenceViews, { name, summary, body, toCommand }: Offered<object>): Route =>
  command<object>({
    path: `${PATH}/:id/commands/${name}`,
    permission: `evidence.${name}`,
    summary,
    tag: TAG,
    body,
    response: FiledEvidenceBody,
    ifMatch: true,
    handler: async (call, tx) => {
      const id = call.params['id'] ?? '';
      const done = await views.service.command(tx, call.principal, id, call.ifMatch, toCommand(call.body));
      if (!done.ok) return done;
      // What follows for grants belongs to the answer.
      const settled = await tx.settle();
      return settled.ok ? shown(views, call, tx, done.value) : settled;
    },
  });

async function seen(
  { store }: EvidenceViews,
  { params, principal }: Pick<Call<undefined, unknown>, 'params' | 'principal'>,
  reader: Reader,
): Promise<StoredEvidence | null> {
  const stored = await store.find(reader, params['id'] ?? '');
  return stored !== null && sees(sightOf(principal), stored.evidence) ? stored : null;
}

async function shown(
  views: EvidenceViews,
  { principal }: Pick<Call, 'principal'>,
  reader: Reader,
  stored: StoredEvidence,
  status = 200,
): Promise<Result<Reply>> {
  const headers = status === 201 ? { location: `${PATH}/${stored.evidence.id}` } : undefined;
  const more = { version: stored.version, status, ...(headers && { headers }) };
  return replyOf(await viewOf(views, reader, principal, stored), more);
}
