import type { GrantStore, IndexableGrant } from '../grants/index.js';
import type { Fed, Feed } from './world-feed.js';

/** Feeds grants from their store, which holds each row against the log itself. */
export function grantFeed(store: GrantStore, kind: string): Feed<IndexableGrant> {
  const fed = (grant: IndexableGrant): Fed<IndexableGrant> => ({ id: grant.id, intact: grant.intact, value: grant });
  return {
    kind,
    page: async (reader, after, limit) => (await store.page(reader, after, limit)).map(fed),
    named: async (reader, ids) => (await store.named(reader, ids)).map(fed),
  };
}
