import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsISO8601,
  IsString,
  Length,
  Matches,
  Max,
  Min,
} from 'class-validator';
import { IsCalendarDay, IsSaid, ListOf, Nested, NullOr, Optional, PageQuery, TextBody } from '../../http/index.js';
import { DELIVERIES, type Delivery } from '../../kernel/purpose.js';
import { VIOLATION_COMMANDS } from '../domain/decide.js';
import { type Step, STEPS, VIOLATION_KINDS, type ViolationKind } from '../domain/ladder.js';
import { END_CAUSES, SANCTION_STATES, type SanctionState } from '../domain/sanction.js';
import { VIOLATION_STATES, type ViolationState } from '../domain/violation.js';

const DAY_OR_INSTANT = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}(\.\d{1,3})?(Z|[+-]\d{2}:\d{2}))?$/;

export class ViolationListQuery extends PageQuery {
  @Optional() @IsIn(VIOLATION_STATES) state?: ViolationState;
  @Optional() @IsIn(VIOLATION_KINDS) kind?: ViolationKind;
  @Optional() @IsString() @Length(1, 64) organisation?: string;
  @Optional() @IsString() @Length(1, 64) grant?: string;
}

export class SanctionListQuery extends PageQuery {
  @Optional() @IsIn(SANCTION_STATES) state?: SanctionState;
  @Optional() @IsIn(STEPS) step?: Step;
  @Optional() @IsString() @Length(1, 64) organisation?: string;
  @Optional() @IsString() @Length(1, 64) violation?: string;
}

export class ExhibitBody {
  /** Where the evidence is kept: a file number, an address. */
  @IsString() @Length(1, 512) reference!: string;
  @Optional() @IsString() @Length(1, 256) issuer?: string;
}

export class ReportViolationBody {
  /** The grant it concerns; or else `organisation`. */
  @Optional() @IsString() @Length(1, 64) grant?: string;
  /** The organisation it concerns as a whole; for supervisors. */
  @Optional() @IsString() @Length(1, 64) organisation?: string;
  @IsIn(VIOLATION_KINDS) kind!: ViolationKind;
  @IsSaid(4000) description!: string;
  @Optional() @ListOf(() => ExhibitBody) @ArrayMaxSize(20) evidence?: ExhibitBody[];
}

export class ViolationReplyBody {
  @IsSaid(4000) text!: string;
}

export class ViolationReasonBody {
  @IsSaid(2000) reason!: string;
}

export class ImposeBody extends ViolationReasonBody {
  @IsIn(STEPS) step!: Step;
  /** Of a warning: the last day for the cure. Without a cure the next measure follows by itself. */
  @Optional() @IsCalendarDay() cureBy?: string;
  /** Of a limit, a suspension or a restriction: its end, an instant or the end of a day in Asia/Shanghai. */
  @Optional() @IsISO8601({ strict: true }) @Matches(DAY_OR_INSTANT) until?: string;
  @Optional() @IsInt() @Min(0) @Max(1_000_000_000) quota?: number;
  @Optional() @IsIn(DELIVERIES) delivery?: Delivery;
  /** Of a restriction of use: these datasets; none is all of them. */
  @Optional()
  @IsArray()
  @ArrayMaxSize(100)
  @IsString({ each: true })
  @Length(1, 64, { each: true })
  datasets?: string[];
}

export class ImposeSanctionBody extends ImposeBody {
  /** The violation the measure follows. */
  @IsString() @Length(1, 64) violation!: string;
}

export class SanctionLimitResponse {
  @NullOr('integer') quota!: number | null;
  @NullOr(DELIVERIES) delivery!: Delivery | null;
}

export class SanctionEndResponse {
  @IsIn(END_CAUSES) cause!: string;
  /** Of whoever lifted it; null otherwise. */
  @NullOr('string') reason!: string | null;
  @IsString() at!: string;
  /** For those who oversee; null where time ended it. */
  @NullOr('string') by!: string | null;
}

export class SanctionResponse {
  @IsString() id!: string;
  @IsString() violation!: string;
  @IsString() organisation!: string;
  @NullOr(TextBody) organisationName!: TextBody | null;
  /** The grant it acts on; null where it acts on all of the organisation. */
  @NullOr('string') grant!: string | null;
  @IsArray() @IsString({ each: true }) datasets!: string[];
  @IsIn(STEPS) step!: Step;
  @IsIn(SANCTION_STATES) state!: SanctionState;
  @IsString() reason!: string;
  @IsString() imposedAt!: string;
  @NullOr('string') until!: string | null;
  @NullOr(SanctionLimitResponse) limit!: SanctionLimitResponse | null;
  /** Imposed with the report, until the decision. */
  @IsBoolean() interim!: boolean;
  /** Imposed by itself when the cure date of a warning passed. */
  @IsBoolean() byTime!: boolean;
  @NullOr(SanctionEndResponse) end!: SanctionEndResponse | null;
  @IsIn(['lift'], { each: true }) @IsArray() allowedCommands!: string[];
  @IsString() etag!: string;
}

