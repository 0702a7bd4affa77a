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
export const FIELDS = [
  'economy',
  'environment',
  'education-science',
  'transport',
  'society',
  'public-security',
  'culture-leisure',
  'health',
  'livelihood',
  'institutions',
  'urban-construction',
  'credit',
] as const;
export type Field = (typeof FIELDS)[number];
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
  readonly identifier: string;
  readonly title: Wording;
  readonly abstract?: Wording | null;
  readonly field: string | null;
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
  readonly conditions?: readonly DatasetCondition[];
  readonly agreement?: AgreementRef | null;
  readonly nextUpdateDue?: string | null;
  readonly notices?: readonly (string | { readonly code?: string; readonly text?: Wording })[];
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
  readonly due: string;
  readonly counted: number;
  readonly days?: number;
  readonly paused: boolean;
  readonly provisional: boolean;
  readonly pack?: string;
  readonly source?: Wording;
  readonly verified: boolean;
  readonly ledger?: readonly LedgerDay[];
}
export interface LedgerDay {
  readonly day: string;
  readonly counted: boolean;
  readonly why?: string;
}
export interface WaitingFor {
  readonly role: string | null;
  readonly organisation?: string | Named | null;
}
export interface RequestedDataset {
  readonly dataset: string | (Named & { readonly title?: Wording });
  readonly title?: Wording;
  readonly items?: readonly string[];
  readonly outcome?: string | { readonly result?: string; readonly items?: readonly string[] } | null;
}
export interface HistoryEntry {
  readonly at: string;
  readonly event: string;
  readonly actor?: { readonly id?: string; readonly name?: Wording; readonly kind?: string } | string | null;
  readonly text?: string | null;
  readonly data?: Record<string, unknown> | null;
}
export interface Warning {
  readonly code: string;
  readonly pointer?: string;
  readonly detail?: string;
  readonly linked?: string;
}
export interface GrantRef {
  readonly id: string;
  readonly state?: string;
  readonly dataset?: string | Named;
}
export interface Application {
  readonly id: string;
  readonly number: string | null;
  readonly state: string;
  readonly stage: 'holder' | 'authority' | null;
  readonly holder: string | Named;
  readonly applicant: string | Named;
  readonly datasets: readonly RequestedDataset[];
  readonly purpose?: { readonly category: string; readonly scenario?: string; readonly project?: string };
  readonly delivery?: Delivery;
  readonly period?: { readonly from: string; readonly to: string };
  readonly securityPlan?: string | null;
  readonly warnings?: readonly Warning[];
  readonly allowedCommands?: readonly string[];
  readonly deadlines?: readonly Deadline[];
  readonly waitingFor?: WaitingFor | null;
  readonly agreement?: AgreementRef | null;
  readonly grants?: readonly GrantRef[];
  readonly history?: readonly HistoryEntry[];
  readonly createdAt?: string;
  readonly submittedAt?: string | null;
  readonly etag?: string;
}
export interface ApplicationDraft {
  readonly datasets: readonly { readonly dataset: string; readonly items?: readonly string[] }[];
  readonly purpose: { readonly category: string; readonly scenario: string; readonly project?: string };
  readonly delivery: Delivery;
  readonly period: { readonly from: string; readonly to: string };
  readonly securityPlan?: string;
}

export interface Grant {
  readonly id: string;
  readonly application: string;
  readonly organisation: string | Named;
  readonly dataset: string | (Named & { readonly title?: Wording });
  readonly items: readonly string[];
  readonly purpose: string;
  readonly delivery: Delivery;
  readonly period: { readonly from: string; readonly to: string };
  readonly state: string;
  readonly agreement?: AgreementRef | null;
  readonly conditions?: readonly DatasetCondition[];
  readonly quota?: unknown;
  readonly duties?: readonly unknown[];
  readonly links?: readonly { readonly distribution: string; readonly href: string; readonly credential?: string }[];
  readonly allowedCommands?: readonly string[];
  readonly history?: readonly HistoryEntry[];
  readonly etag?: string;
}

export interface Facets {
  readonly total?: number;
  readonly fields: readonly { readonly field: string; readonly total: number; readonly tiers: Record<Tier, number> }[];
  readonly tiers: Record<Tier, number>;
  readonly publishers: readonly { readonly id: string; readonly name: Wording; readonly total: number }[];
}

export interface AssessmentRule {
  readonly id: string;
  readonly pack?: string;
  readonly version?: string | number;
  readonly source?: Wording;
  readonly verified: boolean;
  readonly outcome?: unknown;
  readonly inputs?: unknown;
  readonly text?: Wording;
}
export interface Assessment {
  readonly id: string;
  readonly dataset: string | (Named & { readonly title?: Wording });
  readonly title?: Wording;
  readonly state: string;
  readonly group?: string | null;
  readonly verdict: { readonly tier: Tier; readonly abstained?: boolean; readonly confidence?: number | string | null };
  readonly items?: readonly { readonly name: string; readonly tier: Tier; readonly findings?: readonly unknown[] }[];
  readonly rules?: readonly AssessmentRule[];
  readonly declaredTier?: Tier | null;
  readonly allowedCommands?: readonly string[];
  readonly replayHash?: string;
  readonly etag?: string;
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
