import type { Answers, PurposeForm } from './forms';
/**
 * The bodies the console reads and writes, as the HTTP contract names them (see /openapi.json).
 * Only what a screen shows stands here; everything else the server sends passes through unread.
 */
export interface Text {
  readonly zh?: string | null;
  readonly en?: string | null;
}
/** Some texts arrive already in the caller's language, some in both. */
export type Wording = string | Text;

export type Tier = 'open' | 'conditional' | 'restricted';
export type DatasetState = 'draft' | 'listed' | 'suspended' | 'withdrawn';
export const DATASET_STATES: readonly DatasetState[] = ['draft', 'listed', 'suspended', 'withdrawn'];
export type Delivery = 'download' | 'api' | 'sandbox';
export const TIERS: readonly Tier[] = ['open', 'conditional', 'restricted'];
export const DELIVERIES: readonly Delivery[] = ['download', 'api', 'sandbox'];
export const PURPOSES = [
  'research',
  'product-development',
  'public-service',
  'education',
  'operations',
  'journalism',
  'marketing',
  'other',
] as const;
export type Purpose = (typeof PURPOSES)[number];
export type Field = string;
export type Role =
  | 'handler'
  | 'signatory'
  | 'citizen'
  | 'steward'
  | 'officer'
  | 'reviewer'
  | 'approver'
  | 'supervisor'
  | 'auditor'
  | 'admin'
  | 'portal';

export interface Page<T> {
  readonly items: readonly T[];
  readonly nextPageToken: string;
  readonly total: number;
}
export interface Named {
  readonly id: string;
  readonly name?: Wording;
}
export interface Me {
  readonly subject: { readonly id: string; readonly name: Wording };
  readonly organisation: {
    readonly id: string;
    readonly name: Wording;
    readonly creditCode: string | null;
    readonly kind: string;
  } | null;
  readonly roles: readonly Role[];
  readonly permissions: readonly string[];
}

export interface NextStep {
  readonly code: string;
  readonly href?: string | null;
}
export interface Reason {
  readonly rule: string;
  readonly text: Wording;
  readonly source: Wording;
  readonly verified: boolean;
}
export interface DatasetItem {
  readonly name: string;
  readonly title: Wording;
  readonly type: string;
  readonly tier: Tier;
}
export interface Distribution {
  readonly id: string;
  readonly title: Wording;
  readonly format: string;
  readonly kind: 'file' | 'api';
  readonly tier: Tier;
  /** For who may edit the record. */
  readonly mediaType?: string | null;
  readonly url?: string | null;
}
/** By when what a condition asks for is due, where a machine can watch that. */
export interface DutyTerm {
  readonly everyMonths?: number;
  readonly withinDays?: number;
}
export interface DatasetCondition extends DutyTerm {
  readonly kind: string;
  readonly text: Wording;
  /** In both languages: for who may edit it. */
  readonly wording?: Text;
  readonly evidenceRequired: boolean;
  /** The kinds of applicants it names. */
  readonly applicants?: readonly string[];
}
export interface AgreementRef {
  readonly template?: string;
  readonly version: string | number;
  readonly hash: string;
  readonly href?: string | null;
}
export interface DatasetSummary {
  readonly id: string;
  /** A record that is not open, shown to the public by its title only. */
  readonly redacted?: boolean;
  /** Left out of the redacted entry of a record that is not open. */
  readonly identifier?: string;
  readonly title: Wording;
  readonly abstract?: Wording | null;
  readonly field?: string | null;
  readonly publisher: Named;
  readonly tier: Tier;
  readonly tierStatus: 'declared' | 'confirmed' | 'pending-review';
  readonly state: string;
  readonly updateFrequency?: string | null;
  readonly lastUpdated?: string | null;
}
/** Where data is used that does not leave its holder. */
export interface SecureEnvironment {
  readonly text: Text;
  readonly url: string | null;
}
export interface Dataset extends DatasetSummary {
  /** Names of items that are milder than the dataset and may be asked for alone. */
  readonly views?: { readonly open: readonly string[]; readonly conditional: readonly string[] };
  readonly keywords?: readonly string[];
  readonly listedWhenRestricted?: boolean;
  readonly nationalRegistrationCode?: string;
  readonly source?: string | null;
  readonly declaredTier?: Tier | null;
  readonly securityLevel?: string | null;
  readonly sharingTier?: 'unconditional' | 'conditional' | 'not-shared' | null;
  readonly sharingConditionWording?: Text;
  readonly legalBasisWording?: Text;
  readonly items?: readonly DatasetItem[];
  readonly distributions?: readonly Distribution[];
  readonly deliveryKinds?: readonly Delivery[];
  readonly documents?: readonly { readonly kind: string; readonly title: Wording; readonly url: string }[];
  readonly conditions?: readonly DatasetCondition[];
  readonly agreement?: AgreementRef | null;
  readonly nextUpdateDue?: string | null;
  readonly notices?: readonly { readonly code: string; readonly text: Wording; readonly at: string }[];
  readonly reasons?: readonly Reason[];
  readonly nextStep?: NextStep | null;
  /** What this caller may do with the record; absent where that is nothing. */
  readonly allowedCommands?: readonly string[];
  /** For who edits it; null where it is not said. */
  readonly sandbox?: SecureEnvironment | null;
  /** What it would have to state to be listed, as pointers. */
  readonly lacking?: readonly string[];
  /** What `restore` would make of it. */
  readonly restoresTo?: 'draft' | 'listed';
  readonly etag?: string;
}
export interface Eligibility {
  readonly met?: readonly DatasetCondition[];
  readonly unmet?: readonly DatasetCondition[];
  readonly missing?: readonly DatasetCondition[];
  readonly workingDays?: number | { readonly median?: number | null; readonly limit?: number | null } | null;
}

