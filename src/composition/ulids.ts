import { randomBytes } from 'node:crypto';
import { monotonicFactory } from 'ulid';
import type { Ids } from '../kernel/ids.js';

const POOL = 4096;

/**
 * Ids as ULIDs, each greater than the one before. Randomness is drawn in pools: a draw for each of the sixteen characters
 * that a new millisecond asks for took longer than judging the record the id was for.
 */
export function ulids(): Ids {
  let pool = randomBytes(POOL);
  let at = 0;
  const next = monotonicFactory(() => {
    if (at === POOL) [pool, at] = [randomBytes(POOL), 0];
    return (pool[at++] ?? 0) / 256;
  });
  return { next: () => next() };
}
