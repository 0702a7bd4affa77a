import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  MinLength,
} from 'class-validator';
import { DutyTermRequest, IsCalendarDay, IsSaid, ListOf, Nested, Optional } from '../../http/index.js';
import {
  PROCEEDING_KINDS,
  PROCEEDING_OUTCOMES,
  type ProceedingKind,
  type ProceedingOutcome,
} from '../../kernel/proceeding.js';
import { DELIVERIES, type Delivery } from '../../kernel/purpose.js';
import { APPEAL_OUTCOMES, type AppealOutcome, RECOMMENDATIONS, type Recommendation } from '../domain/application.js';
import { ApplicationPeriodRequest } from './application-requests.js';

const CODE = /^[a-z][a-z0-9-]{0,63}$/;
const MOST = 1_000_000_000;

export class WithdrawRequest {
  @Optional() @IsString() @MaxLength(4000) reason?: string;
}

export class DefectRequest {
  /** JSON Pointer into the application. */
  @Optional() @IsString() @MaxLength(512) pointer?: string;
  @IsSaid() text!: string;
}

export class RequestCorrectionRequest {
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  @ListOf(() => DefectRequest)
  defects!: DefectRequest[];
}

export class ReassignRequest {
  @IsString() @MinLength(1) @MaxLength(64) to!: string;
}

export class SaidRequest {
  @IsSaid() text!: string;
}

export class RemarkRequest {
  @IsSaid() text!: string;
  /** A private remark is read by officers only. */
  @Optional() @IsBoolean() private = false;
}

export class ConsultRequest {
  /** Whom: the third party whose rights or interests are concerned. */
  @IsSaid(512) with!: string;
  @IsSaid() question!: string;
}

export class RecordConsultationRequest {
  @IsSaid() view!: string;
}

export class ExtendRequest {
  @IsSaid() reason!: string;
}

export class AppealRequest {
  @IsSaid() reason!: string;
}

export class DecideAppealRequest {
  @IsIn(APPEAL_OUTCOMES) outcome!: AppealOutcome;
  @IsSaid() reason!: string;
}

/** That somebody asked for administrative reconsideration of a ruling, or went to court over it. */
export class RecordProceedingRequest {
  @IsIn(PROCEEDING_KINDS) kind!: ProceedingKind;
  /** The body or court it was filed with. */
  @IsSaid(256) forum!: string;
  /** Not before the ruling, not in the future. */
  @IsCalendarDay() filedOn!: string;
  /** The number of the proceeding there. */
  @IsSaid(128) reference!: string;
}

/** How the open proceeding of this kind ended. */
export class RecordProceedingOutcomeRequest {
  @IsIn(PROCEEDING_KINDS) kind!: ProceedingKind;
  @IsIn(PROCEEDING_OUTCOMES) outcome!: ProceedingOutcome;
  /** Not before it was filed, not in the future. */
  @IsCalendarDay() on!: string;
  /** What was decided, in words. */
  @IsSaid() text!: string;
}

export class MemberRequest {
  @IsString() @MinLength(1) @MaxLength(64) subject!: string;
}

export class AdviseRequest {
  @IsIn(RECOMMENDATIONS) recommendation!: Recommendation;
  @Optional() @IsString() @MaxLength(4000) remark = '';
}

export class ApprovalConditionRequest extends DutyTermRequest {
  @Matches(CODE) kind!: string;
  @IsSaid() text!: string;
}

export class ApprovalRequest {
  @IsString() @MinLength(1) @MaxLength(64) dataset!: string;
  @Optional()
  @IsArray()
  @ArrayMaxSize(2000)
  @ArrayUnique()
  @IsString({ each: true })
  @MaxLength(256, { each: true })
  items?: string[];
  @Optional() @IsIn(DELIVERIES) delivery?: Delivery;
  @Optional() @Nested(() => ApplicationPeriodRequest) period?: ApplicationPeriodRequest;
  /** Deliveries within the period. */
  @Optional() @IsInt() @Min(1) @Max(MOST) quota?: number;
  @Optional()
  @ArrayMaxSize(50)
  @ListOf(() => ApprovalConditionRequest)
  conditions?: ApprovalConditionRequest[];
}

export class RefusalReasonRequest {
  /** One of the coded reasons of the workflow, or a code of the holder's own. */
  @Matches(CODE) code!: string;
  @IsSaid() text!: string;
}

export class LeftOutRequest extends RefusalReasonRequest {
  @IsString() @MinLength(1) @MaxLength(64) dataset!: string;
}

/** Without `datasets` everything is approved as asked; a dataset that is not named is refused. */
export class ApproveRequest {
  @Optional()
  @ArrayMaxSize(100)
  @ListOf(() => ApprovalRequest)
  datasets?: ApprovalRequest[];
  /** Why datasets that are not named are left out. */
  @Optional()
  @ArrayMaxSize(100)
  @ListOf(() => LeftOutRequest)
  leftOut?: LeftOutRequest[];
  @Optional() @IsString() @MaxLength(4000) reason?: string;
}

export class RefuseRequest {
  @ArrayMinSize(1)
  @ArrayMaxSize(20)
  @ListOf(() => RefusalReasonRequest)
  reasons!: RefusalReasonRequest[];
}

export class AcceptAgreementRequest {
  @IsInt() @Min(1) version!: number;
  @IsString() @MinLength(1) @MaxLength(128) hash!: string;
  /** An attachment of the applicant, a PDF: the agreement with its seal, where the template asks for it. */
  @Optional() @IsString() @MinLength(1) @MaxLength(64) document?: string;
}

/** The version and hash that the applicant's signatory accepted. */
export class CounterSignRequest {
  @IsInt() @Min(1) version!: number;
  @IsString() @MinLength(1) @MaxLength(128) hash!: string;
}

export class ReturnAgreementRequest {
  @IsSaid() reason!: string;
}

export class CloseRequest {
  @IsSaid() reason!: string;
}
