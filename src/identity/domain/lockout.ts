import type { Instant } from '../../kernel/time.js';

/** How many guesses of one account's password failed in a row, and until when no further one is judged. */
export interface GuessRecord {
  readonly failures: number;
  readonly lastFailureAt: Instant;
  readonly lockedUntil: Instant;
}

export const NO_GUESSES: GuessRecord = { failures: 0, lastFailureAt: 0, lockedUntil: 0 };

/** Failures in a row that cost nothing: people mistype. */
export const FREE_FAILURES = 9;
const FIRST_LOCK = 30_000;
const LONGEST_LOCK = 15 * 60_000;
const FORGOTTEN_AFTER = 24 * 3_600_000;

/** Milliseconds until the next guess is judged; 0 when it is judged now. */
export const lockedFor = (record: GuessRecord, now: Instant): number => Math.max(0, record.lockedUntil - now);

/**
 * The record after one more failure: from the tenth in a row on, each locks the account, 30 s doubling to 15 min, which
 * allows at most about 110 guesses in a day (NIST SP 800-63B, 5.2.2 asks for a limit of 100 in a row). Addresses are not
 * counted: an office of fifty signs in from one.
 */
export function afterFailure(record: GuessRecord, now: Instant): GuessRecord {
  const failures = now - record.lastFailureAt > FORGOTTEN_AFTER ? 1 : record.failures + 1;
  const beyond = failures - FREE_FAILURES;
  const lock = beyond <= 0 ? 0 : Math.min(LONGEST_LOCK, FIRST_LOCK * 2 ** Math.min(beyond - 1, 10));
  return { failures, lastFailureAt: now, lockedUntil: lock === 0 ? 0 : now + lock };
}
