import type { Id } from '../../kernel/ids.js';
import type { Instant } from '../../kernel/time.js';
import { type GrantEvent, grantEvent } from './events.js';
import type { Grant, Successor } from './grant.js';

/** Commands that open an application which renews or amends the grant. */
export const OPENINGS = ['renew', 'amend'] as const;
export type Opening = (typeof OPENINGS)[number];

/** The application under way ended without a new grant: another one may be opened. */
export function closed(
  { following }: Grant,
  { application, reason }: { readonly application: Id; readonly reason: string },
  now: Instant,
): GrantEvent[] {
  return following?.application === application
    ? [grantEvent('grant.succession-closed', now, { application, reason })]
    : [];
}

/** It serves until the other one starts; where that is at once, it has ended. */
export function givenWay(grant: Grant, to: Successor, now: Instant): GrantEvent[] {
  if (grant.ending !== null || grant.successor !== undefined) return [];
  const succeeded = grantEvent('grant.succeeded', now, to);
  const endsAt = Math.min(grant.endsAt, to.at);
  return endsAt > now ? [succeeded] : [succeeded, over({ ...grant, successor: to, endsAt }, now)];
}

/** The end that time brings: of the period, or of what was left of it when another grant took its place. */
export function over({ successor }: Grant, now: Instant): GrantEvent {
  return successor?.kind === 'amendment'
    ? grantEvent('grant.relinquished', now, { reason: `Grant ${successor.grant} took its place.` })
    : grantEvent('grant.expired', now, { reason: 'The period is over.' });
}
