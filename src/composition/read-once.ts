import type { Catalogue } from '../catalogue/index.js';
import type { Identity } from '../identity/index.js';
import type { Id } from '../kernel/ids.js';
import type { Role } from '../kernel/roles.js';
import { eachOnce, type Reader, readOnce } from '../persistence/index.js';

/** Who may act somewhere rests on posts, and on who is switched off. */
const SEATS = ['post', 'person'];

/**
 * Directory and catalogue as the slices read them that decide, tell people and answer in one command: each row once, and
 * anew when it was locked or written meanwhile.
 */
export function directoryOnce({ organisations, people, posts }: Pick<Identity, 'organisations' | 'people' | 'posts'>) {
  const organisationsOf = organisationsOnce(organisations);
  const peopleOf = eachOnce(['person'], 'person', (reader: Reader, ids) => people.findMany(reader, ids));
  const seats = eachOnce(SEATS, 'seats', (reader: Reader, ids) => posts.seats(reader, ids));
  return {
    ...organisationsOf,
    people: peopleOf,
    person: async (reader: Reader, id: Id) => (await peopleOf(reader, [id]))[0] ?? null,
    seats,
    eligible: async (reader: Reader, role: Role, organisation: Id) =>
      (await seats(reader, [organisation]))[0]?.roles.get(role) ?? [],
    holdersOf: readOnce(SEATS, 'holders', (reader: Reader, role: Role) => posts.holdersOf(reader, role)),
  };
}

export function organisationsOnce(store: Identity['organisations']) {
  const organisations = eachOnce(['organisation'], 'organisation', (reader: Reader, ids) =>
    store.findMany(reader, ids),
  );
  const authority = readOnce(['organisation'], 'authority', (reader: Reader) => store.firstOfKind(reader, 'authority'));
  return {
    organisations,
    organisation: async (reader: Reader, id: Id) => (await organisations(reader, [id]))[0] ?? null,
    /** The public-data authority, where the second stage and the substitutes sit. */
    authority: async (reader: Reader): Promise<Id | null> => (await authority(reader))?.id ?? null,
  };
}

export function datasetsOnce(store: Pick<Catalogue['datasets'], 'findMany'>) {
  const datasets = eachOnce(['dataset'], 'dataset', (reader: Reader, ids) => store.findMany(reader, ids));
  return { datasets, title: async (reader: Reader, id: Id) => (await datasets(reader, [id]))[0]?.title ?? null };
}
