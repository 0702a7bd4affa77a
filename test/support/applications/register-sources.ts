import type { DatasetView, OrganisationView } from '../../../src/applications/application-ports.js';
import type { Applications } from '../../../src/applications/index.js';
import type { CatalogueCounts, RegisterSources } from '../../../src/register/index.js';
import { all } from './premises.js';

export const CATALOGUE: CatalogueCounts = {
  tiers: { open: 1, conditional: 8, restricted: 1 },
  fields: [{ field: 'transport', tiers: { open: 1, conditional: 7, restricted: 1 } }],
  holders: [{ holder: 'transport', tiers: { open: 1, conditional: 7, restricted: 1 } }],
};

/** What the register asks of the small premises: the holder's name is the field. */
export const registerSources = ({ calendar, histories }: Applications): RegisterSources => ({
  calendar,
  histories,
  kindsOf: async (reader, ids) =>
    new Map((await all<OrganisationView>(reader, 'organisations', ids)).map(({ id, kind }) => [id, kind])),
  fieldsOf: async (reader, ids) =>
    new Map((await all<DatasetView>(reader, 'datasets', ids)).map(({ id, publisher }) => [id, publisher as 'health'])),
  complaints: async () => [],
  titles: async (reader, ids) =>
    new Map((await all<DatasetView>(reader, 'datasets', ids)).map(({ id, title }) => [id, title])),
  names: async (reader, ids) =>
    new Map((await all<OrganisationView>(reader, 'organisations', ids)).map(({ id, name }) => [id, name])),
  people: async () => new Map(),
  catalogue: () => CATALOGUE,
});