export interface Deadline {
  readonly kind: string;
  readonly start: string;
  readonly limit: number;
  readonly due: string;
  readonly counted: number;
  readonly paused: boolean;
  readonly provisional: boolean;
  readonly overdue: boolean;
  readonly ended?: string | null;
  readonly pack: string;
  readonly source: string;
  readonly verified: boolean;
  readonly ledger?: readonly LedgerDay[];
}
export interface LedgerDay {
  readonly day: string;
  readonly counted: boolean;
  readonly why: string;
}
export interface WaitingFor {
  readonly role: string;
  readonly organisation: Named;
}
export interface Period {
  readonly from: string;
  readonly to: string;
}
export interface RefusalReason {
  readonly code: string;
  readonly text: string;
  readonly title?: string;
  readonly remedy?: string;
}
export interface Outcome {
  readonly ruling: string;
  readonly items: readonly string[];
  readonly delivery: Delivery;
  readonly period: Period;
  readonly quota: number | null;
  readonly conditions: readonly (DutyTerm & { readonly kind: string; readonly text: string })[];
  readonly reason?: RefusalReason;
}
export interface AskedDataset {
  readonly dataset: string;
  readonly title?: Wording;
  readonly tier?: Tier | null;
  readonly items: readonly string[];
  readonly outcome?: Outcome;
}
export interface HistoryEntry {
  readonly at: string;
  readonly event: string;
  readonly by: Named | null;
  readonly data: Readonly<Record<string, unknown>>;
}
export interface Warning {
  readonly code: string;
  readonly pointer: string;
  readonly detail: string;
  readonly blocking: boolean;
  readonly linked?: { readonly id: string; readonly number: string | null };
}
/** A document of an applicant's organisation. */
export interface Attachment {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly scan: 'clean' | 'not-scanned';
  readonly uploadedAt: string;
  readonly href: string;
}
export interface Change {
  readonly pointer: string;
  readonly before: unknown;
  readonly after: unknown;
}
export interface Evidence {
  readonly condition: string;
  readonly reference: string;
  readonly issuer?: string;
  readonly validUntil?: string;
  /** Evidence of the organisation that it is. */
  readonly evidence?: string;
}
/** Evidence of the applicant for a condition that its datasets ask a proof for. */
export interface EvidenceOnFile {
  readonly id: string;
  readonly kind: string;
  readonly state: string;
  readonly issuer: string;
  readonly reference: string;
  readonly validUntil: string | null;
  readonly proves: boolean;
}
export interface Receipt {
  readonly number: string;
  readonly receivedAt: string;
  readonly next: string | null;
  readonly waitingFor: WaitingFor | null;
  readonly due: string | null;
}
export interface Candidates {
  readonly addMember: readonly Named[];
  readonly removeMember: readonly Named[];
  readonly reassign: readonly Named[];
}
export interface Question {
  readonly number: number;
  readonly text: string;
  readonly askedAt: string;
  readonly answer: { readonly text: string; readonly at: string } | null;
}
/** `sharing`: a public body asks another one. */
export type ApplicationKind = 'opening' | 'sharing';
interface ApplicationCommon {
  readonly id: string;
  readonly kind: ApplicationKind;
  readonly number: string | null;
  readonly state: string;
  readonly stage: 'holder' | 'authority' | null;
  readonly holder: Named;
  readonly applicant: Named & { readonly kind?: string };
  readonly datasets: readonly AskedDataset[];
  readonly purpose: { readonly category: Purpose; readonly scenario: string; readonly project?: string };
  readonly delivery: Delivery;
  readonly period: Period;
  readonly waitingFor: WaitingFor | null;
  readonly createdAt: string;
  readonly submittedAt: string | null;
  readonly etag: string;
}
export interface ApplicationSummary extends ApplicationCommon {
  readonly openQuestions: number;
  readonly due: string | null;
  readonly overdue: boolean;
}
/** Reconsideration or litigation about a ruling. */
export interface Proceeding {
  readonly kind: string;
  readonly forum: string;
  readonly filedOn: string;
  readonly reference: string;
  readonly ended: { readonly outcome: string; readonly on: string; readonly text: string } | null;
}
export interface Application extends ApplicationCommon {
  readonly securityPlan?: string;
  readonly evidence: readonly Evidence[];
  readonly evidenceOnFile: readonly EvidenceOnFile[];
  readonly matchedConditions: readonly {
    readonly dataset: string;
    readonly text: string;
    readonly met: boolean;
  }[];
  readonly attachments: readonly string[];
  readonly attachmentFiles: readonly Attachment[];
  readonly form?: { readonly id: string; readonly answers: Answers } | null;
  /** The form whose fields the answers belong to. */
  readonly formAsked: PurposeForm | null;
  /** What was written anew since it was last sent, or between the last two sendings. */
  readonly changes?: readonly Change[];
  readonly editable: boolean;
  readonly warnings: readonly Warning[];
  readonly allowedCommands: readonly string[];
  readonly deadlines: readonly Deadline[];
  readonly assignee?: Named | null;
  readonly receipt?: Receipt | null;
  readonly defects: readonly { readonly pointer?: string; readonly text: string }[];
  readonly memberNames: readonly Named[];
  readonly questions: readonly Question[];
  readonly advice?: { readonly recommendation: string };
  readonly reasons?: readonly RefusalReason[];
  readonly agreement:
    | (AgreementRef & {
        readonly execution: 'acceptance' | 'counter-signature' | 'sealed-document';
        readonly awaitsHolder: boolean;
        readonly accepted: { readonly document?: string } | null;
      })
    | null;
  readonly proceedings: readonly Proceeding[];
  /** The grant it renews or amends. */
  readonly succeeds: { readonly grant: string; readonly kind: SuccessionKind } | null;
  readonly grants: readonly { readonly id: string; readonly state?: string }[];
  readonly history: readonly HistoryEntry[];
}
export interface ApplicationDraft {
  /** Sent with a new draft only. */
  readonly kind?: 'sharing';
  readonly datasets: readonly { readonly dataset: string; readonly items: readonly string[] }[];
  readonly purpose: { readonly category: Purpose; readonly scenario: string; readonly project?: string };
  readonly delivery: Delivery;
  readonly period: Period;
  readonly securityPlan?: string;
  readonly evidence: readonly (
    | { readonly condition: string; readonly evidence: string }
    | { readonly condition: string; readonly reference: string; readonly validUntil?: string }
  )[];
  readonly form: { readonly id: string; readonly answers: Answers } | null;
  readonly attachments: readonly string[];
}

