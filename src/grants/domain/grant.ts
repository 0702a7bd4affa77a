import type { DutyTerm } from '../../kernel/duty-term.js';
import type { Id } from '../../kernel/ids.js';
import type { Delivery, Purpose } from '../../kernel/purpose.js';
import type { Text } from '../../kernel/text.js';
import { type Day, endOfDay, type Instant } from '../../kernel/time.js';

export const GRANT_STATES = [
  'pending',
  'active',
  'limited',
  'suspended',
  'revoked',
  'expired',
  'relinquished',
] as const;
export type GrantState = (typeof GRANT_STATES)[number];

/** What an approval gave: it never changes; narrowing is a limit, widening is a new application. */
export interface Approval {
  readonly application: Id;
  /** Given between public bodies; absent where the data is opened. It serves under the sharing tier and never opens. */
  readonly kind?: 'sharing';
  readonly number: string | null;
  readonly organisation: Id;
  readonly holder: Id;
  readonly dataset: Id;
  /** Empty means the whole dataset. */
  readonly items: readonly string[];
  readonly purpose: Purpose;
  readonly scenario: string;
  readonly delivery: Delivery;
  readonly period: { readonly from: Day; readonly to: Day };
  /** Named persons the grant serves; empty means everyone of the organisation. */
  readonly members: readonly Id[];
  /** Deliveries within the period; null is unlimited. */
  readonly quota: number | null;
  readonly conditions: readonly GrantCondition[];
  /** The grant it renews or amends; absent where it was asked for anew. */
  readonly succeeds?: { readonly grant: Id; readonly kind: SuccessionKind };
  /** All the grants before it, the oldest first: what is held against one of them is held against it. */
  readonly line?: readonly Id[];
}

/** How one grant follows another: after its end, or in its place. */
export type SuccessionKind = 'renewal' | 'amendment';

/** The application that renews or amends a grant, under way or concluded. */
export interface Following {
  readonly application: Id;
  readonly kind: SuccessionKind;
}

/** The grant that follows, and from when: this one serves until then, that one from then on. */
export interface Successor {
  readonly grant: Id;
  readonly kind: SuccessionKind;
  readonly at: Instant;
}

/** A condition the grant rests on: published with the dataset, or added by the approver. */
export interface GrantCondition extends DutyTerm {
  readonly kind: string;
  readonly text: Text;
  /** Last day on which the proof given with the application holds; null where none can lapse. */
  readonly validUntil: Day | null;
  /** Evidence of the organisation that it was approved on. */
  readonly evidence?: Id;
}

/** A proof that came after the approval: it takes the place of the earlier one for its condition. */
export interface Proof {
  readonly condition: string;
  readonly reference: string;
  readonly issuer: string | null;
  readonly validUntil: Day | null;
  /** Evidence of the organisation, verified once for all its grants; absent where it was handed in for this one. */
  readonly evidence?: Id;
}

/** A condition whose proof was taken away before its end: no longer proved since then. */
export interface Unproved {
  readonly condition: string;
  readonly evidence: Id;
  readonly since: Instant;
  /** Struck out as false: only verified evidence of the organisation proves the condition again. */
  readonly struckOut: boolean;
}

/** What the user of the data accounts for, by the command of that name. */
export const DUTIES = ['report-use', 'certify-deletion'] as const;
export type Duty = (typeof DUTIES)[number];

/** Something that is to be done by a day, the day itself included. */
export interface Owed {
  readonly duty: Duty;
  readonly by: Day;
}

/** What the user of the data owes and has done; the texts of all reports are in the log. */
export interface Duties {
  readonly reports: number;
  readonly lastReport: { readonly at: Instant; readonly text: string; readonly products: readonly string[] } | null;
  readonly deletion: { readonly at: Instant; readonly date: Day; readonly method: string } | null;
  /** What was not done by its day, the last of each kind; absent where that never happened. */
  readonly missed?: readonly Owed[];
}

export interface AcceptedVersion {
  readonly template: Id;
  readonly version: number;
}
export interface AcceptedAgreement extends AcceptedVersion {
  readonly hash: string;
  readonly at: Instant;
}

