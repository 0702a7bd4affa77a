import { Allow, IsArray, IsBoolean, IsIn, IsInt, IsObject, IsOptional, IsString } from 'class-validator';
import { DutyTermBody, ListOf, NamedBody, Nested, NullOr, PeriodBody, TextBody } from '../../http/index.js';
import { EXECUTIONS } from '../../kernel/execution.js';
import { PROCEEDING_KINDS, PROCEEDING_OUTCOMES } from '../../kernel/proceeding.js';
import { RULINGS } from '../../kernel/ruling.js';
import { DELIVERIES, PURPOSES } from '../../kernel/purpose.js';
import { TIERS } from '../../kernel/tier.js';
import { APPEAL_OUTCOMES, RECOMMENDATIONS, STAGES, STATES, SUCCESSIONS } from '../domain/application.js';
import { COMMANDS } from '../domain/commands.js';
import { AttachmentBody } from './attachment-shapes.js';
import { FormBody } from './form-shapes.js';
import { DEADLINE_KINDS } from '../domain/deadlines.js';

export class TurnBody {
  @IsString() role!: string;
  @Nested(() => NamedBody) organisation!: NamedBody;
}

export class ApplicantBody extends NamedBody {
  @IsString() kind!: string;
}

export class PurposeBody {
  @IsIn(PURPOSES) category!: string;
  @IsString() scenario!: string;
  @IsOptional() @IsString() project?: string;
}

export class AddedConditionBody extends DutyTermBody {
  @IsString() kind!: string;
  @IsString() text!: string;
}

/** A coded reason of the workflow has a title, and a remedy that says what would make the request approvable. */
export class RefusalReasonBody {
  @IsString() code!: string;
  @IsString() text!: string;
  @IsOptional() @IsString() title?: string;
  @IsOptional() @IsString() remedy?: string;
}

/** What became of one dataset. */
export class OutcomeBody {
  @IsIn(RULINGS) ruling!: string;
  @IsArray() @IsString({ each: true }) items!: string[];
  @IsIn(DELIVERIES) delivery!: string;
  @Nested(() => PeriodBody) period!: PeriodBody;
  /** Deliveries within the period; null is unlimited. */
  @NullOr('integer') quota!: number | null;
  @ListOf(() => AddedConditionBody) conditions!: AddedConditionBody[];
  /** Why it was left out of an approval in part, where that was said. */
  @IsOptional() @Nested(() => RefusalReasonBody) reason?: RefusalReasonBody;
}

export class AskedDatasetBody {
  @IsString() dataset!: string;
  @Nested(() => TextBody) title!: TextBody;
  @NullOr(TIERS) tier!: string | null;
  /** None is the whole dataset. */
  @IsArray() @IsString({ each: true }) items!: string[];
  @IsOptional() @Nested(() => OutcomeBody) outcome?: OutcomeBody;
}

export class PauseBody {
  @IsString() kind!: string;
  @IsString() from!: string;
  /** Working days it may last. */
  @IsInt() limit!: number;
  @IsString() until!: string;
  @NullOr('string') to!: string | null;
}

export class LedgerDayBody {
  @IsString() day!: string;
  @IsBoolean() counted!: boolean;
  @IsString() why!: string;
}

export class ApplicationDeadlineBody {
  @IsIn(DEADLINE_KINDS) kind!: string;
  @IsString() start!: string;
  @IsInt() limit!: number;
  @IsInt() extensions!: number;
  @IsString() due!: string;
  /** Working days counted so far. */
  @IsInt() counted!: number;
  @IsBoolean() paused!: boolean;
  @IsBoolean() provisional!: boolean;
  @IsBoolean() overdue!: boolean;
  @NullOr('string') ended!: string | null;
  @IsString() pack!: string;
  @IsString() source!: string;
  @IsBoolean() verified!: boolean;
  @ListOf(() => PauseBody) pauses!: PauseBody[];
  /** Each day from the day after receipt to the due day: counted or not, and why. */
  @ListOf(() => LedgerDayBody) ledger!: LedgerDayBody[];
}

export class ApplicationSummaryBody {
  @IsString() id!: string;
  /** `sharing`: a public body asks another one. */
  @IsIn(['opening', 'sharing']) kind!: string;
  @NullOr('string') number!: string | null;
  @IsIn(STATES) state!: string;
  @NullOr(STAGES) stage!: string | null;
  @Nested(() => NamedBody) holder!: NamedBody;
  @ListOf(() => AskedDatasetBody) datasets!: AskedDatasetBody[];
  @Nested(() => PurposeBody) purpose!: PurposeBody;
  @IsIn(DELIVERIES) delivery!: string;
  @Nested(() => PeriodBody) period!: PeriodBody;
  @IsOptional() @IsString() bundle?: string;
  @NullOr(TurnBody) waitingFor!: TurnBody | null;
  @IsString() createdAt!: string;
  @NullOr('string') submittedAt!: string | null;
  @IsString() etag!: string;
}

