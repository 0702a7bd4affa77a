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
  readonly organisation: { readonly id: string; readonly name: Wording; readonly creditCode: string | null } | null;
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
  readonly url?: string | null;
}
export interface DatasetCondition {
  readonly kind: string;
  readonly text: Wording;
  readonly evidenceRequired: boolean;
}
export interface AgreementRef {
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
export interface Dataset extends DatasetSummary {
  readonly source?: string | null;
  readonly declaredTier?: Tier | null;
  readonly securityLevel?: string | null;
  readonly sharingTier?: string | null;
  readonly sharingCondition?: Wording | null;
  readonly legalBasis?: Wording | null;
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
  readonly etag?: string;
}
export interface Eligibility {
  readonly met?: readonly DatasetCondition[];
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
export interface Outcome {
  readonly ruling: string;
  readonly items: readonly string[];
  readonly delivery: Delivery;
  readonly period: Period;
  readonly quota: number | null;
  readonly conditions: readonly { readonly kind: string; readonly text: string }[];
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
export interface Evidence {
  readonly condition: string;
  readonly reference: string;
  readonly issuer?: string;
  readonly validUntil?: string;
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
interface ApplicationCommon {
  readonly id: string;
  readonly number: string | null;
  readonly state: string;
  readonly stage: 'holder' | 'authority' | null;
  readonly holder: Named;
  readonly applicant: Named;
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
export interface Application extends ApplicationCommon {
  readonly securityPlan?: string;
  readonly evidence: readonly Evidence[];
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
  readonly reasons?: readonly {
    readonly code: string;
    readonly text: string;
    readonly title?: string;
    readonly remedy?: string;
  }[];
  readonly agreement: (AgreementRef & { readonly accepted?: { readonly at: string } | null }) | null;
  readonly grants: readonly { readonly id: string; readonly state?: string }[];
  readonly history: readonly HistoryEntry[];
}
export interface ApplicationDraft {
  readonly datasets: readonly { readonly dataset: string; readonly items: readonly string[] }[];
  readonly purpose: { readonly category: Purpose; readonly scenario: string; readonly project?: string };
  readonly delivery: Delivery;
  readonly period: Period;
  readonly securityPlan?: string;
  readonly evidence: readonly Evidence[];
}

export interface Grant {
  readonly id: string;
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
  readonly agreement?: (AgreementRef & { readonly at?: string }) | null;
  readonly conditions?: readonly {
    readonly kind: string;
    readonly text: Wording;
    readonly validUntil?: string | null;
    readonly lapsed?: boolean;
  }[];
  readonly quota?: number;
  readonly holds?: readonly { readonly reason?: string; readonly since: string; readonly until: string | null }[];
  readonly ending?: { readonly reason?: string; readonly at: string } | null;
  readonly links?: readonly { readonly distribution: string; readonly title?: Wording; readonly href: string }[];
  readonly allowedCommands?: readonly string[];
  readonly etag: string;
}

export interface Facets {
  readonly total: number;
  readonly fields: readonly { readonly code: Field; readonly total: number; readonly tiers: Record<Tier, number> }[];
  readonly tiers: Record<Tier, number>;
  readonly publishers: readonly { readonly id: string; readonly name: Wording; readonly total: number }[];
}

export interface AssessmentRule {
  readonly id: string;
  readonly pack: string;
  readonly version: number;
  readonly reason: string;
  readonly text: Wording;
  readonly source: Wording;
  readonly verified: boolean;
}
export interface Finding {
  readonly type: string;
  readonly matchedFraction: number;
  readonly sampleSize: number;
}
export interface Verdict {
  readonly tier: Tier;
  readonly proposed?: Tier | null;
  readonly declared?: Tier | null;
  readonly floor?: Tier;
  readonly abstained: boolean;
  readonly confidence: number;
}
export interface Content {
  readonly origin: 'sample' | 'report';
  readonly verified: 'yes' | 'no';
  readonly fileHash: string;
  readonly encoding?: string;
  readonly rows: number;
  readonly brokenRows: number;
  readonly brokenCharacters: number;
  readonly columns: readonly { readonly name: string; readonly item: string; readonly sampleSize: number }[];
}
export interface SampleProgress {
  readonly phase: 'waiting' | 'reading' | 'judging';
  readonly share: number | null;
}
export interface SampleFailure {
  readonly code: string;
  readonly remedy: string;
}
export interface Sample {
  readonly id: string;
  readonly dataset: string;
  readonly state: string;
}
/** A figure, or why there is none. */
export type Figured<T> =
  | (T & { readonly status: 'assessed' })
  | { readonly status: 'not-assessed'; readonly reason: string };
export interface RiskSet {
  readonly columns: readonly string[];
  readonly figures: Figured<{
    readonly records: number;
    readonly suppressed: number;
    readonly classes: number;
    readonly k: number;
    readonly average: number;
    readonly highest: number;
    readonly atRisk: number;
    readonly uniqueness: number;
  }>;
  readonly diversity: readonly {
    readonly attribute: string;
    readonly diversity: Figured<{ readonly l: number; readonly homogeneous: number }>;
  }[];
  readonly uniques: Figured<{
    readonly contributions: readonly { readonly column: string; readonly share: number }[];
  }>;
}
export type Risk = Figured<{ readonly least: number; readonly sets: readonly RiskSet[] }>;
/** What would lower the tier, as the advice was computed and verified on the data. */
export interface LoweringAdvice {
  readonly [member: string]: unknown;
}
export interface Assessment {
  readonly id: string;
  readonly dataset: string;
  readonly datasetTitle: Wording;
  readonly publisher: string;
  readonly state: string;
  readonly group: string;
  /** Null while a file is read, and where it gave no assessment. */
  readonly verdict: Verdict | null;
  readonly content: Content | null;
  readonly progress: SampleProgress | null;
  readonly failure: SampleFailure | null;
  readonly risk: Risk;
  readonly lowering: readonly LoweringAdvice[];
  readonly items: readonly { readonly name: string; readonly tier: Tier; readonly findings: readonly Finding[] }[];
  readonly rules: readonly AssessmentRule[];
  readonly issues: readonly { readonly code: string; readonly text: Wording; readonly detail?: string }[];
  readonly decision?: { readonly reason?: string; readonly legalBasis?: string } | null;
  readonly replayHash: string;
  readonly createdAt: string;
  readonly decidedAt?: string | null;
  readonly allowedCommands: readonly string[];
  readonly etag: string;
}
export interface AssessmentGroup {
  readonly group: string;
  readonly count: number;
  readonly sample: string;
}
export interface GroupRule {
  readonly rule: AssessmentRule;
  readonly grounds: readonly { readonly value: string; readonly records: number }[];
  readonly different: number;
}
export interface LookFirst {
  readonly id: string;
  readonly dataset: string;
  readonly datasetTitle: Wording;
  readonly tier: Tier;
  readonly reasons: readonly string[];
  readonly ground: string | null;
}
export interface AssessmentGroupDetail {
  readonly group: string;
  readonly count: number;
  readonly publisher: string;
  readonly verdict: Verdict;
  readonly rules: readonly GroupRule[];
  readonly issues: readonly { readonly code: string; readonly text: Wording }[];
  readonly first: readonly LookFirst[];
  readonly allowedCommands: readonly string[];
}
export interface WorksheetRow {
  readonly row: number;
  readonly dataset: string;
  readonly outcome: string;
  readonly tier: Tier | null;
  readonly assessment: string | null;
  readonly code: string | null;
  readonly title: string | null;
  readonly remedy: string | null;
}
export interface WorksheetReport {
  readonly proposed: number;
  readonly blank: number;
  readonly refused: number;
  readonly rows: readonly WorksheetRow[];
}
export interface AssessmentPage extends Page<Assessment> {
  readonly groups: readonly AssessmentGroup[];
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