/**
 * Why a grant rests: a supervisor stopped it, the dataset withdrawn, its tier raised, the organisation suspended, a proof
 * lapsed; it waits for a supervisor to look at it again (`re-review`); or a measure that follows a violation is in force
 * (`sanction`), which ends with that measure only.
 */
export const HOLD_CAUSES = [
  'supervision',
  'dataset',
  'tier',
  'organisation',
  'evidence',
  're-review',
  'sanction',
] as const;
export type HoldCause = (typeof HOLD_CAUSES)[number];
export interface Hold {
  readonly cause: HoldCause;
  readonly reason: string;
  readonly since: Instant;
  /** Lifted by itself at this instant; null until someone lifts it. */
  readonly until: Instant | null;
}

/** A sanction that leaves the grant in force, cut down. */
export interface Limit {
  readonly reason: string;
  readonly quota: number | null;
  readonly delivery: Delivery | null;
  readonly until: Instant | null;
  /** The measure that imposed it: it ends with that one, and nobody lifts it here. */
  readonly sanction?: Id;
}

export interface Ending {
  readonly how: 'revoked' | 'expired' | 'relinquished';
  readonly reason: string;
  readonly at: Instant;
}

/** A grant is its premises; the state is computed from them and never set. */
export interface Grant {
  readonly id: Id;
  readonly approval: Approval;
  readonly agreement: AcceptedAgreement | null;
  /** What the signatory accepted and the holder has yet to sign; it gives nothing. */
  readonly accepted?: AcceptedVersion;
  readonly holds: readonly Hold[];
  readonly limit: Limit | null;
  readonly ending: Ending | null;
  readonly proofs: readonly Proof[];
  /** Absent in grants older than evidence of organisations. */
  readonly unproved?: readonly Unproved[];
  readonly duties: Duties;
  readonly following?: Following | null;
  readonly successor?: Successor;
  /** Deliveries made under the grant that it amends: they count against its quota. */
  readonly carried?: number;
  /** In force from here (inclusive): the first day of the period, but never before the agreement was accepted. */
  readonly startsAt: Instant;
  /** No longer in force from here: the millisecond after the last day of the period. */
  readonly endsAt: Instant;
}

/** Approval ∧ agreement ∧ no hold, cut down by a limit, until it ends. */
export function stateOf({ ending, agreement, holds, limit }: Grant): GrantState {
  if (ending !== null) return ending.how;
  if (holds.length > 0) return 'suspended';
  if (agreement === null) return 'pending';
  return limit === null ? 'active' : 'limited';
}

/** A condition with the last day its newest proof holds, and the organisation's evidence that proof is. */
export const conditionsOf = ({ approval, proofs }: Pick<Grant, 'approval' | 'proofs'>): readonly GrantCondition[] =>
  approval.conditions.map((condition) => {
    const proof = proofs.find((one) => one.condition === condition.kind);
    if (proof === undefined) return condition;
    const { evidence: _earlier, ...rest } = condition;
    const evidence = proof.evidence === undefined ? {} : { evidence: proof.evidence };
    return { ...rest, validUntil: proof.validUntil, ...evidence };
  });

/** Since when a condition is no longer proved, where its proof was taken away. */
export const unprovedSince = ({ unproved = [] }: Pick<Grant, 'unproved'>, kind: string): Unproved | null =>
  unproved.find(({ condition }) => condition === kind) ?? null;

/** The instant at which the first proof lapses, or was taken away; null where none can. */
export function conditionsUntil(grant: Pick<Grant, 'approval' | 'proofs' | 'unproved'>): Instant | null {
  const ends = conditionsOf(grant).flatMap(({ validUntil }) => (validUntil === null ? [] : [endOfDay(validUntil)]));
  const all = [...ends, ...(grant.unproved ?? []).map(({ since }) => since)];
  return all.length === 0 ? null : Math.min(...all);
}

export const isHeld = ({ holds }: Grant, cause: HoldCause): boolean => holds.some((hold) => hold.cause === cause);

/** What is left of delivery and quota under a limit. */
export const effectiveDelivery = (grant: Grant): Delivery => grant.limit?.delivery ?? grant.approval.delivery;
export function effectiveQuota({ limit, approval, carried = 0 }: Grant): number | null {
  const quota = limit?.quota ?? approval.quota;
  return quota === null ? null : Math.max(0, quota - carried);
}
