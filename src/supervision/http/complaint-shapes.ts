import { ArrayMaxSize, ArrayUnique, IsArray, IsBoolean, IsIn, IsInt, IsString, Length, Matches } from 'class-validator';
import { IsCalendarDay, IsSaid, ListOf, Nested, NullOr, Optional, PageQuery, TextBody } from '../../http/index.js';
import {
  COMPLAINT_KINDS,
  COMPLAINT_OUTCOMES,
  COMPLAINT_RIGHTS,
  COMPLAINT_STATES,
  type ComplaintKind,
  type ComplaintOutcome,
  type ComplaintRight,
  type ComplaintState,
  type Finding,
  FINDINGS,
  QUALITY_FAULTS,
  QUALITY_OUTCOMES,
  type QualityFault,
  RIGHTS_OUTCOMES,
} from '../domain/complaint.js';
import { COMPLAINT_COMMANDS } from '../domain/complaint-decide.js';

export class ComplaintListQuery extends PageQuery {
  @Optional() @IsIn(COMPLAINT_KINDS) about?: ComplaintKind;
  /** As the receipt says it: shows how an objection to quality stands to whoever has its number, without its words. */
  @Optional() @Matches(/^TG-[QR]-\d{4}-\d{6,9}$/) number?: string;
  @Optional() @IsIn(COMPLAINT_STATES) state?: ComplaintState;
  @Optional() @IsString() @Length(1, 64) dataset?: string;
  @Optional() @IsString() @Length(1, 64) holder?: string;
  /** `mine`: those that the caller's side filed. `due`: whose clock runs. `overdue`: past the day. */
  @Optional() @IsIn(['mine', 'due', 'overdue']) queue?: 'mine' | 'due' | 'overdue';
}

export class AnswerComplaintBody {
  @IsIn(QUALITY_OUTCOMES) outcome!: (typeof QUALITY_OUTCOMES)[number];
  /** Public. */
  @IsSaid(4000) text!: string;
  /** Of `mended`: since when the data is right. */
  @Optional() @IsCalendarDay() mendedOn?: string;
}

export class ComplaintReasonBody {
  @IsSaid(2000) reason!: string;
}

export class VerifyComplaintBody {
  @IsIn(FINDINGS) finding!: Finding;
  @IsSaid(4000) remark!: string;
}

export class RuleComplaintBody {
  @IsIn(RIGHTS_OUTCOMES) outcome!: (typeof RIGHTS_OUTCOMES)[number];
  /** The reply to the complainant. */
  @IsSaid(4000) text!: string;
  /** Of `treat-and-reopen`: the items to be treated; without it, those that the complaint names. Empty is all of them. */
  @Optional()
  @IsArray()
  @ArrayMaxSize(500)
  @ArrayUnique()
  @IsString({ each: true })
  @Length(1, 256, { each: true })
  items?: string[];
  /** Of `resume`: so plainly unfounded that later complaints of its author suspend nothing at once. */
  @Optional() @IsBoolean() manifestly?: boolean;
}

export class TreatComplaintBody {
  /** What was done to the data. */
  @IsSaid(4000) text!: string;
}

/** The clock of the step it waits for, and where the number of days comes from. */
export class ComplaintDeadlineResponse {
  @IsString() due!: string;
  @IsInt() workingDays!: number;
  @Nested(() => TextBody) source!: TextBody;
  @IsBoolean() verified!: boolean;
  @IsBoolean() overdue!: boolean;
}

/** What lists show of a complaint. */
export class ComplaintSummary {
  @IsString() id!: string;
  /** What the complainant quotes. */
  @IsString() number!: string;
  @IsIn(COMPLAINT_KINDS) about!: ComplaintKind;
  @IsIn(COMPLAINT_STATES) state!: ComplaintState;
  @NullOr(QUALITY_FAULTS) fault!: QualityFault | null;
  @NullOr(COMPLAINT_RIGHTS) right!: ComplaintRight | null;
  /** None is the whole dataset. */
  @IsArray() @IsString({ each: true }) items!: string[];
  @NullOr('string') distribution!: string | null;
  @IsString() dataset!: string;
  @NullOr(TextBody) datasetTitle!: TextBody | null;
  @IsString() holder!: string;
  @NullOr(TextBody) holderName!: TextBody | null;
  @IsString() filedAt!: string;
  /** Null while no clock runs. */
  @NullOr(ComplaintDeadlineResponse) deadline!: ComplaintDeadlineResponse | null;
  /** Whether data rests for it now. */
  @IsBoolean() rests!: boolean;
  @NullOr(COMPLAINT_OUTCOMES) outcome!: ComplaintOutcome | null;
  @IsString() etag!: string;
}

export class ComplaintListResponse {
  @ListOf(() => ComplaintSummary) items!: ComplaintSummary[];
  @IsString() nextPageToken!: string;
  @IsInt() total!: number;
}

export class ComplaintFileResponse {
  @IsString() id!: string;
  @IsString() name!: string;
  @IsString() href!: string;
}

export class ComplainantResponse {
  @IsString() person!: string;
  @NullOr('string') organisation!: string | null;
  @NullOr(TextBody) organisationName!: TextBody | null;
  @NullOr('string') onBehalfOf!: string | null;
}

export class ConfirmedLiftResponse {
  @IsString() reason!: string;
  @IsString() at!: string;
}

export class LiftResponse {
  @IsString() reason!: string;
  @IsString() at!: string;
  @NullOr(ConfirmedLiftResponse) confirmed!: ConfirmedLiftResponse | null;
}

export class ReleaseResponse extends LiftResponse {
  /** A second person did not agree; it may be proposed anew. */
  @NullOr(ConfirmedLiftResponse) declined!: ConfirmedLiftResponse | null;
}

export class VerificationResponse {
  @IsIn(FINDINGS) finding!: Finding;
  @IsString() remark!: string;
  @IsString() at!: string;
}

export class ComplaintAnswerResponse {
  @IsIn(COMPLAINT_OUTCOMES) outcome!: ComplaintOutcome;
  @IsString() text!: string;
  @NullOr('string') mendedOn!: string | null;
  @IsBoolean() manifestly!: boolean;
  @IsString() at!: string;
}

export class TreatmentResponse {
  @IsString() text!: string;
  @IsString() at!: string;
}

export class ReopenedResponse {
  @IsString() assessment!: string;
  @IsString() at!: string;
}

export class ComplaintResponse extends ComplaintSummary {
  /** In the complainant's words: for them, the holder and those who oversee. */
  @NullOr('string') reason!: string | null;
  @NullOr('string') evidence!: string | null;
  @ListOf(() => ComplaintFileResponse) attachments!: ComplaintFileResponse[];
  /** For themselves, and for those who decide; null for everyone else, and of a visitor. */
  @NullOr(ComplainantResponse) complainant!: ComplainantResponse | null;
  /** That the suspension is held manifestly unfounded, and who agreed. */
  @NullOr(LiftResponse) lift!: LiftResponse | null;
  /** Of data that a ruling withdrew: that it is let go again, and who agreed or did not. */
  @NullOr(ReleaseResponse) release!: ReleaseResponse | null;
  @NullOr(VerificationResponse) verification!: VerificationResponse | null;
  @NullOr(ComplaintAnswerResponse) answer!: ComplaintAnswerResponse | null;
  @NullOr(TreatmentResponse) treatment!: TreatmentResponse | null;
  @NullOr(ReopenedResponse) reopened!: ReopenedResponse | null;
  /** What the server would accept from this caller now. */
  @IsIn(COMPLAINT_COMMANDS, { each: true }) @IsArray() allowedCommands!: string[];
}
