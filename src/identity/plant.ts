import type { Ids } from '../kernel/ids.js';
import type { Actor } from '../kernel/principal.js';
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
  readonly organisations?: readonly Pick<Organisation, 'id' | 'name' | 'creditCode' | 'kind' | 'parent'>[];
  /** `passwordHash` comes made (scrypt is slow by intent: one hash serves many demo accounts); `null` for none. */
  readonly people?: readonly (Pick<Person, 'id' | 'username' | 'name' | 'organisation'> & {
    readonly passwordHash: string | null;
  })[];
  readonly posts?: readonly Pick<Post, 'id' | 'organisation' | 'role' | 'holder' | 'deputy'>[];
  readonly portals?: readonly (Pick<Portal, 'id' | 'clientId' | 'name' | 'organisation'> & {
    readonly clientSecret: string;
  })[];
}

/**
 * Puts down whole organisations at once: seeds, the first administrator, a verified registration, publishers of an
 * import. The caller vouches for the rules of posts and codes.
 */
export async function plant(
  tx: Transaction,
  stores: IdentityStores,
  ids: Ids,
  actor: Actor,
  planting: Planting,
): Promise<void> {
  const { organisations = [], people = [], posts = [], portals = [] } = planting;
  const credential = (owner: string, kind: CredentialKind, hash: string): Credential => ({
    id: ids.next<'credential'>(),
    kind,
    owner,
    hash,
    label: kind,
    createdAt: tx.now,
    expiresAt: null,
    revokedAt: null,
    version: 1,
  });
  // One entry a row, so that the history of each begins with its creation.
  const tell = (kind: string, rows: readonly { readonly id: string }[]): void => {
    for (const { id } of rows) {
      tx.append({ event: `${kind}.created`, subject: { kind, id }, actor, data: {} }, [{ kind, id }]);
    }
  };
  await stores.organisations.insert(
    tx,
    organisations.map((one) => organisationOf(one.id, one)),
  );
  tell('organisation', organisations);
  await stores.people.insert(
    tx,
    people.map(({ id, username, name, organisation }) => personOf(id, { username, name, organisation })),
  );
  tell('person', people);
  await stores.posts.insert(
    tx,
    posts.map(({ id, organisation, role, holder, deputy }) => ({
      id,
      organisation,
      role,
      holder,
      deputy,
      state: 'active',
      version: 1,
    })),
  );
  tell('post', posts);
  await stores.portals.insert(
    tx,
    portals.map(({ id, clientId, name, organisation }) => ({
      id,
      clientId,
      name,
      organisation,
      state: 'active',
      version: 1,
    })),
  );
  tell('portal', portals);
  const credentials = [
    ...people.flatMap(({ id, passwordHash }) =>
      passwordHash === null ? [] : [credential(id, 'password', passwordHash)],
    ),
    ...portals.map(({ id, clientSecret }) => credential(id, 'client-secret', secretHash(clientSecret))),
  ];
  await stores.credentials.insert(tx, credentials);
  tell('credential', credentials);
}
