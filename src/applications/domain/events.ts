import type { DutyTerm } from '../../kernel/duty-term.js';
import type { Id } from '../../kernel/ids.js';
import type { Overturning, ProceedingEnd, ProceedingKind } from '../../kernel/proceeding.js';
import type { Delivery, Purpose } from '../../kernel/purpose.js';
import type { Text } from '../../kernel/text.js';
import type { Tier } from '../../kernel/tier.js';
import type { Day, Instant } from '../../kernel/time.js';
import type {
  AgreementVersion,
  AppealOutcome,
  ApplicationRequest,
  Defect,
  Outcome,
  Period,
  Proceeding,
  Recommendation,
  RefusalReason,
  Stage,
  Succession,
  Turn,
} from './application.js';
import type { Deadline, DeadlineKind } from './deadlines.js';

/** A condition the grant will rest on, published with the dataset or added by the approver. */
export interface Term extends DutyTerm {
  readonly kind: string;
  readonly text: Text;
  /** Last day on which the proof named for it holds; null where none can lapse. */
  readonly validUntil: Day | null;
  /** Evidence of the organisation that proves it. */
  readonly evidence?: Id;
}

/** What a ruling carries on to grants: who, from whom, for what, which parts, under which terms. */
export interface RulingData {
  /** Absent where data is opened. */
  readonly kind?: 'sharing';
  readonly applicant: Id;
  readonly holder: Id;
  readonly number: string | null;
  readonly purpose: Purpose;
  readonly scenario: string;
  readonly delivery: Delivery;
  readonly period: Period;
  readonly members: readonly Id[];
  readonly outcomes: readonly Outcome[];
  /** The approved ones among the outcomes, each with all the conditions it rests on. */
  readonly datasets: readonly (Outcome & { readonly terms: readonly Term[] })[];
  readonly agreement: AgreementVersion;
  readonly reason?: string;
  readonly deadlines: readonly Deadline[];
  readonly succeeds?: Succession;
}

/** The version that is signed, and the approved datasets it covers. */
interface Signature extends AgreementVersion {
  readonly applicant: Id;
  readonly datasets: readonly Outcome[];
}

