import type { Id } from '../../kernel/ids.js';
import type { Delivery, Purpose } from '../../kernel/purpose.js';
import type { Day, Instant } from '../../kernel/time.js';

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
}

/** A condition the grant rests on; `validUntil` is the last day its proof holds, null where none can lapse. */
export interface GrantCondition {
  readonly kind: string;
  readonly text: string;
  readonly validUntil: Day | null;
}

export interface AcceptedAgreement {
  readonly template: Id;
  readonly version: number;
  readonly hash: string;
  readonly at: Instant;
}

/** Why a grant rests: a supervisor's measure, or what became of the dataset. Both may hold it at once. */
export const HOLD_CAUSES = ['supervision', 'dataset'] as const;
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
  readonly holds: readonly Hold[];
  readonly limit: Limit | null;
  readonly ending: Ending | null;
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

/** The next instant at which time itself changes this grant, or null when it has ended. */
export function dueAt(grant: Grant): Instant | null {
  if (grant.ending !== null) return null;
  const lifts = [...grant.holds.map(({ until }) => until), grant.limit?.until ?? null].filter((at) => at !== null);
  return Math.min(grant.endsAt, ...lifts);
}

/** What is left of delivery and quota under a limit. */
export const effectiveDelivery = (grant: Grant): Delivery => grant.limit?.delivery ?? grant.approval.delivery;
export const effectiveQuota = (grant: Grant): number | null => grant.limit?.quota ?? grant.approval.quota;