export class ApplicationListItemBody extends ApplicationSummaryBody {
  @Nested(() => NamedBody) applicant!: NamedBody;
  /** Questions the applicant has not answered yet. */
  @IsInt() openQuestions!: number;
  @NullOr('string') due!: string | null;
  @IsBoolean() overdue!: boolean;
}

export class ApplicationPageBody {
  @ListOf(() => ApplicationListItemBody) items!: ApplicationListItemBody[];
  @IsString() nextPageToken!: string;
  @IsInt() total!: number;
}

export class EvidenceBody {
  @IsString() condition!: string;
  @IsString() reference!: string;
  @IsOptional() @IsString() issuer?: string;
  @IsOptional() @IsString() validUntil?: string;
  /** Evidence of the organisation that it is. */
  @IsOptional() @IsString() evidence?: string;
}

/** Evidence of the applicant, kept once for all its requests; its page is `/api/evidence/<id>`. */
export class EvidenceOnFileBody {
  @IsString() id!: string;
  @IsString() kind!: string;
  @IsString() state!: string;
  @IsString() issuer!: string;
  @IsString() reference!: string;
  @NullOr('string') validFrom!: string | null;
  @NullOr('string') validUntil!: string | null;
  @NullOr('string') attachment!: string | null;
  /** Verified, and what proves its condition today. */
  @IsBoolean() proves!: boolean;
}

/** A published condition that the machine matches with the applicant; who rules decides what follows. */
export class MatchedConditionBody {
  @IsString() dataset!: string;
  @IsString() kind!: string;
  @IsString() text!: string;
  @IsBoolean() met!: boolean;
}

export class LinkedApplicationBody {
  @IsString() id!: string;
  @NullOr('string') number!: string | null;
}

/** A blocking one refuses the submission with the same code; `linked` is a request like this one. */
export class WarningBody {
  @IsString() code!: string;
  @IsString() pointer!: string;
  @IsString() detail!: string;
  @IsBoolean() blocking!: boolean;
  @IsOptional() @Nested(() => LinkedApplicationBody) linked?: LinkedApplicationBody;
}

export class ReceiptBody {
  @IsString() number!: string;
  @IsString() receivedAt!: string;
  /** The step that is waited for. */
  @NullOr('string') next!: string | null;
  @NullOr(TurnBody) waitingFor!: TurnBody | null;
  @NullOr('string') due!: string | null;
}

export class DefectBody {
  @IsOptional() @IsString() pointer?: string;
  @IsString() text!: string;
}

export class AnswerBody {
  @IsString() text!: string;
  @IsString() at!: string;
}

/** What an officer asked of the applicant. */
export class QuestionBody {
  @IsInt() number!: number;
  @IsString() text!: string;
  @IsString() askedAt!: string;
  @IsBoolean() answered!: boolean;
  @NullOr(AnswerBody) answer!: AnswerBody | null;
}

/** People by the command that can name them; none where the command is not the caller's to give now. */
export class CandidatesBody {
  /** People of the applicant who are no members yet. */
  @ListOf(() => NamedBody) addMember!: NamedBody[];
  @ListOf(() => NamedBody) removeMember!: NamedBody[];
  /** Whoever else may take the case at its stage. */
  @ListOf(() => NamedBody) reassign!: NamedBody[];
}

export class AdviceBody {
  @IsIn(RECOMMENDATIONS) recommendation!: string;
  @IsString() by!: string;
}

/** The review of a refusal that was asked for. */
export class AppealBody {
  @IsString() reason!: string;
  @IsString() at!: string;
  @NullOr(APPEAL_OUTCOMES) outcome!: string | null;
}

export class ProceedingEndBody {
  /** `changed`, `annulled`: the ruling stands no longer; a refusal can then be reopened. */
  @IsIn(PROCEEDING_OUTCOMES) outcome!: string;
  @IsString() on!: string;
  @IsString() text!: string;
}

/** Administrative reconsideration or litigation about a ruling: on record here, run elsewhere. */
export class ProceedingBody {
  @IsIn(PROCEEDING_KINDS) kind!: string;
  /** The body or court it was filed with. */
  @IsString() forum!: string;
  @IsString() filedOn!: string;
  @IsString() reference!: string;
  /** Null while it is open. */
  @NullOr(ProceedingEndBody) ended!: ProceedingEndBody | null;
}

export class CounterSignatureBody {
  @IsString() at!: string;
  @IsString() by!: string;
}