interface Data {
  readonly 'application.created': {
    readonly applicant: Id;
    readonly holder: Id;
    readonly request: ApplicationRequest;
    readonly tiers: Readonly<Record<Id, Tier>>;
    readonly agreementTemplate: Id | null;
    readonly copiedFrom?: Id;
    readonly succeeds?: Succession;
    readonly kind?: 'sharing';
  };
  readonly 'application.changed': {
    readonly request: ApplicationRequest;
    readonly tiers: Readonly<Record<Id, Tier>>;
    readonly holder: Id;
    readonly agreementTemplate: Id | null;
  };
  /** `enters`: the stage it goes to at once; absent where it waits to be accepted. */
  readonly 'application.submitted': {
    readonly number: string;
    readonly deadlines: readonly Deadline[];
    readonly enters?: Stage;
  };
  readonly 'application.corrected': { readonly deadlines: readonly Deadline[] };
  readonly 'application.withdrawn': { readonly reason?: string; readonly deadlines: readonly Deadline[] };
  readonly 'application.correction-requested': {
    readonly stage: Stage;
    readonly defects: readonly Defect[];
    readonly deadlines: readonly Deadline[];
  };
  readonly 'application.accepted': { readonly stage: Stage; readonly deadlines: readonly Deadline[] };
  readonly 'application.claimed': { readonly stage: Stage };
  readonly 'application.released': { readonly stage: Stage };
  readonly 'application.reassigned': { readonly stage: Stage; readonly to: Id };
  readonly 'application.conflict-declared': { readonly text: string };
  readonly 'application.passed': { readonly stage: Stage; readonly to: Turn; readonly why: 'nobody-eligible' };
  readonly 'application.asked': { readonly stage: Stage; readonly question: number; readonly text: string };
  readonly 'application.answered': { readonly question: number; readonly text: string };
  readonly 'application.remarked': { readonly text: string; readonly private: boolean };
  readonly 'application.consulted': {
    readonly stage: Stage;
    readonly with: string;
    readonly text: string;
    readonly deadlines: readonly Deadline[];
  };
  readonly 'application.consultation-recorded': {
    readonly stage: Stage;
    readonly text: string;
    readonly deadlines: readonly Deadline[];
  };
  readonly 'application.extension-proposed': { readonly stage: Stage; readonly reason: string };
  readonly 'application.extended': {
    readonly stage: Stage;
    readonly reason: string;
    readonly proposedBy: Id;
    readonly deadlines: readonly Deadline[];
  };
  readonly 'application.member-added': { readonly subject: Id };
  readonly 'application.member-removed': { readonly subject: Id };
  readonly 'application.advised': {
    readonly stage: Stage;
    readonly recommendation: Recommendation;
    readonly remark: string;
    readonly next: Stage;
  };
  /** `atOnce`: nobody had to rule. */
  readonly 'application.approved': RulingData & { readonly stage: Stage; readonly atOnce?: true };
  readonly 'application.partly-approved': RulingData & { readonly stage: Stage };
  readonly 'application.refused': {
    readonly stage: Stage;
    readonly reasons: readonly RefusalReason[];
    readonly deadlines: readonly Deadline[];
  };
  readonly 'application.appealed': { readonly reason: string };
  readonly 'application.appeal-decided': {
    readonly outcome: AppealOutcome;
    readonly reason: string;
    readonly deadlines: readonly Deadline[];
    /** How a proceeding ended after which the refusal stands no longer; absent where a review alone decides. */
    readonly cause?: Overturning;
  };
  readonly 'application.proceeding-recorded': Pick<Proceeding, 'kind' | 'forum' | 'filedOn' | 'reference'>;
  readonly 'application.proceeding-ended': ProceedingEnd & { readonly kind: ProceedingKind };
  /** Concludes the agreement only where `execution` is absent. */
  readonly 'application.agreement-accepted': Signature & { readonly document?: Id };
  /** The holder counter-signed, or confirmed the sealed document: the agreement is concluded. */
  readonly 'application.agreement-counter-signed': Signature;
  readonly 'application.agreement-returned': { readonly reason: string };
  readonly 'application.concluded': { readonly outcome: 'approved' | 'partly-approved' };
  readonly 'application.closed': { readonly reason: string; readonly deadlines: readonly Deadline[] };
  /** A year's arrangement was published or changed: the only way a due day moves without a step of the case. */
  readonly 'application.calendar-applied': { readonly calendar: string; readonly deadlines: readonly Deadline[] };
  /** A due day passed and the step was not done. */
  readonly 'application.overdue': {
    readonly kind: DeadlineKind;
    readonly due: Day;
    readonly deadlines: readonly Deadline[];
  };
  /** The applicant's use of what it asks for was restricted; officers decide what becomes of the case. */
  readonly 'application.use-restricted': { readonly until: Day | null };
  /** A dataset it asks for went to another tier; what may still be done with the case follows from the tier itself. */
  readonly 'application.tier-changed': { readonly dataset: Id; readonly from: Tier; readonly to: Tier };
  /** The third party was silent to the end of its time: the body decides without it. */
  readonly 'application.consultation-lapsed': { readonly stage: Stage; readonly deadlines: readonly Deadline[] };
  readonly 'application.abandoned': { readonly deadlines: readonly Deadline[] };
}

export type EventName = keyof Data;
export type DataOf<Name extends EventName> = Data[Name];
/** What happened, by whom, when; `by` is a person, or `system`. */
export type ApplicationEvent = {
  [Name in EventName]: { readonly event: Name; readonly by: Id; readonly at: Instant; readonly data: Data[Name] };
}[EventName];

/** Events the applicant's side does not see: they are dropped from its view, not blanked. */
const INNER: ReadonlySet<EventName> = new Set<EventName>([
  'application.claimed',
  'application.released',
  'application.reassigned',
  'application.conflict-declared',
  'application.advised',
  'application.consultation-recorded',
  'application.extension-proposed',
]);

export const isSeenByApplicant = (event: ApplicationEvent): boolean =>
  !INNER.has(event.event) && !(event.event === 'application.remarked' && event.data.private);
