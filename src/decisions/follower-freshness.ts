import { setTimeout as sleep } from 'node:timers/promises';
import type { Follower } from '../log/index.js';
import type { Freshness } from './access/ports.js';

/** How long a request waits for an inline confirmation of the log before it answers from what it has. */
const CONFIRM_WITHIN = 250;

/** Freshness as the log follower knows it. */
export function followerFreshness(follower: Pick<Follower, 'position' | 'age' | 'poll'>): Freshness {
  return {
    mark: (world, now) => {
      world.revision = follower.position;
      world.confirmedAt = now - follower.age();
    },
    confirm: (minRevision) => Promise.race([confirmed(follower, minRevision), tooLate()]),
  };
}

/** A poll that was under way may have read the head before the revision was written; the one after it has not. */
async function confirmed(follower: Pick<Follower, 'position' | 'poll'>, minRevision: number): Promise<number> {
  try {
    await follower.poll();
    if (follower.position < minRevision) await follower.poll();
    return follower.position;
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}

const tooLate = (): Promise<number> => sleep(CONFIRM_WITHIN, Number.POSITIVE_INFINITY, { ref: false });
