import type { Instant } from '../../kernel/time.js';
import { missedAt, missedByTime } from './duties.js';
import { type GrantEvent, grantEvent } from './events.js';
import { conditionsUntil, type Grant, isHeld } from './grant.js';
import { held } from './holds.js';
import { over } from './succession.js';

/** The next instant at which time itself changes this grant; null where nothing is to come. */
export function dueAt(grant: Grant): Instant | null {
  const missed = missedAt(grant);
  if (grant.ending !== null) return missed;
  const lapse = isHeld(grant, 'evidence') ? null : conditionsUntil(grant);
  const lifts = [...grant.holds.map(({ until }) => until), grant.limit?.until ?? null, lapse, missed];
  return Math.min(grant.endsAt, ...lifts.filter((at) => at !== null));
}

/**
 * Ends of periods, of measures and of proofs, and what was not done by its day: an end beats everything else due at the
 * same time, and what is owed after it waits for the next look.
 */
export function byTime(grant: Grant, now: Instant): GrantEvent[] {
  if (grant.ending !== null) return missedByTime(grant, now);
  if (now >= grant.endsAt) return [over(grant, now)];
  return [...measureOver(grant, now), ...proofLapsed(grant, now), ...missedByTime(grant, now)];
}

function measureOver({ holds, limit }: Grant, now: Instant): GrantEvent[] {
  const isOver = (until: Instant | null | undefined): boolean => until !== null && until !== undefined && now >= until;
  const lift = (cause: 'supervision' | 'limit'): GrantEvent =>
    grantEvent('grant.resumed', now, { cause, reason: 'The measure has run out.' });
  const suspension = holds.find(({ cause }) => cause === 'supervision');
  return [
    ...(isOver(suspension?.until) ? [lift('supervision')] : []),
    ...(isOver(limit?.until) ? [lift('limit')] : []),
  ];
}

function proofLapsed(grant: Grant, now: Instant): GrantEvent[] {
  const until = conditionsUntil(grant);
  return until !== null && now >= until ? held(grant, 'evidence', 'The proof of a condition has lapsed.', now) : [];
}
