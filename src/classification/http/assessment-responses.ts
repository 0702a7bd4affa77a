import { IsArray, IsBoolean, IsIn, IsInt, IsNumber, IsObject, IsOptional, IsString } from 'class-validator';
import { JSONSchema } from 'class-validator-jsonschema';
import { ListOf, Nested, NullOr, TextBody } from '../../http/index.js';
import { TIERS } from '../../kernel/tier.js';
import { REPLAYS, type Replay } from '../assessment-queries.js';
import { ASSESSMENT_STATES } from '../domain/assessment.js';
import { SAMPLE_STATES } from '../domain/sample.js';
import { LIST_PARTS } from '../packs/load.js';
import { ContentBody, SampleFailureBody, SampleProgressBody } from './sample-shapes.js';

/** The one thing a 202 needs. */
export class AssessmentStartedBody {
  @IsString() id!: string;
}

export class VerdictBody {
  @IsIn(TIERS) tier!: string;
  /** Null where the rules abstain. */
  @NullOr(TIERS) proposed!: string | null;
  @NullOr(TIERS) declared!: string | null;
  /** Nothing lower may be decided without a person. */
  @IsIn(TIERS) floor!: string;
  @IsIn(['declared', 'pending-review']) status!: string;
  @IsBoolean() abstained!: boolean;
  @IsNumber() confidence!: number;
}

export class AssessedItemBody {
  @IsString() name!: string;
  @IsIn(TIERS) tier!: string;
  /** Its tier once what is proposed is confirmed, where that is another one. */
  @IsOptional() @IsIn(TIERS) proposed?: string;
  @IsArray() @JSONSchema({ items: { type: 'object' } }) findings!: object[];
}

export class FiredRuleBody {
  @IsString() id!: string;
  @IsString() pack!: string;
  @IsInt() version!: number;
  @IsString() reason!: string;
  @IsString() text!: string;
  @IsString() source!: string;
  @IsBoolean() verified!: boolean;
  @IsObject() outcome!: object;
  @IsArray() @JSONSchema({ items: { type: 'object' } }) inputs!: readonly object[];
}

export class AssessmentIssueBody {
  @IsString() code!: string;
  @IsIn(['review', 'note']) weight!: string;
  @IsString() text!: string;
  @IsOptional() @IsString() detail?: string;
}

export class ProposalBody {
  @NullOr(TIERS) tier!: string | null;
  @IsString() by!: string;
  @NullOr('string') reason!: string | null;
  @NullOr('string') legalBasis!: string | null;
  /** What the proposer says it rests on. */
  @NullOr('string') evidence!: string | null;
  /** The upheld objection it comes of. */
  @NullOr('string') objection!: string | null;
}

/** Somebody whose id stands elsewhere in the answer, by name. */
export class NamedPersonBody {
  @IsString() id!: string;
  @IsString() name!: string;
}

/** Names of items: what everyone may have, and what may be had with a grant, which holds the former. */
export class MilderItemsBody {
  @IsArray() @IsString({ each: true }) open!: readonly string[];
  @IsArray() @IsString({ each: true }) conditional!: readonly string[];
}