export type SuccessionKind = 'renewal' | 'amendment';

/** What the user of the data accounts for, by the command of that name. */
export interface GrantDuty {
  readonly kind: 'report-use' | 'certify-deletion';
  readonly asked: boolean;
  readonly done: number;
  readonly last: {
    readonly at: string;
    readonly text?: string;
    readonly products?: readonly string[];
    readonly date?: string;
    readonly method?: string;
  } | null;
  readonly due: string | null;
  readonly overdue: boolean;
}

export interface Grant {
  readonly id: string;
  readonly kind: ApplicationKind;
  readonly application: string;
  readonly number?: string | null;
  readonly organisation: string;
  readonly organisationName: Wording | null;
  readonly dataset: string;
  readonly datasetTitle: Wording | null;
  readonly items: readonly string[];
  readonly purpose: Purpose;
  readonly scenario?: string;
  readonly delivery: Delivery;
  readonly period: Period;
  readonly state: string;
  readonly inForce?: 'yes' | 'no' | 'not-yet' | 'ended';
  /** Whether the data itself is served. */
  readonly data: 'served' | 'in-part' | 'rests';
  readonly restingItems?: readonly string[];
  readonly agreement?: (AgreementRef & { readonly at?: string }) | null;
  readonly conditions?: readonly (DutyTerm & {
    readonly kind: string;
    readonly text: Wording;
    readonly validUntil?: string | null;
    readonly lapsed?: boolean;
  })[];
  readonly duties?: readonly GrantDuty[];
  /** The first day by which something is owed under it. */
  readonly dutyDue: string | null;
  readonly quota?: number;
  /** The application that renews or amends it, under way or concluded. */
  readonly following?: { readonly application: string; readonly kind: SuccessionKind } | null;
  /** The grant that follows it or took its place, and from when. */
  readonly successor?: { readonly grant: string; readonly kind: SuccessionKind; readonly at: string } | null;
  /** The grant it renews or amends. */
  readonly succeeds?: { readonly grant: string; readonly kind: SuccessionKind } | null;
  readonly holds?: readonly { readonly reason?: string; readonly since: string; readonly until: string | null }[];
  readonly ending?: { readonly reason?: string; readonly at: string } | null;
  readonly links?: readonly { readonly distribution: string; readonly title?: Wording; readonly href: string }[];
  readonly noLinks?: 'sandbox' | 'not-offered' | null;
  readonly sandbox?: SecureEnvironment | null;
  readonly allowedCommands?: readonly string[];
  readonly etag: string;
}

export interface Facets {
  readonly total: number;
  readonly fields: readonly { readonly code: Field; readonly total: number; readonly tiers: Record<Tier, number> }[];
  readonly tiers: Record<Tier, number>;
  readonly states: Record<DatasetState, number>;
  readonly publishers: readonly { readonly id: string; readonly name: Wording; readonly total: number }[];
}

export interface AgreementText {
  readonly text: Wording;
}
export interface FieldError {
  readonly pointer?: string;
  readonly code: string;
  readonly detail?: string;
}
export interface ProblemBody {
  readonly type?: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly detail?: string;
  readonly remedy?: string;
  readonly errors?: readonly FieldError[];
}
