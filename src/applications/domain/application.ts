import type { DutyTerm } from '../../kernel/duty-term.js';
import type { Id } from '../../kernel/ids.js';
import type { Execution } from '../../kernel/execution.js';
import type { ProceedingEnd, ProceedingKind } from '../../kernel/proceeding.js';
import type { Delivery, Purpose } from '../../kernel/purpose.js';
import type { Tier } from '../../kernel/tier.js';
import type { Day, Instant } from '../../kernel/time.js';
import type { Deadline } from './deadlines.js';
import type { AnsweredForm } from './form.js';

export const STATES = [
  'draft',
  'submitted',
  'needs-correction',
  'in-review',
  'consulting',
  'approved',
  'partly-approved',
  'concluded',
  'refused',
  'withdrawn',
  'abandoned',
  'closed',
] as const;
export type ApplicationState = (typeof STATES)[number];

export const STAGES = ['holder', 'authority'] as const;
export type Stage = (typeof STAGES)[number];

/** `from` and `to` are days in Asia/Shanghai, both inclusive. */
export interface Period {
  readonly from: Day;
  readonly to: Day;
}

/** Items of one dataset; an empty list asks for the whole dataset. */
export interface AskedDataset {
  readonly dataset: Id;
  readonly items: readonly string[];
}

/** A proof the applicant names for a condition; verification of proofs is the holder's. */
export interface NamedEvidence {
  readonly condition: string;
  readonly reference: string;
  readonly issuer?: string;
  readonly validUntil?: Day;
  /** Evidence of the organisation that it is; its words are then those on file. */
  readonly evidence?: Id;
}

/** What an application does with a grant there is: go on after its end, or take its place. */
export const SUCCESSIONS = ['renewal', 'amendment'] as const;
export type SuccessionKind = (typeof SUCCESSIONS)[number];
export interface Succession {
  readonly grant: Id;
  readonly kind: SuccessionKind;
}

/** What is asked for: the part of an application its applicant writes. */
export interface ApplicationRequest {
  readonly datasets: readonly AskedDataset[];
  readonly purpose: { readonly category: Purpose; readonly scenario: string; readonly project?: string };
  readonly delivery: Delivery;
  readonly period: Period;
  /** Persons who would use the data; none of them may decide. */
  readonly members: readonly Id[];
  readonly securityPlan?: string;
  readonly evidence: readonly NamedEvidence[];
  /** The answers to the form of the purpose; nothing where none was given. */
  readonly form?: AnsweredForm | null;
  /** Documents of the applicant, by their ids; absent in requests older than they are. */
  readonly attachments?: readonly Id[];
  /** Joins the applications to several holders that one wizard wrote. */
  readonly bundle?: string;
}

export interface Defect {
  readonly pointer?: string;
  readonly text: string;
}

export interface AddedCondition extends DutyTerm {
  readonly kind: string;
  readonly text: string;
}

/** What became of one dataset of the application. */
export interface Outcome {
  readonly dataset: Id;
  readonly ruling: 'approved' | 'approved-in-part' | 'refused';
  readonly items: readonly string[];
  readonly delivery: Delivery;
  readonly period: Period;
  /** Deliveries within the period; null is unlimited. */
  readonly quota: number | null;
  readonly conditions: readonly AddedCondition[];
  /** Why it was left out of an approval, where that was said. */
  readonly reason?: RefusalReason;
}

export interface RefusalReason {
  readonly code: string;
  readonly text: string;
}

export interface AgreementVersion {
  readonly template: Id;
  readonly version: number;
  readonly hash: string;
  /** Where the signatory's acceptance alone does not conclude it. */
  readonly execution?: Exclude<Execution, 'acceptance'>;
}

/** What the applicant's signatory accepted; with `counterSigned` where the holder had to agree, and did. */
export interface Acceptance extends AgreementVersion {
  readonly at: Instant;
  readonly by: Id;
  /** The sealed document that was handed in with it. */
  readonly document?: Id;
  readonly counterSigned?: { readonly at: Instant; readonly by: Id };
}

