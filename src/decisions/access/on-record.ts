import { setTimeout as sleep } from 'node:timers/promises';
import { instantOf } from './evaluation-ids.js';
import type { AccessDeps } from './ports.js';

/** Instances write their decisions every half second: a younger one of another instance may be on its way. */
const WRITTEN_WITHIN = 2000;
const LOOKED_AGAIN_AFTER = 100;

/** A decision on record; a young one is waited for, each look by itself so that no connection is held meanwhile. */
export async function onRecord<Found>(
  find: (id: string) => Promise<Found | null>,
  clock: AccessDeps['clock'],
  id: string,
  isAwaited = true,
): Promise<Found | null> {
  const isYoung = Math.abs(clock.now() - instantOf(id)) < WRITTEN_WITHIN;
  for (let left = isAwaited && isYoung ? WRITTEN_WITHIN / LOOKED_AGAIN_AFTER : 0; ; left--) {
    const found = await find(id);
    if (found !== null || left <= 0) return found;
    await sleep(LOOKED_AGAIN_AFTER);
  }
}
