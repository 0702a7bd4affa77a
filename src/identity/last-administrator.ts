import type { Id } from '../kernel/ids.js';
import type { Reader, Transaction } from '../persistence/index.js';
import type { IdentityStores } from './identity-stores.js';

/** What is about to be switched off. */
export type Leaving = { readonly organisation: Id } | { readonly person: Id } | { readonly post: Id };

/** Whether somebody can still administer the product when this is gone: an active holder or deputy elsewhere. */
export async function otherAdministrators(reader: Reader, stores: IdentityStores, leaving: Leaving): Promise<boolean> {
  const posts = (await stores.posts.ofRole(reader, 'admin')).filter(
    (post) =>
      !('post' in leaving && post.id === leaving.post) &&
      !('organisation' in leaving && post.organisation === leaving.organisation),
  );
  const ids = posts.flatMap(({ holder, deputy }) => (deputy === null ? [holder] : [holder, deputy]));
  const people = await stores.people.findMany(reader, [...new Set(ids)]);
  const active = people.filter(
    (person) => person.state === 'active' && !('person' in leaving && person.id === leaving.person),
  );
  const organisations = await stores.organisations.findMany(reader, [
    ...new Set(active.map((person) => person.organisation)),
  ]);
  return organisations.some(({ state }) => state === 'active');
}

/**
 * Locks the people a change is about together with everybody who administers: two administrators who switch each other
 * off at the same moment must see one another.
 */
export async function lockWithAdministrators(
  tx: Transaction,
  stores: IdentityStores,
  people: readonly Id[],
): Promise<void> {
  const posts = await stores.posts.ofRole(tx, 'admin');
  const ids = posts.flatMap(({ holder, deputy }) => (deputy === null ? [holder] : [holder, deputy]));
  await tx.lock('person', [...people, ...ids]);
}