/** A role of an organisation whose turn it is. */
export interface Turn {
  readonly role: string;
  readonly organisation: Id;
}

export interface Question {
  readonly number: number;
  readonly answered: boolean;
}

/** An application: the fold of its events. Nothing here is set by a client. */
export interface Application {
  readonly id: Id;
  /** Asked by a public body of another; absent where data is to be opened. */
  readonly kind?: 'sharing';
  readonly number: string | null;
  readonly state: ApplicationState;
  readonly stage: Stage | null;
  readonly applicant: Id;
  readonly holder: Id;
  readonly request: ApplicationRequest;
  /** The tier each dataset had when the draft was last saved: what the applicant agreed to. */
  readonly tiers: Readonly<Record<Id, Tier>>;
  readonly agreementTemplate: Id | null;
  readonly copiedFrom: Id | null;
  /** The grant it renews or amends; absent where it asks anew. */
  readonly succeeds?: Succession;
  readonly createdAt: Instant;
  readonly submittedAt: Instant | null;
  readonly assignee: Id | null;
  /** Persons who acted for the applicant, wherever they work now. */
  readonly applicantSide: readonly Id[];
  /** Persons who acted at a stage; nobody acts at two. */
  readonly acted: Readonly<Record<Stage, readonly Id[]>>;
  readonly conflicts: readonly Id[];
  /** Stages that passed to the authority's substitute because nobody eligible remained. */
  readonly passed: Readonly<Partial<Record<Stage, Turn>>>;
  readonly defects: readonly Defect[];
  readonly questions: readonly Question[];
  /** An extension proposed and not yet confirmed by a second person. */
  readonly extension: { readonly reason: string; readonly by: Id } | null;
  readonly advice: { readonly recommendation: Recommendation; readonly by: Id } | null;
  /** Persons who refused: they neither decide the review nor rule again. */
  readonly refusedBy: readonly Id[];
  readonly appeal: Appeal | null;
  readonly outcomes: readonly Outcome[];
  readonly reasons: readonly RefusalReason[];
  readonly accepted: Acceptance | null;
  /** Sealed documents that were ever handed in, also those that came back; absent where there are none. */
  readonly sealed?: readonly Id[];
  /** Reconsideration and litigation about its rulings, as they were recorded; absent where there is none. */
  readonly proceedings?: readonly Proceeding[];
  readonly deadlines: readonly Deadline[];
}

/** `upheld`: the refusal stands; `reopened`: the authority rules anew. */
export const APPEAL_OUTCOMES = ['upheld', 'reopened'] as const;
export type AppealOutcome = (typeof APPEAL_OUTCOMES)[number];

/** The review of a refusal (复核): asked for once, decided by someone who has not acted in the case. */
export interface Appeal {
  readonly reason: string;
  readonly at: Instant;
  readonly outcome: AppealOutcome | null;
}

/** A proceeding outside the product, filed against a ruling of the case. */
export interface Proceeding {
  readonly kind: ProceedingKind;
  /** The body it was filed with: the one that reconsiders, or the court. */
  readonly forum: string;
  readonly filedOn: Day;
  /** The number that the body gave it. */
  readonly reference: string;
  /** Null while it is open. */
  readonly ended: ProceedingEnd | null;
  /** It contests a ruling that was reopened since. */
  readonly earlier?: true;
}

export const RECOMMENDATIONS = ['approve', 'approve-in-part', 'refuse'] as const;
export type Recommendation = (typeof RECOMMENDATIONS)[number];

/** States of a request that is still being handled; a second like it is linked to the first. */
export const OPEN_STATES: readonly ApplicationState[] = [
  'submitted',
  'needs-correction',
  'in-review',
  'consulting',
  'approved',
  'partly-approved',
];
