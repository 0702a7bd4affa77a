import type { Id } from '../../kernel/ids.js';
import { type Delivery, isNarrower } from '../../kernel/purpose.js';
import { type Refusal, refusal } from '../../kernel/refusal.js';
import { err, ok, type Result } from '../../kernel/result.js';
import { type Day, dayOf, endOfDay, type Instant, startOfDay } from '../../kernel/time.js';
import { type GrantEvent, grantEvent } from './events.js';
import { type EvidenceChange, followed } from './follow-evidence.js';
import { byTime } from './by-time.js';
import { held, lifted } from './holds.js';
import { closed, givenWay } from './succession.js';
import { evolve } from './evolve.js';
import {
  type AcceptedAgreement,
  type AcceptedVersion,
  type Approval,
  conditionsUntil,
  type Grant,
  type GrantState,
  type HoldCause,
  isHeld,
  type Following,
  type Limit,
  type Proof,
  stateOf,
  type Successor,
  unprovedSince,
} from './grant.js';

/** What people, reactions and time may do to a grant. */
export type GrantCommand =
  | { readonly kind: 'suspend'; readonly reason: string; readonly until: Instant | null }
  | {
      readonly kind: 'limit';
      readonly reason: string;
      readonly quota: number | null;
      readonly delivery: Delivery | null;
      readonly until: Instant | null;
      readonly sanction?: Id;
    }
  | { readonly kind: 'resume'; readonly reason: string }
  | { readonly kind: 'revoke'; readonly reason: string }
  | { readonly kind: 'relinquish'; readonly reason: string }
  | {
      readonly kind: 'report-use';
      readonly text: string;
      readonly products: readonly string[];
      /** The products may be named in the public register. */
      readonly publish?: boolean;
    }
  | { readonly kind: 'submit-evidence'; readonly proof: Proof }
  | { readonly kind: 'certify-deletion'; readonly date: Day; readonly method: string }
  | { readonly kind: 'follow-evidence'; readonly condition: string; readonly change: EvidenceChange }
  | { readonly kind: 'activate'; readonly agreement: AcceptedAgreement; readonly carried?: number }
  | { readonly kind: 'await-holder'; readonly accepted: AcceptedVersion }
  | { readonly kind: 'return-acceptance' }
  | { readonly kind: 'open-succession'; readonly following: Following }
  | { readonly kind: 'close-succession'; readonly application: Id; readonly reason: string }
  | { readonly kind: 'give-way'; readonly to: Successor }
  | { readonly kind: 'hold'; readonly cause: Premise; readonly reason: string }
  | { readonly kind: 'lift'; readonly cause: Premise; readonly reason: string }
  | { readonly kind: 'unlimit'; readonly sanction: Id; readonly reason: string }
  | { readonly kind: 'let-time-act' };

/** A premise of a grant that fails for a time: what became of the dataset, of its tier, of the organisation; a measure. */
export type Premise = Extract<HoldCause, 'dataset' | 'tier' | 'organisation' | 're-review' | 'sanction'>;

/** Commands a person may give, as routes and screens name them. */
export const PERSON_COMMANDS = [
  'suspend',
  'limit',
  'resume',
  'revoke',
  'relinquish',
  'report-use',
  'submit-evidence',
  'certify-deletion',
] as const;
export type PersonCommand = (typeof PERSON_COMMANDS)[number];
type PersonsOwn = Extract<GrantCommand, { kind: PersonCommand }>;

/** A grant as an approval makes it: pending until the agreement is accepted. */
export function create(id: string, approval: Approval, at: Instant): GrantEvent {
  const startsAt = startOfDay(approval.period.from);
  return grantEvent('grant.created', at, { id, approval, startsAt, endsAt: endOfDay(approval.period.to) });
}

/** Decides one command. A refusal of a person's command is `grant-state`; reactions and time answer with no events. */
export function decide(grant: Grant, command: GrantCommand, now: Instant): Result<readonly GrantEvent[]> {
  switch (command.kind) {
    case 'activate':
      return ok(activated(grant, command, now));
    case 'await-holder':
      return ok(grant.ending === null ? [grantEvent('grant.accepted', now, command.accepted)] : []);
    case 'return-acceptance':
      return ok(returned(grant, now));
    case 'hold':
      return ok(held(grant, command.cause, command.reason, now));
    case 'lift':
      return ok(lifted(grant, command.cause, command.reason, now));
    case 'follow-evidence':
      return ok(followed(grant, command.condition, command.change, now));
    case 'open-succession':
      return ok([grantEvent('grant.succession-opened', now, command.following)]);
    case 'close-succession':
      return ok(closed(grant, command, now));
    case 'give-way':
      return ok(givenWay(grant, command.to, now));
    case 'unlimit':
      return ok(unlimited(grant, command.sanction, command.reason, now));
    case 'let-time-act':
      return ok(byTime(grant, now));
    default:
      return isPossible(grant, command.kind, now)
        ? byPerson(grant, command, now)
        : err(refusedIn(stateOf(grant), command.kind));
  }
}

/** Whether this command is possible now; `allowedCommands` and the server ask the same question. */
export function isPossible(grant: Grant, command: PersonCommand, now: Instant): boolean {
  const live = grant.ending === null && now < grant.endsAt;
  switch (command) {
    case 'suspend':
      return live && !isHeld(grant, 'supervision');
    case 'limit':
      return live && grant.agreement !== null && !isHeld(grant, 'supervision');
    case 'resume':
      return live && (isHeld(grant, 'supervision') || isHeld(grant, 're-review') || isLiftable(grant.limit));
    case 'revoke':
    case 'relinquish':
      return live;
    case 'submit-evidence':
      return live && grant.approval.conditions.length > 0;
    // What was received is accounted for also after the end.
    case 'report-use':
      return grant.agreement !== null;
    case 'certify-deletion':
      return grant.agreement !== null && grant.duties.deletion === null;
  }
}

