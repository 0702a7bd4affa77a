import { IsArray, IsBoolean, IsIn, IsInt, IsObject, IsString, Length } from 'class-validator';
import {
  action,
  IsCalendarDay,
  IsMoment,
  ListOf,
  Nested,
  NullOr,
  Optional,
  plain,
  query,
  replyOf,
  type Route,
} from '../../http/index.js';
import type { AccessPolicy } from '../domain/policy.js';
import type { Explanations } from '../explanations.js';
import type { UsageQueries } from '../usage.js';
import { PortalsUsageBody, UsageBody } from './usage-shapes.js';

class Subject {
  @IsIn(['organisation', 'user', 'anonymous']) type!: string;
  @IsString() @Length(1, 512) id!: string;
  @Optional() @IsObject() properties?: Record<string, unknown>;
}

class Resource {
  @IsIn(['dataset', 'distribution']) type!: string;
  @IsString() @Length(1, 512) id!: string;
  @Optional() @IsObject() properties?: Record<string, unknown>;
}

class AskedAction {
  @IsIn(['read', 'download', 'api', 'sandbox']) name!: string;
}

export class ExplainBody {
  @Nested(() => Subject) subject!: Subject;
  @Nested(() => Resource) resource!: Resource;
  @Nested(() => AskedAction) action!: AskedAction;
  @Optional() @IsObject() context?: Record<string, unknown>;
  /** RFC 3339; the question is decided as of this time in the world as it is. */
  @Optional() @IsMoment() at?: string;
}

class DecidingRow {
  @IsString() id!: string;
  @IsIn(['allow', 'deny']) effect!: string;
  @IsString() when!: string;
  @IsString() reason!: string;
  @IsString() nextStep!: string;
}

/** A change of facts that would turn the answer around, and the row that would then decide. */
class TurningChange {
  @IsObject() facts!: Record<string, unknown>;
  @IsString() row!: string;
}

class ExplainedFacts {
  @IsBoolean() decision!: boolean;
  @IsString() at!: string;
  @IsString() reason!: string;
  @IsObject() facts!: Record<string, string>;
  @ListOf(() => TurningChange) wouldChange!: TurningChange[];
  @NullOr('string') grant!: string | null;
  /** The items whose strictest tier governed, where it was not that of the dataset or distribution. */
  @Optional() @IsArray() @IsString({ each: true }) tierItems?: string[];
  @IsString() policyVersion!: string;
  @IsInt() revision!: number;
}

/** How a question would be decided. */
export class ExplanationResponse extends ExplainedFacts {
  @Nested(() => DecidingRow) row!: DecidingRow;
  @NullOr('string') purpose!: string | null;
}

class DecisionAsker {
  @IsString() kind!: string;
  @IsString() id!: string;
}

/** What the policy in force says of the same facts. */
class DecisionReplay {
  @IsString() policyVersion!: string;
  @IsBoolean() samePolicy!: boolean;
  @IsBoolean() decision!: boolean;
  @IsString() row!: string;
  @IsBoolean() agrees!: boolean;
}

/** How a decision that was given came about. */
export class RecordedDecisionResponse extends ExplainedFacts {
  @IsString() id!: string;
  @IsString() row!: string;
  @NullOr('string') tier!: string | null;
  @Nested(() => DecisionAsker) asker!: DecisionAsker;
  @IsObject() question!: object;
  @NullOr('string') organisation!: string | null;
  @NullOr('string') dataset!: string | null;
  @IsString() validUntil!: string;
  @Nested(() => DecisionReplay) replay!: DecisionReplay;
}

export class VocabularyResponse {
  @IsString() version!: string;
  @IsString() policyVersion!: string;
  @IsObject() reasons!: Record<string, unknown>;
  @IsObject() nextSteps!: Record<string, unknown>;
  @IsObject() obligations!: Record<string, unknown>;
}

export class UsageQuery {
  /** The first day, of Shanghai; thirty days where it is left out. */
  @Optional() @IsCalendarDay() from?: string;
  /** The last day; today where it is left out. */
  @Optional() @IsCalendarDay() to?: string;
  @Optional() @IsString() @Length(1, 64) publisher?: string;
  @Optional() @IsString() @Length(1, 64) dataset?: string;
}

/** What was asked and how it ended, counted. */
const usageRoutes = (usage: UsageQueries): Route[] => [
  query<UsageQuery>({
    path: '/api/decisions/usage',
    permission: 'decision.usage',
    summary:
      'How often data was asked for, permitted, denied and why, and delivered: a holder of its own, overseers of all',
    tag: 'Decisions',
    query: UsageQuery,
    response: UsageBody,
    handler: async ({ principal, query: asked }, reader) => {
      const found = await usage.of(reader, principal, plain(asked));
      return found.ok ? replyOf(found.value) : found;
    },
  }),
  query({
    path: '/api/decisions/portals',
    permission: 'portal.manage',
    summary: 'What each portal asked in the last thirty days, how it ended, and when each of its keys asked last',
    tag: 'Portals',
    response: PortalsUsageBody,
    handler: async (_call, reader) => replyOf(await usage.ofPortals(reader)),
  }),
];

/** The decision plane's part of the API: the words, the record, the explanation. */
export function decisionRoutes(door: {
  explanations: Explanations;
  usage: UsageQueries;
  policy: () => AccessPolicy;
}): Route[] {
  const tag = 'Decisions';
  return [
    query({
      path: '/api/vocabulary',
      permission: 'vocabulary.read',
      summary: 'The closed lists of reasons, next steps and obligations',
      tag,
      response: VocabularyResponse,
      handler: async () => replyOf({ ...door.policy().vocabulary, policyVersion: door.policy().version }),
    }),
    ...usageRoutes(door.usage),
    action({
      method: 'get',
      path: '/api/decisions/:id',
      permission: 'decision.read',
      summary: 'One recorded decision: facts, row, versions, replay, what would change it',
      tag,
      response: RecordedDecisionResponse,
      handler: async ({ principal, params }, unit) => {
        const found = await door.explanations.ofRecord(unit, principal, params['id'] ?? '');
        return found.ok ? replyOf(found.value) : found;
      },
    }),
    action<ExplainBody>({
      path: '/api/decisions/explain',
      permission: 'decision.explain',
      summary: 'How a question would be decided, now or at another time',
      tag,
      body: ExplainBody,
      response: ExplanationResponse,
      handler: async ({ principal, body }) => {
        const { subject, resource, action: asked, context, at } = body;
        const explained = door.explanations.ofQuestion(
          principal,
          { subject, resource, action: asked, context },
          at === undefined ? null : Date.parse(at),
        );
        return explained.ok ? replyOf(explained.value) : explained;
      },
    }),
  ];
}
