import type { Id } from '../../kernel/ids.js';
import { refusal } from '../../kernel/refusal.js';
import { err, ok, type Result } from '../../kernel/result.js';
import type { Instant } from '../../kernel/time.js';
import { effectiveDelivery, type Grant, stateOf } from './grant.js';

/** The most keys of a grant that are good at once: several machines, and one more while one changes over. */
export const MOST_KEYS = 5;

/** For whom a key asks, and until when. */
export interface KeyTerms {
  /** Null for the organisation as a whole. */
  readonly person: Id | null;
  readonly expiresAt: Instant;
}

/** Whether this person may have another key of the grant now; it never outlives the grant. */
export function decideKey(
  grant: Grant,
  maker: Id,
  good: number,
  wanted: Instant | null,
  now: Instant,
): Result<KeyTerms> {
  const { members } = grant.approval;
  if (members.length > 0 && !members.includes(maker))
    return err(refusal('forbidden', 'The grant names persons; one of them makes a key, and it asks in their name.'));
  const state = stateOf(grant);
  if ((state !== 'active' && state !== 'limited') || now >= grant.endsAt)
    return err(refusal('grant-state', `The grant is ${state}; no key can be made now.`));
  if (effectiveDelivery(grant) !== 'api') return err(refusal('key-needs-interface'));
  if (good >= MOST_KEYS) return err(refusal('too-many-keys', `${good} keys of the grant are good now.`));
  if (wanted !== null && wanted <= now) return err(PAST);
  return ok({ person: members.length > 0 ? maker : null, expiresAt: Math.min(wanted ?? grant.endsAt, grant.endsAt) });
}

const PAST = refusal('key-end-past', undefined, {
  errors: [{ pointer: '/expiresAt', code: 'key-end-past', detail: 'must lie in the future' }],
});
