import type { Answers, PurposeForm } from './forms';
import type { AgreementRef, Attachment, Delivery, DutyTerm, Named, Period, Purpose, Tier, Wording } from './types';

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
