import type { Delivery } from '../../kernel/purpose.js';
import { refusal } from '../../kernel/refusal.js';
import { err, ok, type Result } from '../../kernel/result.js';
import { endOfDay, type Instant, startOfDay } from '../../kernel/time.js';
import { type GrantEvent, grantEvent } from './events.js';
import { type AcceptedAgreement, type Approval, type Grant, type GrantState, stateOf } from './grant.js';

/** What people, reactions and time may do to a grant. */
export type GrantCommand =
  | { readonly kind: 'suspend'; readonly reason: string; readonly until: Instant | null }
  | {
      readonly kind: 'limit';
      readonly reason: string;
      readonly quota: number | null;
      readonly delivery: Delivery | null;
      readonly until: Instant | null;
    }
  | { readonly kind: 'resume'; readonly reason: string }
  | { readonly kind: 'revoke'; readonly reason: string }
  | { readonly kind: 'relinquish'; readonly reason: string }
  | { readonly kind: 'activate'; readonly agreement: AcceptedAgreement }
  | { readonly kind: 'hold-for-dataset'; readonly reason: string }
  | { readonly kind: 'lift-for-dataset'; readonly reason: string }
  | { readonly kind: 'let-time-act' };

/** Commands a person may give, as routes and screens name them. */
export const PERSON_COMMANDS = ['suspend', 'limit', 'resume', 'revoke', 'relinquish'] as const;
export type PersonCommand = (typeof PERSON_COMMANDS)[number];

/** A grant as an approval makes it: pending until the agreement is accepted. */
export function create(id: string, approval: Approval, at: Instant): GrantEvent {
  const startsAt = startOfDay(approval.period.from);
  return grantEvent('grant.created', at, { id, approval, startsAt, endsAt: endOfDay(approval.period.to) });
}

/** Decides one command. A refusal of a person's command is `grant-state`; reactions and time answer with no events. */
export function decide(grant: Grant, command: GrantCommand, now: Instant): Result<GrantEvent[]> {
  switch (command.kind) {
    case 'suspend':
    case 'limit':
    case 'resume':
    case 'revoke':
    case 'relinquish':
      return isPossible(grant, command.kind, now)
        ? person(grant, command, now)
        : err(refusedIn(stateOf(grant), command.kind));
    case 'activate':
      return ok(grant.ending === null && grant.agreement === null ? [activated(grant, command.agreement, now)] : []);
    case 'hold-for-dataset':
      return ok(
        held(grant, 'dataset') || grant.ending !== null
          ? []
          : [grantEvent('grant.suspended', now, { cause: 'dataset', reason: command.reason, until: null })],
      );
    case 'lift-for-dataset':
      return ok(
        held(grant, 'dataset') && grant.ending === null
          ? [grantEvent('grant.resumed', now, { cause: 'dataset', reason: command.reason })]
          : [],
      );
    case 'let-time-act':
      return ok(byTime(grant, now));
    default:
      return command satisfies never;
  }
}

/** Whether this command is possible now; `allowedCommands` and the server ask the same question. */
export function isPossible(grant: Grant, command: PersonCommand, now: Instant): boolean {
  if (grant.ending !== null || now >= grant.endsAt) return false;
  switch (command) {
    case 'suspend':
      return !held(grant, 'supervision');
    case 'limit':
      return grant.agreement !== null && !held(grant, 'supervision');
    case 'resume':
      return held(grant, 'supervision') || grant.limit !== null;
    case 'revoke':
    case 'relinquish':
      return true;
  }
}

type PersonsOwn = Extract<GrantCommand, { kind: PersonCommand }>;

function person(grant: Grant, command: PersonsOwn, now: Instant): Result<GrantEvent[]> {
  if ('until' in command && command.until !== null && command.until <= now) {
    return err(refusal('grant-until-past'));
  }
  switch (command.kind) {
    case 'suspend':
      return ok([
        grantEvent('grant.suspended', now, { cause: 'supervision', reason: command.reason, until: command.until }),
      ]);
    case 'limit':
      return limited(grant, command, now);
    case 'resume':
      return ok([grantEvent('grant.resumed', now, { cause: 'supervision', reason: command.reason })]);
    case 'revoke':
      return ok([grantEvent('grant.revoked', now, { reason: command.reason })]);
    case 'relinquish':
      return ok([grantEvent('grant.relinquished', now, { reason: command.reason })]);
  }
}

function limited(
  grant: Grant,
  { reason, quota, delivery, until }: Extract<GrantCommand, { kind: 'limit' }>,
  now: Instant,
): Result<GrantEvent[]> {
  const narrower = quota !== null && (grant.approval.quota === null || quota < grant.approval.quota);
  if (!narrower && delivery === null) return err(refusal('limit-not-narrower'));
  return ok([grantEvent('grant.limited', now, { reason, quota, delivery, until })]);
}

const refusedIn = (state: GrantState, command: string) =>
  refusal('grant-state', `The grant is ${state}; ${command} is not possible now.`);

/** A grant never starts before its agreement was accepted. */
const activated = (grant: Grant, agreement: AcceptedAgreement, now: Instant): GrantEvent =>
  grantEvent('grant.activated', now, { agreement, startsAt: Math.max(grant.startsAt, agreement.at) });

const held = (grant: Grant, cause: string): boolean => grant.holds.some((hold) => hold.cause === cause);

/** Ends of periods and of measures: an end beats everything else due at the same time. */
function byTime(grant: Grant, now: Instant): GrantEvent[] {
  if (grant.ending !== null) return [];
  if (now >= grant.endsAt) return [grantEvent('grant.expired', now, { reason: 'The period is over.' })];
  const due = (until: Instant | null | undefined): boolean => until !== null && until !== undefined && now >= until;
  const measure = grant.holds.find(({ cause }) => cause === 'supervision');
  if (!due(measure?.until) && !(measure === undefined && due(grant.limit?.until))) return [];
  return [grantEvent('grant.resumed', now, { cause: 'supervision', reason: 'The measure has run out.' })];
}
