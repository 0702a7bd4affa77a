import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsISO8601,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  Min,
} from 'class-validator';
import {
  DutyTermBody,
  IsCalendarDay,
  ListOf,
  Nested,
  NullOr,
  Optional,
  PageQuery,
  PeriodBody,
  TextBody,
  WholeNumber,
} from '../../http/index.js';
import { DELIVERIES, type Delivery, PURPOSES, type Purpose } from '../../kernel/purpose.js';
import { SUCCESSIONS } from '../../applications/index.js';
import { PERSON_COMMANDS } from '../domain/decide.js';
import { OPENINGS } from '../domain/succession.js';
import { DUTIES, GRANT_STATES, type GrantState, HOLD_CAUSES } from '../domain/grant.js';

/** A reason a person gives; it is told to the organisation concerned. */
const REASON = 2000;
const DAY_OR_INSTANT = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}(\.\d{1,3})?(Z|[+-]\d{2}:\d{2}))?$/;

export class GrantListQuery extends PageQuery {
  @Optional() @IsString() @Length(1, 64) organisation?: string;
  @Optional() @IsString() @Length(1, 64) dataset?: string;
  @Optional() @IsIn(GRANT_STATES) state?: GrantState;
  /** Those in force or suspended whose period ends within so many days. */
  @Optional() @WholeNumber() @IsInt() @Min(1) @Max(730) endingWithin?: number;
  /** Those under which a report or the deletion was owed by a day that has passed. */
  @Optional() @IsIn(['overdue']) duty?: 'overdue';
}

export class GrantReasonBody {
  @IsString() @Length(1, REASON) reason!: string;
}

export class MeasureBody extends GrantReasonBody {
  /** RFC 3339: the measure is lifted by itself at this instant, or at the end of this day in Asia/Shanghai. */
  @Optional() @IsISO8601({ strict: true }) @Matches(DAY_OR_INSTANT) until?: string;
}

export class LimitBody extends MeasureBody {
  @Optional() @IsInt() @Min(0) @Max(1_000_000_000) quota?: number;
  @Optional() @IsIn(DELIVERIES) delivery?: Delivery;
}

export class ReportUseBody {
  @IsString() @Length(1, 4000) text!: string;
  /** What was made from the data: names or addresses. */
  @Optional()
  @IsArray()
  @ArrayMaxSize(50)
  @IsString({ each: true })
  @Length(1, 256, { each: true })
  products?: string[];
  /** The products may be named in the public register; otherwise they are only counted. */
  @Optional() @IsBoolean() publish?: boolean;
}

export class GrantEvidenceBody {
  @IsString() @Length(1, 512) reference!: string;
  @Optional() @IsString() @Length(1, 256) issuer?: string;
  /** Last day on which the proof holds. */
  @Optional() @IsCalendarDay() validUntil?: string;
}

export class SubmitEvidenceBody {
  /** One of the conditions the grant lists. */
  @IsString() @Length(1, 64) condition!: string;
  @Nested(() => GrantEvidenceBody) evidence!: GrantEvidenceBody;
}

export class CertifyDeletionBody {
  /** The day on which the data were deleted. */
  @IsCalendarDay() date!: string;
  @IsString() @Length(1, 2000) method!: string;
}

export class FollowingResponse {
  @IsString() application!: string;
  @IsIn(SUCCESSIONS) kind!: string;
}

/** Another grant, and how the two follow each other; `at`: from then on the later one serves. */
export class SuccessorResponse {
  @IsString() grant!: string;
  @IsIn(SUCCESSIONS) kind!: string;
  @IsString() at!: string;
}

export class SucceededResponse {
  @IsString() grant!: string;
  @IsIn(SUCCESSIONS) kind!: string;
}