/** The version that was accepted; where another one is in force, the signatory is asked to accept that. */
export class AcceptanceBody {
  @IsInt() version!: number;
  @IsString() at!: string;
  @IsString() by!: string;
  /** The sealed document that was handed in with it, among `attachmentFiles`. */
  @IsOptional() @IsString() document?: string;
  /** Null where the holder has not signed, or need not. */
  @NullOr(CounterSignatureBody) counterSigned!: CounterSignatureBody | null;
}

export class AgreementOfApplicationBody {
  /** How it is concluded: by acceptance alone, with the holder's counter-signature, or by a sealed document. */
  @IsIn(EXECUTIONS) execution!: string;
  /** Accepted by the signatory, not yet counter-signed. */
  @IsBoolean() awaitsHolder!: boolean;
  @IsString() template!: string;
  @IsInt() version!: number;
  @IsString() hash!: string;
  @IsString() href!: string;
  @NullOr(AcceptanceBody) accepted!: AcceptanceBody | null;
}

export class HistoryEntryBody {
  @IsString() event!: string;
  @IsString() at!: string;
  /** Nobody where time or the system acted. */
  @NullOr(NamedBody) by!: NamedBody | null;
  @IsObject() data!: object;
}

export class GrantOfApplicationBody {
  @IsString() id!: string;
}

/** One place of the request that the applicant wrote anew; null stands for nothing. */
export class ChangeBody {
  /** Members of lists by what they are about: `/datasets/<id>`, `/evidence/<condition>`, `/form/answers/<name>`. */
  @IsString() pointer!: string;
  @Allow() before!: unknown;
  @Allow() after!: unknown;
}

/** Answers to a form, by the names of its fields. */
export class AnsweredFormBody {
  @IsString() id!: string;
  @IsObject() answers!: object;
}

export class SuccessionBody {
  @IsString() grant!: string;
  @IsIn(SUCCESSIONS) kind!: string;
}

export class ApplicationBody extends ApplicationSummaryBody {
  @Nested(() => ApplicantBody) applicant!: ApplicantBody;
  @IsArray() @IsString({ each: true }) members!: string[];
  /** The members by name. */
  @ListOf(() => NamedBody) memberNames!: NamedBody[];
  @IsOptional() @IsString() securityPlan?: string;
  @ListOf(() => EvidenceBody) evidence!: EvidenceBody[];
  @IsArray() @IsString({ each: true }) attachments!: string[];
  @ListOf(() => AttachmentBody) attachmentFiles!: AttachmentBody[];
  /** What the applicant has filed or verified for the conditions its datasets ask a proof for. */
  @ListOf(() => EvidenceOnFileBody) evidenceOnFile!: EvidenceOnFileBody[];
  /** Conditions that name kinds of applicants, and whether the applicant is of them. */
  @ListOf(() => MatchedConditionBody) matchedConditions!: MatchedConditionBody[];
  @IsOptional() @NullOr(AnsweredFormBody) form?: AnsweredFormBody | null;
  /** The form whose fields the answers belong to: while the request may be written, the one it is to answer. */
  @NullOr(FormBody) formAsked!: FormBody | null;
  @IsBoolean() editable!: boolean;
  @ListOf(() => WarningBody) warnings!: WarningBody[];
  /** Exactly what the server would accept from this caller now. */
  @IsIn(COMMANDS, { each: true }) @IsArray() allowedCommands!: string[];
  @ListOf(() => ApplicationDeadlineBody) deadlines!: ApplicationDeadlineBody[];
  @NullOr(NamedBody) assignee!: NamedBody | null;
  @NullOr(ReceiptBody) receipt!: ReceiptBody | null;
  @ListOf(() => DefectBody) defects!: DefectBody[];
  @ListOf(() => QuestionBody) questions!: QuestionBody[];
  /** Since it was last sent, or between the last two sendings; left out where it was sent once only. */
  @IsOptional() @ListOf(() => ChangeBody) changes?: ChangeBody[];
  @IsOptional() @Nested(() => AdviceBody) advice?: AdviceBody;
  @IsOptional() @ListOf(() => RefusalReasonBody) reasons?: RefusalReasonBody[];
  @IsOptional() @Nested(() => AppealBody) appeal?: AppealBody;
  /** In the order in which they were recorded. */
  @ListOf(() => ProceedingBody) proceedings!: ProceedingBody[];
  @NullOr(AgreementOfApplicationBody) agreement!: AgreementOfApplicationBody | null;
  @ListOf(() => GrantOfApplicationBody) grants!: GrantOfApplicationBody[];
  @ListOf(() => HistoryEntryBody) history!: HistoryEntryBody[];
  /** The grant it renews or amends. */
  @NullOr(SuccessionBody) succeeds!: SuccessionBody | null;
  @NullOr('string') copiedFrom!: string | null;
}
