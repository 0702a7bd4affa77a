import type { Identity } from '../src/identity/index.js';
import { SYSTEM } from '../src/kernel/principal.js';
import type { Transaction } from '../src/persistence/index.js';
import { seedId } from './identifiers.js';
import { ORGANISATIONS, organisationOf } from './organisations.js';
import { DEMO_PORTAL, PEOPLE, POSTS } from './people.js';

/** Organisations, people, posts, the portal, and what they sign in with: one hash serves every demo account. */
export function seedIdentity(tx: Transaction, identity: Pick<Identity, 'plant'>, passwordHash: string): Promise<void> {
  return identity.plant(tx, SYSTEM, {
    organisations: ORGANISATIONS.map(({ id, name, creditCode, kind }) => ({
      id,
      name,
      creditCode,
      kind,
      parent: null,
    })),
    people: PEOPLE.map((person) => ({ ...person, passwordHash })),
    posts: POSTS,
    portals: [
      {
        ...DEMO_PORTAL,
        id: seedId('portal', DEMO_PORTAL.clientId),
        name: '云汀市公共数据开放门户（示例）',
        organisation: organisationOf('centre').id,
      },
    ],
  });
}
