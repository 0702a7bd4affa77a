import type {
  CataloguePort,
  DatasetView,
  IdentityPort,
  OrganisationView,
  PersonView,
} from '../../../src/applications/application-ports.js';
import type { OrganisationKind, Principal } from '../../../src/kernel/principal.js';
import type { Role } from '../../../src/kernel/roles.js';
import type { Reader } from '../../../src/persistence/index.js';
import { migration } from '../../../src/persistence/migrations/dialect.js';
import { type Name, NAMES, PEOPLE } from '../../unit/applications/world.js';

/** Just enough of identity and catalogue, in tables that can be locked, for applications to stand on. */
export const Premises = migration(
  '9000',
  'Premises',
  async (sql) => {
    await sql.createTable('organisations', 'id varchar(26) NOT NULL PRIMARY KEY, body longtext NOT NULL');
    await sql.createTable('datasets', 'id varchar(26) NOT NULL PRIMARY KEY, body longtext NOT NULL');
    await sql.createTable('agreements', 'id varchar(26) NOT NULL PRIMARY KEY, body longtext NOT NULL');
  },
  async (sql) => {
    for (const table of ['agreements', 'datasets', 'organisations']) await sql.dropTable(table);
  },
);

type Kept = 'organisations' | 'datasets' | 'agreements';

export const all = async <T>(reader: Reader, table: Kept, ids: readonly string[]): Promise<T[]> => {
  if (ids.length === 0) return [];
  const places = ids.map(() => '?').join(',');
  const rows = await reader.manager.query(`SELECT body FROM ${table} WHERE id IN (${places})`, [...ids]);
  return rows.map((row: { body: string }) => JSON.parse(row.body) as T);
};

/** Writes one premise row; the caller holds its lock. */
export async function put(reader: Reader, table: Kept, id: string, body: object): Promise<void> {
  await reader.manager.query(`DELETE FROM ${table} WHERE id = ?`, [id]);
  await reader.manager.query(`INSERT INTO ${table} (id, body) VALUES (?, ?)`, [id, JSON.stringify(body)]);
}

export const organisation = (
  id: string,
  kind: OrganisationKind,
  more: Partial<OrganisationView> = {},
): OrganisationView => ({
  id,
  name: { en: id, zh: `${id}（中文）` },
  creditCode: null,
  kind,
  state: 'active',
  parent: null,
  ...more,
});

export const dataset = (id: string, more: Partial<DatasetView> = {}): DatasetView => ({
  id,
  title: { en: `Dataset ${id}` },
  publisher: 'transport',
  state: 'listed',
  tier: 'conditional',
  items: ['road', 'speed', 'hour'].map((name) => ({ name, tier: 'conditional' })),
  deliveryKinds: ['download', 'api'],
  conditions: [],
  agreementTemplate: 'template',
  listedWhenRestricted: true,
  ...more,
});

export const ORGANISATIONS: readonly OrganisationView[] = [
  organisation('enterprise', 'enterprise', { parent: 'parent' }),
  organisation('rival', 'enterprise'),
  organisation('parent', 'enterprise'),
  organisation('citizen-self', 'person'),
  organisation('transport', 'public-body'),
  organisation('health', 'public-body'),
  organisation('authority', 'authority'),
];

export const DATASETS: readonly DatasetView[] = [
  dataset('roads'),
  dataset('buses'),
  dataset('clinics', { publisher: 'health' }),
  dataset('trains', { agreementTemplate: 'rail' }),
  dataset('stops', { tier: 'open' }),
  dataset('cameras', { tier: 'restricted' }),
  dataset('secrets', { tier: 'restricted', listedWhenRestricted: false }),
  dataset('proofs', {
    conditions: [{ kind: 'mlps-filing', text: { en: 'Filing certificate' }, evidenceRequired: true }],
  }),
  dataset('unagreed', { agreementTemplate: null }),
  dataset('suspended', { state: 'suspended' }),
  dataset('own', { publisher: 'enterprise' }),
];

/** Fills the tables; every name of PEOPLE has a place to work. */
export async function fill(reader: Reader): Promise<void> {
  for (const one of ORGANISATIONS) await put(reader, 'organisations', one.id, one);
  for (const one of DATASETS) await put(reader, 'datasets', one.id, one);
  await put(reader, 'agreements', 'template', { version: 1, hash: 'h1' });
  await put(reader, 'agreements', 'rail', { version: 1, hash: 'r1' });
}

interface Post {
  readonly organisation: string;
  readonly roles: readonly Role[];
  readonly also?: readonly string[];
}

function personOf(id: string): PersonView | null {
  const person = PEOPLE[id as Name] as Post | undefined;
  return person === undefined ? null : { id, name: `Person ${id}`, organisation: person.organisation, state: 'active' };
}

function rolesAt(body: string, vacant: ReadonlySet<Name>): Map<Role, { person: string }[]> {
  const roles = new Map<Role, { person: string }[]>();
  for (const person of NAMES) {
    const post: Post = PEOPLE[person];
    if (vacant.has(person) || ![post.organisation, ...(post.also ?? [])].includes(body)) continue;
    for (const role of post.roles) roles.set(role, [...(roles.get(role) ?? []), { person }]);
  }
  return roles;
}

/** Posts of the small world; `vacant` ones have nobody. */
export function identityPort(vacant: ReadonlySet<Name>): IdentityPort {
  return {
    organisation: async (reader, id) => (await all<OrganisationView>(reader, 'organisations', [id]))[0] ?? null,
    organisations: (reader, ids) => all<OrganisationView>(reader, 'organisations', ids),
    person: (_reader, id) => Promise.resolve(personOf(id)),
    people: (_reader, ids) => Promise.resolve(ids.flatMap((id) => personOf(id) ?? [])),
    staff: (_reader, organisation) => {
      const people = Object.entries(PEOPLE).filter(([, person]) => person.organisation === organisation);
      return Promise.resolve(
        people.map(([id]) => ({ id, name: `Person ${id}`, organisation, state: 'active' }) as const),
      );
    },
    seats: (_reader, bodies) => Promise.resolve(bodies.map((id) => ({ id, roles: rolesAt(id, vacant) }))),
    authority: () => Promise.resolve('authority'),
  };
}

export const cataloguePort: CataloguePort = {
  datasets: (reader, ids) => all<DatasetView>(reader, 'datasets', ids),
  currentAgreement: async (reader, template) => {
    const [current] = await all<{ version: number; hash: string }>(reader, 'agreements', [template]);
    return current === undefined ? null : { ...current, id: template };
  },
  agreementHref: (template, version) => `/api/agreements/${template}/versions/${version}`,
};

export function principal(name: Name): Principal {
  const { organisation: id, roles } = PEOPLE[name] as Post;
  const { kind } = ORGANISATIONS.find((one) => one.id === id) ?? organisation(id, 'enterprise');
  return { kind: 'person', id: name, name, organisation: { id, name: id, creditCode: '', kind }, roles };
}
