import type { Id } from '../src/kernel/ids.js';
import { SYSTEM } from '../src/kernel/principal.js';
import type { Role } from '../src/kernel/roles.js';
import type { Text } from '../src/kernel/text.js';
import type { Instant } from '../src/kernel/time.js';
import type { Transaction } from '../src/persistence/index.js';
import { seedId } from './identifiers.js';
import { ORGANISATIONS, organisationOf } from './organisations.js';
import { DEMO_PORTAL, PEOPLE, POSTS } from './people.js';

type Insert<Row> = { insert(tx: Transaction, rows: readonly Row[]): Promise<void> };

/** The rows of identity, as its stores take them. */
export interface IdentityDoor {
  readonly organisations: Insert<{
    id: Id<'organisation'>;
    name: Text;
    creditCode: string | null;
    kind: (typeof ORGANISATIONS)[number]['kind'];
    state: 'active';
    parent: null;
    suspendedAt: null;
    suspensionReason: null;
    version: number;
  }>;
  readonly people: Insert<(typeof PEOPLE)[number] & { state: 'active'; version: number }>;
  readonly posts: Insert<{
    id: Id<'post'>;
    organisation: Id<'organisation'>;
    role: Role;
    holder: Id<'person'>;
    deputy: Id<'person'> | null;
    state: 'active';
    version: number;
  }>;
  readonly portals: Insert<{
    id: Id<'portal'>;
    clientId: string;
    name: string;
    organisation: Id<'organisation'>;
    state: 'active';
    version: number;
  }>;
  readonly credentials: Insert<{
    id: Id<'credential'>;
    kind: 'password' | 'client-secret';
    owner: Id;
    hash: string;
    label: string;
    createdAt: Instant;
    expiresAt: null;
    revokedAt: null;
    version: number;
  }>;
}

/** Hashes made beforehand: hashing is slow on purpose, and no transaction waits for it. */
export interface SeedHashes {
  readonly password: string;
  readonly portalSecret: string;
}

type Named = { readonly id: string };

/** One entry a row, so that the history of each begins with its creation. */
function tell(tx: Transaction, kind: string, rows: readonly Named[], data: object): void {
  for (const row of rows)
    tx.append({ event: `${kind}.created`, subject: { kind, id: row.id }, actor: SYSTEM, data: { ...data } }, [
      { kind, id: row.id },
    ]);
}

async function credentials(tx: Transaction, door: IdentityDoor, hashes: SeedHashes, portal: Id): Promise<void> {
  const common = { createdAt: tx.now, expiresAt: null, revokedAt: null, version: 1, label: 'demo' } as const;
  const rows = [
    ...PEOPLE.map(({ id, username }) => ({
      ...common,
      id: seedId<'credential'>('credential', username),
      kind: 'password' as const,
      owner: id as Id,
      hash: hashes.password,
    })),
    {
      ...common,
      id: seedId<'credential'>('credential', 'portal'),
      kind: 'client-secret' as const,
      owner: portal,
      hash: hashes.portalSecret,
    },
  ];
  await door.credentials.insert(tx, rows);
  tell(tx, 'credential', rows, { demo: true });
}

/** Organisations, people, posts, and what they sign in with. */
export async function seedIdentity(tx: Transaction, door: IdentityDoor, hashes: SeedHashes): Promise<void> {
  const fresh = { state: 'active', version: 1 } as const;
  const organisations = ORGANISATIONS.map(({ id, name, creditCode, kind }) => ({
    ...fresh,
    id,
    name,
    creditCode,
    kind,
    parent: null,
    suspendedAt: null,
    suspensionReason: null,
  }));
  await door.organisations.insert(tx, organisations);
  tell(tx, 'organisation', organisations, { demo: true });
  const people = PEOPLE.map((person) => ({ ...person, ...fresh }));
  await door.people.insert(tx, people);
  for (const { id, username, name, organisation } of people)
    tx.append(
      {
        event: 'person.created',
        subject: { kind: 'person', id },
        actor: SYSTEM,
        data: { organisation },
        personal: { username, name },
      },
      [{ kind: 'person', id }],
    );
  const posts = POSTS.map((post) => ({ ...post, ...fresh }));
  await door.posts.insert(tx, posts);
  tell(tx, 'post', posts, { demo: true });
  const portal = {
    ...fresh,
    id: seedId<'portal'>('portal', DEMO_PORTAL.clientId),
    clientId: DEMO_PORTAL.clientId,
    name: '云汀市公共数据开放门户（示例）',
    organisation: organisationOf('centre').id,
  };
  await door.portals.insert(tx, [portal]);
  tell(tx, 'portal', [portal], { demo: true });
  await credentials(tx, door, hashes, portal.id);
}