export class AssessmentBody {
  @IsString() id!: string;
  @IsString() dataset!: string;
  /** As it was assessed. */
  @Nested(() => TextBody) datasetTitle!: TextBody;
  @IsString() publisher!: string;
  /** `running`, `not-assessed`, `cancelled`: of a file that was sent; there is no verdict yet, or none. */
  @IsIn([...ASSESSMENT_STATES, ...SAMPLE_STATES]) state!: string;
  @NullOr(VerdictBody) verdict!: VerdictBody | null;
  @ListOf(() => AssessedItemBody) items!: AssessedItemBody[];
  /** What could be asked for alone once the proposed tier is confirmed; absent where nothing could, or nobody is asked. */
  @IsOptional() @Nested(() => MilderItemsBody) milder?: MilderItemsBody;
  /** Of re-identification. `not-assessed` with a reason where nobody looked or it could not be found out; never a default. */
  @JSONSchema({
    type: 'object',
    required: ['status'],
    properties: { status: { enum: ['assessed', 'not-assessed'] }, reason: { type: 'string' } },
    additionalProperties: true,
  })
  @IsObject()
  risk!: object;
  @ListOf(() => FiredRuleBody) rules!: FiredRuleBody[];
  @ListOf(() => AssessmentIssueBody) issues!: AssessmentIssueBody[];
  @IsArray() @JSONSchema({ items: { type: 'object' } }) lowering!: object[];
  /** The file behind the findings, where there is one. */
  @NullOr(ContentBody) content!: ContentBody | null;
  @NullOr(SampleProgressBody) progress!: SampleProgressBody | null;
  @NullOr(SampleFailureBody) failure!: SampleFailureBody | null;
  @NullOr(ProposalBody) proposal!: ProposalBody | null;
  @IsOptional() @JSONSchema({ type: ['object', 'null'] as never }) decision!: object | null;
  /** Who proposed and who decided, where they are people; only where one assessment is asked for. */
  @IsOptional() @ListOf(() => NamedPersonBody) people?: NamedPersonBody[];
  /** What the server would accept from this caller now. */
  @IsArray() @IsString({ each: true }) allowedCommands!: string[];
  @IsString() group!: string;
  @IsString() replayHash!: string;
  @IsString() createdAt!: string;
  @NullOr('string') decidedAt!: string | null;
  @IsString() etag!: string;
}

export class ReplayBody {
  /** `pack-not-installed`: the version of the pack that it was made with is no longer here. */
  @IsIn(REPLAYS) replay!: Replay;
  @IsString() replayHash!: string;
  @IsString() pack!: string;
  @IsInt() version!: number;
}

export class AssessmentGroupBody {
  @IsString() group!: string;
  @IsInt() count!: number;
  /** One of the group, to look at. */
  @IsString() sample!: string;
}

export class AssessmentPageBody {
  @ListOf(() => AssessmentBody) items!: AssessmentBody[];
  /** Largest first; empty when one group is asked for. */
  @ListOf(() => AssessmentGroupBody) groups!: AssessmentGroupBody[];
  @IsString() nextPageToken!: string;
  @IsInt() total!: number;
}

export class GroupConfirmedBody {
  @IsString() group!: string;
  @IsInt() confirmed!: number;
  @IsArray() @IsString({ each: true }) datasets!: string[];
}

export class OverriddenBody {
  @IsInt() overridden!: number;
  @IsArray() @IsString({ each: true }) datasets!: string[];
}

export class PreviewBody {
  @Nested(() => VerdictBody) verdict!: VerdictBody;
  @ListOf(() => AssessedItemBody) items!: AssessedItemBody[];
  @ListOf(() => FiredRuleBody) rules!: FiredRuleBody[];
  @ListOf(() => AssessmentIssueBody) issues!: AssessmentIssueBody[];
  @IsString() replayHash!: string;
}

export class NewerListBody {
  @IsIn(LIST_PARTS) part!: string;
  @IsInt() version!: number;
}

export class RulePackBody {
  @IsString() id!: string;
  @IsInt() version!: number;
  @IsString() hash!: string;
  /** `shipped` with the product, or `published` here by two people. */
  @IsIn(['shipped', 'published']) origin!: string;
  @IsString() title!: string;
  @IsObject() tiers!: object;
  @IsArray() @JSONSchema({ items: { type: 'object' } }) rules!: object[];
  /** Codes of kinds of conditions this jurisdiction may ask for. */
  @IsArray() @IsString({ each: true }) conditionKinds!: string[];
  @IsArray() @JSONSchema({ items: { type: 'object' } }) reasons!: object[];
  @IsNumber() verifiedRules!: number;
  /** Lists that the product brings and that are newer than those of this version: a draft takes them by number. */
  @ListOf(() => NewerListBody) newer!: NewerListBody[];
}

export class RulePackPageBody {
  @ListOf(() => RulePackBody) items!: RulePackBody[];
  @IsString() nextPageToken!: string;
  @IsInt() total!: number;
}
