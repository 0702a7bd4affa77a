import type { Id } from '../../kernel/ids.js';
import { type Day, dayOf, type Instant } from '../../kernel/time.js';
import { type GrantEvent, grantEvent } from './events.js';
import { evolve } from './evolve.js';
import { conditionsOf, conditionsUntil, type Grant, type GrantCondition, unprovedSince } from './grant.js';
import { held, lifted } from './holds.js';

/** What the organisation has to show for a kind of condition after something happened to its evidence. */
export type EvidenceChange =
  | {
      readonly proved: true;
      readonly evidence: Id;
      readonly reference: string;
      readonly issuer: string;
      readonly validUntil: Day | null;
    }
  | { readonly proved: false; readonly reason: string; readonly struckOut: boolean };

/**
 * A grant follows the evidence of its organisation: it takes what now proves its condition, and rests when nothing does.
 * A proof that was handed in for this grant alone gives way only to one that holds longer.
 */
export function followed(grant: Grant, kind: string, change: EvidenceChange, now: Instant): GrantEvent[] {
  const condition = conditionsOf(grant).find((one) => one.kind === kind);
  if (condition === undefined || grant.ending !== null) return [];
  return change.proved ? proved(grant, condition, change, now) : unproved(grant, condition, change, now);
}

function proved(
  grant: Grant,
  condition: GrantCondition,
  { evidence, reference, issuer, validUntil }: Extract<EvidenceChange, { proved: true }>,
  now: Instant,
): GrantEvent[] {
  const takenAway = unprovedSince(grant, condition.kind) !== null;
  const same = condition.evidence === evidence && condition.validUntil === validUntil && !takenAway;
  if (!same && !takenAway && condition.evidence === undefined && !isLonger(validUntil, condition.validUntil)) return [];
  const taken = { condition: condition.kind, reference, issuer, validUntil, evidence };
  const submitted = same ? [] : [grantEvent('grant.evidence-submitted', now, taken)];
  const until = conditionsUntil(submitted.reduce<Grant>((state, event) => evolve(state, event), grant));
  const all = until === null || until > now;
  return [...submitted, ...(all ? lifted(grant, 'evidence', 'The evidence was renewed.', now) : [])];
}

/** A condition whose proof has no end keeps it. */
const isLonger = (one: Day | null, other: Day | null): boolean => other !== null && (one === null || one > other);

function unproved(
  grant: Grant,
  { kind, evidence, validUntil }: GrantCondition,
  { reason, struckOut }: Extract<EvidenceChange, { proved: false }>,
  now: Instant,
): GrantEvent[] {
  if (evidence === undefined) return [];
  const known = unprovedSince(grant, kind);
  const over = validUntil !== null && validUntil < dayOf(now);
  const told = known === null ? over && !struckOut : known.struckOut || !struckOut;
  const since = known?.since ?? now;
  const removed = told
    ? []
    : [grantEvent('grant.evidence-removed', now, { condition: kind, evidence, since, struckOut, reason })];
  return [...removed, ...held(grant, 'evidence', reason, now)];
}