/** What lists show of a grant. */
export class GrantSummary {
  @IsString() id!: string;
  /** `sharing`: between public bodies. */
  @IsIn(['opening', 'sharing']) kind!: string;
  @IsString() application!: string;
  @NullOr('string') number!: string | null;
  @IsString() organisation!: string;
  @NullOr(TextBody) organisationName!: TextBody | null;
  @IsString() holder!: string;
  @IsString() dataset!: string;
  @NullOr(TextBody) datasetTitle!: TextBody | null;
  /** None is the whole dataset. */
  @IsArray() @IsString({ each: true }) items!: string[];
  @IsIn(PURPOSES) purpose!: Purpose;
  /** What a limit left of the approved delivery. */
  @IsIn(DELIVERIES) delivery!: Delivery;
  @Nested(() => PeriodBody) period!: PeriodBody;
  @IsIn(GRANT_STATES) state!: GrantState;
  @IsIn(['yes', 'no', 'not-yet', 'ended']) inForce!: string;
  /** Whether the data itself is served: all of it, without the items that rest, or nothing while it rests. */
  @IsIn(['served', 'in-part', 'rests']) data!: string;
  @IsOptional() @IsInt() quota?: number;
  /** The application that renews or amends it, under way or concluded. */
  @NullOr(FollowingResponse) following!: FollowingResponse | null;
  /** The first day by which something is owed under it. */
  @NullOr('string') dutyDue!: string | null;
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

export class GrantConditionResponse extends DutyTermBody {
  @IsString() kind!: string;
  /** Evidence of the organisation that proves it; absent where a proof was handed in for this grant alone. */
  @IsOptional() @IsString() evidence?: string;
  @Nested(() => TextBody) text!: TextBody;
  /** Last day its proof holds; null where none can lapse. */
  @NullOr('string') validUntil!: string | null;
  @IsBoolean() lapsed!: boolean;
}

/** What was last told about a duty: of a report its text and products, of a deletion its day and method. */
export class DutyDoneResponse {
  @IsString() at!: string;
  @IsOptional() @IsString() text?: string;
  @IsOptional() @IsArray() @IsString({ each: true }) products?: string[];
  @IsOptional() @IsString() date?: string;
  @IsOptional() @IsString() method?: string;
}

/** What the user of the data accounts for, by the command of that name. */
export class DutyResponse {
  @IsIn(DUTIES) kind!: string;
  /** Whether a condition of the grant asks for it. */
  @IsBoolean() asked!: boolean;
  /** How many times it was done. */
  @IsInt() done!: number;
  @NullOr(DutyDoneResponse) last!: DutyDoneResponse | null;
  /** The last day by which it is to be done next; null where nothing is owed, or no condition says when. */
  @NullOr('string') due!: string | null;
  /** That day has passed. */
  @IsBoolean() overdue!: boolean;
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
  /** The measure it ends with. */
  @IsOptional() @IsString() sanction?: string;
}

export class EndingResponse {
  @IsIn(['revoked', 'expired', 'relinquished']) how!: string;
  @IsString() reason!: string;
  @IsString() at!: string;
}

/** The newest key of the grant that is good: what it consists of was shown when it was made. */
export class LinkCredentialResponse {
  @IsString() id!: string;
  @IsString() label!: string;
  @IsString() createdAt!: string;
  @IsString() expiresAt!: string;
  /** Of the last thirty days. */
  @NullOr('string') lastAskedAt!: string | null;
}

export class GrantLinkResponse {
  @IsString() distribution!: string;
  @Nested(() => TextBody) title!: TextBody;
  @IsString() href!: string;
  /** Of an interface, for who keeps keys of the grant; all of them stand under `/api/grants/{id}/keys`. */
  @Optional() @Nested(() => LinkCredentialResponse) credential?: LinkCredentialResponse;
}

/** The secure environment in which granted data is used. */
export class GrantSandboxResponse {
  @Nested(() => TextBody) text!: TextBody;
  @NullOr('string') url!: string | null;
}

export class GrantResponse extends GrantSummary {
  @IsString() scenario!: string;
  /** Granted items that are not served now, for instance while a complaint about them is looked into. */
  @IsArray() @IsString({ each: true }) restingItems!: string[];
  /** Persons the grant serves; none is everyone of the organisation. */
  @IsArray() @IsString({ each: true }) members!: string[];
  @NullOr(AcceptedAgreementResponse) agreement!: AcceptedAgreementResponse | null;
  @ListOf(() => GrantConditionResponse) conditions!: GrantConditionResponse[];
  @ListOf(() => DutyResponse) duties!: DutyResponse[];
  @ListOf(() => HoldResponse) holds!: HoldResponse[];
  @NullOr(LimitResponse) limit!: LimitResponse | null;
  @NullOr(EndingResponse) ending!: EndingResponse | null;
  /** Where the data is; for the organisation that holds the grant, while it can be used. */
  @ListOf(() => GrantLinkResponse) links!: GrantLinkResponse[];
  /** Why they have none of it: a secure environment is opened by the holder, or nothing is offered in the granted way. */
  @NullOr(['sandbox', 'not-offered']) noLinks!: 'sandbox' | 'not-offered' | null;
  /** Where that environment is, in the words of the body that holds the data; null until it says so. */
  @NullOr(GrantSandboxResponse) sandbox!: GrantSandboxResponse | null;
  /** The grant that follows it or took its place, and from when. */
  @NullOr(SuccessorResponse) successor!: SuccessorResponse | null;
  /** The grant it renews or amends. */
  @NullOr(SucceededResponse) succeeds!: SucceededResponse | null;
  /** Deliveries made under the grant it amends, which count against its quota. */
  @IsInt() carried!: number;
  /** What this caller could do to the grant now. */
  @IsIn([...PERSON_COMMANDS, ...OPENINGS], { each: true }) @IsArray() allowedCommands!: string[];
}