/** A limit that follows a violation ends with its measure. */
const isLiftable = (limit: Limit | null): boolean => limit !== null && limit.sanction === undefined;

function byPerson(grant: Grant, command: PersonsOwn, now: Instant): Result<readonly GrantEvent[]> {
  if ('until' in command && command.until !== null && command.until <= now) return err(refusal('grant-until-past'));
  switch (command.kind) {
    case 'suspend': {
      const { reason, until } = command;
      return ok([grantEvent('grant.suspended', now, { cause: 'supervision', reason, until })]);
    }
    case 'limit':
      return limited(grant, command, now);
    case 'resume': {
      const held = (['supervision', 're-review'] as const).find((cause) => isHeld(grant, cause));
      return ok([grantEvent('grant.resumed', now, { cause: held ?? 'limit', reason: command.reason })]);
    }
    case 'revoke':
      return ok([grantEvent('grant.revoked', now, { reason: command.reason })]);
    case 'relinquish':
      return ok([grantEvent('grant.relinquished', now, { reason: command.reason })]);
    case 'report-use':
      return ok([grantEvent('grant.use-reported', now, usedAs(command))]);
    case 'submit-evidence':
      return proved(grant, command.proof, now);
    case 'certify-deletion':
      return certified(command.date, command.method, now);
  }
}

const usedAs = ({ text, products, publish = false }: Extract<GrantCommand, { kind: 'report-use' }>) => ({
  text,
  products,
  ...(publish ? { publish } : {}),
});

type LimitCommand = Extract<GrantCommand, { kind: 'limit' }>;

/** A limit cuts down and widens nothing: not the quota, not the way of delivery. */
function limited({ approval }: Grant, { reason, quota, delivery, until, sanction }: LimitCommand, now: Instant) {
  const less = quota !== null && (approval.quota === null || quota < approval.quota);
  const narrower = delivery !== null && isNarrower(delivery, approval.delivery);
  if (quota !== null && !less) return faulty('limit-not-narrower', '/quota', `${approval.quota} were granted.`);
  if (delivery !== null && delivery !== approval.delivery && !narrower)
    return faulty('limit-not-narrower', '/delivery', `${approval.delivery} was granted.`);
  if (!less && !narrower) return err(refusal('limit-not-narrower'));
  const by = sanction === undefined ? {} : { sanction };
  return ok([grantEvent('grant.limited', now, { reason, quota, delivery, until, ...by })]);
}

/** Renewed evidence; where it was the last one missing, the grant is in force again. */
function proved(grant: Grant, proof: Proof, now: Instant): Result<readonly GrantEvent[]> {
  if (!grant.approval.conditions.some(({ kind }) => kind === proof.condition))
    return faulty('unknown-condition', '/condition', `The grant does not rest on a condition ${proof.condition}.`);
  if (proof.validUntil !== null && proof.validUntil < dayOf(now))
    return faulty('evidence-lapsed', '/evidence/validUntil', `The proof ended on ${proof.validUntil}.`);
  if (unprovedSince(grant, proof.condition)?.struckOut === true)
    return err(refusal('evidence-struck-out', `File evidence for ${proof.condition} at POST /api/evidence.`));
  const submitted = grantEvent('grant.evidence-submitted', now, proof);
  const until = conditionsUntil(evolve(grant, submitted));
  if (until !== null && until <= now) return ok([submitted]);
  return ok([submitted, ...lifted(grant, 'evidence', 'The evidence was renewed.', now)]);
}

function certified(date: Day, method: string, now: Instant): Result<readonly GrantEvent[]> {
  if (date > dayOf(now)) return faulty('deletion-in-future', '/date', `Today is ${dayOf(now)}.`);
  return ok([grantEvent('grant.deletion-certified', now, { date, method })]);
}

function faulty(
  code: 'limit-not-narrower' | 'unknown-condition' | 'evidence-lapsed' | 'deletion-in-future',
  pointer: string,
  detail: string,
): Result<never> {
  return err(refusal(code, detail, { errors: [{ code, pointer, detail }] }));
}

const refusedIn = (state: GrantState, command: string): Refusal =>
  refusal('grant-state', `The grant is ${state}; ${command} is not possible now.`);

type Activation = Extract<GrantCommand, { kind: 'activate' }>;

/**
 * A grant never starts before an agreement was accepted for it; another version accepted later does not start it anew. The
 * same version again changes nothing.
 */
function activated(grant: Grant, { agreement, carried }: Activation, now: Instant): GrantEvent[] {
  const { template, version } = grant.agreement ?? {};
  if (grant.ending !== null || (template === agreement.template && version === agreement.version)) return [];
  const more = grant.agreement === null && carried !== undefined ? { carried } : {};
  const startsAt = grant.agreement === null ? Math.max(grant.startsAt, agreement.at) : grant.startsAt;
  return [grantEvent('grant.activated', now, { agreement, startsAt, ...more })];
}

/** The signatory accepts anew; what both signed before stays. */
const returned = ({ ending, accepted }: Grant, now: Instant): GrantEvent[] =>
  ending === null && accepted !== undefined ? [grantEvent('grant.acceptance-returned', now, accepted)] : [];

const unlimited = (grant: Grant, sanction: Id, reason: string, now: Instant): GrantEvent[] =>
  grant.ending === null && grant.limit?.sanction === sanction
    ? [grantEvent('grant.resumed', now, { cause: 'limit', reason })]
    : [];
