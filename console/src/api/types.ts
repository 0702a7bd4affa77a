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
  readonly organisation: {
    readonly id: string;
    readonly name: Wording;
    readonly creditCode: string | null;
    readonly kind: string;
  } | null;
  readonly roles: readonly Role[];
  readonly permissions: readonly string[];
}
/** By when what a condition asks for is due, where a machine can watch that. */
export interface DutyTerm {
  readonly everyMonths?: number;
  readonly withinDays?: number;
}
export interface AgreementRef {
  readonly template?: string;
  readonly version: string | number;
  readonly hash: string;
  readonly href?: string | null;
}
export interface Period {
  readonly from: string;
  readonly to: string;
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
