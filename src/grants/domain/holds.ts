import type { Instant } from '../../kernel/time.js';
import { type GrantEvent, grantEvent } from './events.js';
import { type Grant, type HoldCause, isHeld } from './grant.js';

/** A hold for a cause, once; an ended grant is held by nothing. */
export const held = (grant: Grant, cause: HoldCause, reason: string, now: Instant): GrantEvent[] =>
  grant.ending !== null || isHeld(grant, cause)
    ? []
    : [grantEvent('grant.suspended', now, { cause, reason, until: null })];

export const lifted = (grant: Grant, cause: HoldCause, reason: string, now: Instant): GrantEvent[] =>
  grant.ending === null && isHeld(grant, cause) ? [grantEvent('grant.resumed', now, { cause, reason })] : [];
