import { IsArray, IsIn, IsInt, IsString } from 'class-validator';
import {
  command,
  IsSaid,
  ListOf,
  matchVersion,
  Nested,
  NullOr,
  offsetOf,
  Optional,
  PageQuery,
  pageOf,
  plain,
  query,
  replyOf,
  type Route,
  TextBody,
} from '../../http/index.js';
import { etagOf } from '../../kernel/etag.js';
import type { Principal } from '../../kernel/principal.js';
import { TIERS } from '../../kernel/tier.js';
import { isoOf } from '../../kernel/time.js';
import { ASKED_CAUSES, readNote, REVIEW_CAUSES, REVIEW_STATES, type ReviewCause } from '../domain/reevaluation.js';
import type { ReevaluationService, TitledReview } from '../reevaluation-service.js';
import type { ReevaluationRow } from '../reevaluation-store.js';

const TAG = 'Classification';
const DAY = 86_400_000;
/** How far ahead `queue=upcoming` looks. */
const AHEAD = 60 * DAY;

export class ReviewListQuery extends PageQuery {
  /** `due`: stands in the queue now. `upcoming`: falls due within 60 days. */
  @Optional() @IsIn(['due', 'upcoming']) queue?: 'due' | 'upcoming';
  @Optional() @IsIn(REVIEW_CAUSES) cause?: ReviewCause;
}

export class AskReviewRequest {
  @IsIn(ASKED_CAUSES) cause!: (typeof ASKED_CAUSES)[number];
  @IsSaid(2000) note!: string;
}

export class CloseReviewRequest {
  @IsSaid(2000) reason!: string;
}

export class ReviewBody {
  @IsString() dataset!: string;
  @Nested(() => TextBody) datasetTitle!: TextBody;
  @NullOr(TIERS) tier!: string | null;
  @IsString() publisher!: string;
  @IsIn(REVIEW_STATES) state!: string;
  @IsIn(REVIEW_CAUSES) cause!: string;
  @NullOr('string') note!: string | null;
  /** The fusion assessment that showed that, joined with another dataset, this one singles records out. */
  @NullOr('string') fusion!: string | null;
  /** Objections to the tier that wait for a decision, the oldest first. */
  @IsArray() @IsString({ each: true }) objections!: string[];
  @IsString() dueAt!: string;
  /** Whole days since it fell due; 0 before. */
  @IsInt() overdueDays!: number;
  @IsArray() @IsString({ each: true }) allowedCommands!: string[];
  @IsString() etag!: string;
}

export class ReviewPageBody {
  @ListOf(() => ReviewBody) items!: ReviewBody[];
  @IsString() nextPageToken!: string;
  @IsInt() total!: number;
}

function view({ row, dataset, objections }: TitledReview, { roles }: Principal, now: number): ReviewBody {
  const { text: note, fusion } = readNote(row.note);
  return {
    dataset: row.id,
    datasetTitle: { ...dataset?.title },
    tier: dataset?.tier ?? null,
    publisher: row.publisher,
    state: row.state,
    cause: row.cause,
    note,
    fusion,
    objections: [...objections],
    dueAt: isoOf(row.due_at),
    overdueDays: Math.max(0, Math.floor((now - row.due_at) / DAY)),
    allowedCommands: row.state === 'due' && roles.includes('officer') && objections.length === 0 ? ['close'] : [],
    etag: etagOf(row.version),
  };
}

const queued = (queue: ReviewListQuery['queue'], now: number) =>
  queue === 'upcoming' ? ({ state: 'scheduled', until: now + AHEAD } as const) : ({ state: 'due' } as const);

/** The queue of tiers that somebody has to look at again. */
export const reevaluationRoutes = (reviews: ReevaluationService): Route[] => [
  query<ReviewListQuery>({
    path: '/api/reevaluations',
    permission: 'reevaluation.read',
    summary:
      'Tiers that somebody has to look at again, the longest due first; what was only not renewed in time comes last',
    tag: TAG,
    query: ReviewListQuery,
    response: ReviewPageBody,
    handler: async (call, reader) => {
      const { limit, pageToken, queue, cause } = call.query;
      const offset = offsetOf(pageToken);
      if (!offset.ok) return offset;
      const filter = { ...queued(queue, call.now), ...(cause === undefined ? {} : { cause }) };
      const { items, total } = await reviews.list(reader, call.principal, filter, { offset: offset.value, limit });
      const views = items.map((one) => view(one, call.principal, call.now));
      return replyOf(pageOf(views, offset.value, total));
    },
  }),
  command<AskReviewRequest>({
    path: '/api/reevaluations/:id/commands/ask',
    permission: 'reevaluation.ask',
    summary: 'Ask for a tier to be looked at again: a join, a late update, a complaint',
    tag: TAG,
    body: AskReviewRequest,
    response: ReviewBody,
    handler: async (call, tx) => {
      const row = await reviews.ask(tx, call.principal, call.params.id ?? '', plain(call.body));
      return row.ok ? replied(await reviews.titled(tx, [row.value]), call.principal, call.now) : row;
    },
  }),
  command<CloseReviewRequest>({
    path: '/api/reevaluations/:id/commands/close',
    permission: 'reevaluation.close',
    summary: 'Say that somebody looked and the tier still holds',
    tag: TAG,
    body: CloseReviewRequest,
    ifMatch: true,
    response: ReviewBody,
    handler: async (call, tx) => {
      const fits = (row: ReevaluationRow) => matchVersion(call.ifMatch, row.version);
      const row = await reviews.close(tx, call.principal, call.params.id ?? '', call.body.reason, fits);
      return row.ok ? replied(await reviews.titled(tx, [row.value]), call.principal, call.now) : row;
    },
  }),
];

const replied = ([one]: readonly TitledReview[], principal: Principal, now: number) =>
  replyOf(view(one as TitledReview, principal, now), { version: (one as TitledReview).row.version });
