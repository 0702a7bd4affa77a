import { DatabaseGrantStore } from '../grants/index.js';
import type { Reader } from '../persistence/index.js';
import type { AccessPolicy } from './domain/policy.js';
import { policyLines } from './domain/policy-lines.js';
import { World } from './domain/world.js';
import { grantFeed } from './grant-feed.js';
import { productFeeds } from './product-feeds.js';
import { DatabaseDeliveryCounts } from './store/delivery-counts.js';
import { WorldKeeper } from './world-keeper.js';

/** The world as the database holds it now, for looking at: it follows nothing. */
export async function readWorld(read: <T>(work: (reader: Reader) => Promise<T>) => Promise<T>): Promise<World> {
  const world = new World();
  const keeper = new WorldKeeper({
    world,
    feeds: { ...productFeeds(), grants: grantFeed(new DatabaseGrantStore(), 'grant') },
    usage: new DatabaseDeliveryCounts(),
    follower: { subscribe: () => undefined },
    read,
    alarm: () => undefined,
    changes: { note: () => undefined, reset: () => undefined },
  });
  await keeper.load();
  return world;
}

/** The effective policy at an instant as Casbin lines; a world read whole is as fresh as that instant. */
export function exportLines(world: World, policy: AccessPolicy, at: number): Generator<string> {
  world.confirmedAt = at;
  return policyLines(world, policy, at);
}
