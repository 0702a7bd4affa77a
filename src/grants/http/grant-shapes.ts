import { IsArray, IsIn, IsInt, IsISO8601, IsOptional, IsString, Length, Matches, Max, Min } from 'class-validator';
import { JSONSchema } from 'class-validator-jsonschema';
import { ListOf, Nested, NullOr, PageQuery, PeriodBody, TextBody } from '../../http/index.js';
import { DELIVERIES, type Delivery, PURPOSES, type Purpose } from '../../kernel/purpose.js';
import { PERSON_COMMANDS } from '../domain/decide.js';
import { GRANT_STATES, type GrantState, HOLD_CAUSES } from '../domain/grant.js';

/** A reason a person gives; it is told to the organisation concerned. */
const REASON = 2000;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,3})?(Z|[+-]\d{2}:\d{2})$/;

export class GrantListQuery extends PageQuery {
  @IsOptional() @IsString() @Length(1, 64) organisation?: string;
  @IsOptional() @IsString() @Length(1, 64) dataset?: string;
  @IsOptional() @IsIn(GRANT_STATES) state?: GrantState;
}

export class GrantReasonBody {
  @IsString() @Length(1, REASON) reason!: string;
}

export class MeasureBody extends GrantReasonBody {
  /** RFC 3339; the measure is lifted by itself at this instant. */
  @IsOptional() @IsISO8601({ strict: true }) @Matches(INSTANT) until?: string;
}

export class LimitBody extends MeasureBody {
  @IsOptional() @IsInt() @Min(0) @Max(1_000_000_000) quota?: number;
  @IsOptional() @IsIn(DELIVERIES) delivery?: Delivery;
}

/** What lists show of a grant. */
export class GrantSummary {
  @IsString() id!: string;
  @IsString() application!: string;
  @NullOr('string') number!: string | null;
  @IsString() organisation!: string;
  @IsString() holder!: string;
  @IsString() dataset!: string;
  /** None is the whole dataset. */
  @IsArray() @IsString({ each: true }) items!: string[];
  @IsIn(PURPOSES) purpose!: Purpose;
  /** What a limit left of the approved delivery. */
  @IsIn(DELIVERIES) delivery!: Delivery;
  @Nested(() => PeriodBody) period!: PeriodBody;
  @IsIn(GRANT_STATES) state!: GrantState;
  @IsIn(['yes', 'no', 'not-yet', 'ended']) inForce!: string;
  @IsOptional() @IsInt() quota?: number;
  @IsString() etag!: string;
}

export class GrantListResponse {
  @ListOf(() => GrantSummary) items!: GrantSummary[];
  @IsString() nextPageToken!: string;
  @IsInt() total!: number;
}

export class AcceptedAgreementResponse {
  @IsString() template!: string;
  @IsInt() version!: number;
  @IsString() hash!: string;
  @IsString() at!: string;
}

export class GrantConditionResponse {
  @IsString() kind!: string;
  @IsString() text!: string;
  /** Last day its proof holds; null where none can lapse. */
  @NullOr('string') validUntil!: string | null;
}

/** Why the grant rests. */
export class HoldResponse {
  @IsIn(HOLD_CAUSES) cause!: string;
  @IsString() reason!: string;
  @IsString() since!: string;
  @NullOr('string') until!: string | null;
}

export class LimitResponse {
  @IsString() reason!: string;
  @NullOr('integer') quota!: number | null;
  @NullOr(DELIVERIES) delivery!: Delivery | null;
  @NullOr('string') until!: string | null;
}

export class EndingResponse {
  @IsIn(['revoked', 'expired', 'relinquished']) how!: string;
  @IsString() reason!: string;
  @IsString() at!: string;
}

export class GrantLinkResponse {
  @IsString() distribution!: string;
  @Nested(() => TextBody) title!: TextBody;
  @IsString() href!: string;
}

export class GrantResponse extends GrantSummary {
  @NullOr(TextBody) organisationName!: TextBody | null;
  @NullOr(TextBody) datasetTitle!: TextBody | null;
  @IsString() scenario!: string;
  /** Persons the grant serves; none is everyone of the organisation. */
  @IsArray() @IsString({ each: true }) members!: string[];
  @NullOr(AcceptedAgreementResponse) agreement!: AcceptedAgreementResponse | null;
  @ListOf(() => GrantConditionResponse) conditions!: GrantConditionResponse[];
  @IsArray() @JSONSchema({ items: { type: 'object' } }) duties!: object[];
  @ListOf(() => HoldResponse) holds!: HoldResponse[];
  @NullOr(LimitResponse) limit!: LimitResponse | null;
  @NullOr(EndingResponse) ending!: EndingResponse | null;
  /** Where the data is; for the organisation that holds the grant, while it can be used. */
  @ListOf(() => GrantLinkResponse) links!: GrantLinkResponse[];
  /** What this caller could do to the grant now. */
  @IsIn(PERSON_COMMANDS, { each: true }) @IsArray() allowedCommands!: string[];
}
