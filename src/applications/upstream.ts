import type { Catalogue } from '../catalogue/index.js';
import type { Identity } from '../identity/index.js';
import type { CataloguePort, IdentityPort } from './application-ports.js';

/** Identity's door as applications use it. */
export const fromIdentity = ({
  organisations,
  people,
  posts,
}: Pick<Identity, 'organisations' | 'people' | 'posts'>): IdentityPort => ({
  organisation: (reader, id) => organisations.find(reader, id),
  person: (reader, id) => people.find(reader, id),
  eligible: (reader, post) => posts.eligible(reader, post),
  authority: async (reader) => (await organisations.firstOfKind(reader, 'authority'))?.id ?? null,
});

/** The catalogue's door as applications use it. */
export const fromCatalogue = ({ datasets, agreements }: Pick<Catalogue, 'datasets' | 'agreements'>): CataloguePort => ({
  datasets: (reader, ids) => datasets.findMany(reader, ids),
  currentAgreement: (reader, template) => agreements.current(reader, template),
  agreementHref: (template, version) => `/api/agreements/${template}/versions/${version}`,
});
