import {
  type Call,
  command,
  matchVersion,
  notFound,
  offsetOf,
  pageOf,
  plain,
  query,
  type Reply,
  replyOf,
  type Route,
} from '../../http/index.js';
import { refusal } from '../../kernel/refusal.js';
import { err, type Result } from '../../kernel/result.js';
import type { Reader, Transaction } from '../../persistence/index.js';
import { FILERS, type ObjectionQueries } from '../objection-queries.js';
import type { FiledObjection, ObjectionCommand, ObjectionService } from '../objection-service.js';
import type { ObjectionRow } from '../objection-store.js';
import {
  ObjectionBody,
  ObjectionListQuery,
  ObjectionPageBody,
  RejectObjectionRequest,
  UpholdObjectionRequest,
  WithdrawObjectionRequest,
} from './objection-shapes.js';
import { objectionView } from './objection-view.js';

const TAG = 'Classification';
type Caller = Pick<Call<unknown>, 'principal' | 'now'>;
type Replied = ReturnType<typeof repliedOf>;

/** Objections to tiers: decided by an officer with reasons. Filing them stands with the other objections. */
export function objectionRoutes(objections: ObjectionService, objected: ObjectionQueries): Route[] {
  const replied = repliedOf(objected);
  return [...reading(objected), ...withdrawing(objections, replied), ...deciding(objections, replied)];
}

const repliedOf =
  (objected: ObjectionQueries) =>
  async (call: Caller, reader: Reader, row: Result<ObjectionRow>, status = 200): Promise<Result<Reply>> => {
    if (!row.ok) return row;
    const [seen] = await objected.seen(reader, call.principal, [row.value]);
    if (seen === undefined) return notFound();
    return replyOf(objectionView(seen, call.now), { status, version: row.value.version });
  };

/** Files an objection to a tier for a caller, and answers as `POST /api/objections` does. */
export type TierFiling = (call: Caller, tx: Transaction, filed: FiledObjection) => Promise<Result<Reply>>;

export const tierFiling =
  (objections: ObjectionService, objected: ObjectionQueries): TierFiling =>
  async (call, tx, filed) => {
    const { kind, roles } = call.principal;
    if (kind === 'anonymous') return err(refusal('sign-in-required'));
    if (!roles.some((role) => FILERS.has(role))) return err(refusal('forbidden'));
    return repliedOf(objected)(call, tx, await objections.file(tx, call.principal, filed), 201);
  };

const reading = (objected: ObjectionQueries): Route[] => [
  query<ObjectionListQuery>({
    path: '/api/objections',
    permission: 'objection.read',
    summary: 'Objections to tiers, newest first: one’s own, those to one’s own datasets, or all for who decides',
    tag: TAG,
    query: ObjectionListQuery,
    response: ObjectionPageBody,
    handler: async (call, reader) => {
      const { limit, pageToken, ...asked } = plain(call.query);
      const offset = offsetOf(pageToken);
      if (!offset.ok) return offset;
      const page = { offset: offset.value, limit };
      const { items, total } = await objected.list(reader, call.principal, asked, page);
      const views = items.map((one) => objectionView(one, call.now));
      return replyOf(pageOf(views, offset.value, total));
    },
  }),
  query({
    path: '/api/objections/:id',
    permission: 'objection.read',
    summary: 'An objection to a tier, and how it was decided',
    tag: TAG,
    response: ObjectionBody,
    handler: async (call, reader) => {
      const seen = await objected.find(reader, call.principal, call.params.id ?? '');
      return seen === null ? notFound() : replyOf(objectionView(seen, call.now), { version: seen.row.version });
    },
  }),
];

const withdrawing = (objections: ObjectionService, replied: Replied): Route[] => [
  command<WithdrawObjectionRequest>({
    path: '/api/objections/:id/commands/withdraw',
    permission: 'objection.file',
    summary: 'Take an objection back before it is decided',
    tag: TAG,
    body: WithdrawObjectionRequest,
    ifMatch: true,
    response: ObjectionBody,
    handler: async (call, tx) => {
      const { reason = null } = call.body;
      const fits = (row: ObjectionRow) => matchVersion(call.ifMatch, row.version);
      return replied(call, tx, await objections.withdraw(tx, call.principal, call.params.id ?? '', reason, fits));
    },
  }),
];

const deciding = (objections: ObjectionService, replied: Replied): Route[] => {
  const decide = <Body extends object>(kind: ObjectionCommand['kind'], summary: string, body: new () => Body): Route =>
    command<Body>({
      path: `/api/objections/:id/commands/${kind}`,
      permission: 'objection.decide',
      summary,
      tag: TAG,
      body,
      ifMatch: true,
      response: ObjectionBody,
      handler: async (call, tx) => {
        const given = { kind, ...plain(call.body) } as unknown as ObjectionCommand;
        const fits = (row: ObjectionRow) => matchVersion(call.ifMatch, row.version);
        return replied(call, tx, await objections.decide(tx, call.principal, call.params.id ?? '', given, fits));
      },
    });
  return [
    decide(
      'uphold',
      'Uphold an objection: its tier becomes a proposal, which another officer confirms',
      UpholdObjectionRequest,
    ),
    decide('reject', 'Reject an objection, with reasons', RejectObjectionRequest),
  ];
};
