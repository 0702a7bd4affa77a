import type { Ids } from '../kernel/ids.js';
import type { Actor } from '../kernel/principal.js';
import type { Instant } from '../kernel/time.js';
import type { Transaction } from '../persistence/index.js';
import type { Credential, CredentialKind, Portal } from './domain/credential.js';
import type { Organisation } from './domain/organisation.js';
import type { Person } from './domain/person.js';
import type { Post } from './domain/post.js';
import type { IdentityStores } from './identity-stores.js';
import { organisationOf } from './organisation-service.js';
import { personOf } from './people-service.js';
import { secretHash } from './secrets/secret.js';

/** Organisations, people, posts and portals with ids of the caller's choice, to be put down in one transaction. */
export interface Planting {
  readonly organisations?: readonly (Pick<Organisation, 'id' | 'name' | 'creditCode' | 'kind' | 'parent'> &
    Partial<Pick<Organisation, 'identityKey'>>)[];
  /** `passwordHash` comes made (scrypt is slow by intent: one hash serves many demo accounts); `null` for none. */
  readonly people?: readonly (Pick<Person, 'id' | 'username' | 'name' | 'organisation'> & {
    readonly passwordHash: string | null;
  })[];
  readonly posts?: readonly Pick<Post, 'id' | 'organisation' | 'role' | 'holder' | 'deputy'>[];
  readonly portals?: readonly (Pick<Portal, 'id' | 'clientId' | 'name' | 'organisation'> & {
    readonly clientSecret: string;
  })[];
}

type Made = { readonly id: string };

/**
 * Puts down whole organisations at once: the first administrator, a verified registration, publishers of an import. The
 * caller vouches for the rules of posts and codes. Each row has an entry of its own, so that its history begins there.
 */
export async function plant(
  tx: Transaction,
  stores: IdentityStores,
  ids: Ids,
  actor: Actor,
  planting: Planting,
): Promise<void> {
  const rows = rowsOf(planting, ids, tx.now);
  await stores.organisations.insert(tx, rows.organisations);
  await stores.people.insert(tx, rows.people);
  await stores.posts.insert(tx, rows.posts);
  await stores.portals.insert(tx, rows.portals);
  await stores.credentials.insert(tx, rows.credentials);
  const tell = (kind: string, made: readonly Made[]): void => {
    for (const { id } of made) {
      tx.append({ event: `${kind}.created`, subject: { kind, id }, actor, data: {} }, [{ kind, id }]);
    }
  };
  tell('organisation', rows.organisations);
  tell('person', rows.people);
  tell('post', rows.posts);
  tell('portal', rows.portals);
  tell('credential', rows.credentials);
}

function rowsOf({ organisations = [], people = [], posts = [], portals = [] }: Planting, ids: Ids, now: Instant) {
  const fresh = { state: 'active', version: 1 } as const;
  const credential = (owner: string, kind: CredentialKind, hash: string): Credential => {
    const rest = { createdAt: now, expiresAt: null, revokedAt: null, version: 1 };
    return { id: ids.next<'credential'>(), kind, owner, hash, label: kind, ...rest };
  };
  const passwords = people.flatMap(({ id, passwordHash }) =>
    passwordHash === null ? [] : [credential(id, 'password', passwordHash)],
  );
  const secrets = portals.map(({ id, clientSecret }) => credential(id, 'client-secret', secretHash(clientSecret)));
  return {
    organisations: organisations.map((one) => organisationOf(one.id, one)),
    people: people.map(({ id, username, name, organisation }) => personOf(id, { username, name, organisation })),
    posts: posts.map(({ id, organisation, role, holder, deputy }) => ({
      id,
      organisation,
      role,
      holder,
      deputy,
      ...fresh,
    })),
    portals: portals.map(({ id, clientId, name, organisation }) => ({
      id,
      clientId,
      name,
      organisation,
      serves: null,
      ...fresh,
    })),
    credentials: [...passwords, ...secrets],
  };
}
