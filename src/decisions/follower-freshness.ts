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
    // One poll reads the head: a revision above it does not exist, so there is nothing more to wait for.
    confirm: async () => {
      await Promise.race([follower.poll().catch(() => undefined), sleep(CONFIRM_WITHIN, undefined, { ref: false })]);
    },
  };
}