export class SanctionListResponse {
  @ListOf(() => SanctionResponse) items!: SanctionResponse[];
  @IsString() nextPageToken!: string;
  @IsInt() total!: number;
}

/** What lists show of a violation. */
export class ViolationSummary {
  @IsString() id!: string;
  @IsIn(VIOLATION_KINDS) kind!: ViolationKind;
  @IsIn(VIOLATION_STATES) state!: ViolationState;
  @IsString() organisation!: string;
  @NullOr(TextBody) organisationName!: TextBody | null;
  @NullOr('string') grant!: string | null;
  @NullOr('string') dataset!: string | null;
  @NullOr(TextBody) datasetTitle!: TextBody | null;
  @NullOr('string') holder!: string | null;
  @IsString() reportedAt!: string;
  /** The last day on which the organisation is heard before a decision. */
  @IsString() hearingUntil!: string;
  /** The last day for the cure, while a warning runs. */
  @NullOr('string') cureBy!: string | null;
  @IsString() etag!: string;
}

export class ViolationListResponse {
  @ListOf(() => ViolationSummary) items!: ViolationSummary[];
  @IsString() nextPageToken!: string;
  @IsInt() total!: number;
}

export class ViolationExhibitResponse {
  @IsString() reference!: string;
  @NullOr('string') issuer!: string | null;
}

export class ViolationReplyResponse {
  @IsString() at!: string;
  @IsString() text!: string;
}

export class ViolationRulingResponse {
  @IsIn([...STEPS, 'dismissed', 'cured']) step!: string;
  @IsString() reason!: string;
  @IsString() at!: string;
  /** For those who oversee; null where time decided. */
  @NullOr('string') by!: string | null;
  /** Nobody decided: the cure date of a warning passed. */
  @IsBoolean() byTime!: boolean;
  @NullOr('string') sanction!: string | null;
}

/** Which measures may follow, by the ladder. */
export class LadderResponse {
  @IsIn(STEPS) lowest!: Step;
  @IsIn(STEPS) highest!: Step;
  /** Violations of the same kind upheld before, as far back as they count. */
  @IsInt() earlier!: number;
  /** What may be imposed now, the mildest first; a notice where no grant is left that a harder measure would reach. */
  @IsIn(STEPS, { each: true }) @IsArray() steps!: readonly Step[];
}

export class ReporterResponse {
  @IsString() person!: string;
  @NullOr('string') organisation!: string | null;
}

export class ViolationResponse extends ViolationSummary {
  @IsString() description!: string;
  @ListOf(() => ViolationExhibitResponse) evidence!: ViolationExhibitResponse[];
  /** For those who oversee. */
  @NullOr(ReporterResponse) reportedBy!: ReporterResponse | null;
  @ListOf(() => ViolationReplyResponse) replies!: ViolationReplyResponse[];
  @ListOf(() => ViolationRulingResponse) rulings!: ViolationRulingResponse[];
  @ListOf(() => SanctionResponse) sanctions!: SanctionResponse[];
  @Nested(() => LadderResponse) ladder!: LadderResponse;
  /** What the server would accept from this caller now. */
  @IsIn(VIOLATION_COMMANDS, { each: true }) @IsArray() allowedCommands!: string[];
}

/** Violations that wait for somebody. */
export class WaitingViolations {
  @IsInt() reported!: number;
  @IsInt() heard!: number;
  @IsInt() warned!: number;
}

/** Measures in force. */
export class SanctionsInForce {
  @IsInt() warning!: number;
  @IsInt() limit!: number;
  @IsInt() suspend!: number;
  @IsInt() restrict!: number;
}

/** Live grants that rest or are cut down. */
export class GrantsAtRisk {
  @IsInt() suspended!: number;
  @IsInt() limited!: number;
  /** Under which something that is owed was not done by its day. */
  @IsInt() overdue!: number;
}

/** Demands that wait for their holder. */
export class WaitingDemands {
  @IsInt() waiting!: number;
  @IsInt() overdue!: number;
}

/** Complaints whose clock runs, and those past their day. */
export class WaitingComplaints {
  @IsInt() quality!: number;
  @IsInt() rights!: number;
  @IsInt() overdue!: number;
}

/** What stands on a supervisor's desk; each number is the total of the list of the same filter. */
export class SupervisionDeskResponse {
  @Nested(() => WaitingViolations) violations!: WaitingViolations;
  @Nested(() => SanctionsInForce) sanctions!: SanctionsInForce;
  @Nested(() => GrantsAtRisk) grants!: GrantsAtRisk;
  @Nested(() => WaitingDemands) demands!: WaitingDemands;
  @Nested(() => WaitingComplaints) complaints!: WaitingComplaints;
}
