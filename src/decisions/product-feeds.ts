import type { DatasetRecord } from '../catalogue/index.js';
import { agreementTable, datasetTable, recordOf } from '../catalogue/index.js';
import type { Organisation, Person } from '../identity/index.js';
import { organisationTable, personTable } from '../identity/index.js';
import type { DatasetFacts, OrganisationFacts, PersonFacts } from './domain/world.js';
import { tableFeed } from './table-feed.js';
import type { WorldFeeds } from './world-keeper.js';

/** The feeds of the product: the catalogue's and identity's own tables, each row held against the log. */
export const productFeeds = (): Omit<WorldFeeds, 'grants'> => ({
  organisations: tableFeed(organisationTable, organisationFacts),
  people: tableFeed(personTable, personFacts),
  datasets: tableFeed(datasetTable, (row) => datasetFacts(recordOf(row))),
  agreements: tableFeed(agreementTable, ({ template, number }) => ({ template, version: number })),
});

/** Whoever is registered here was verified by an administrator; a natural person stands for themselves. */
const organisationFacts = ({ id, name, creditCode, state }: Organisation): Omit<OrganisationFacts, 'intact'> => ({
  id,
  name,
  creditCode,
  state,
  verified: true,
});

const personFacts = ({ id, organisation, state }: Person): Omit<PersonFacts, 'intact'> => ({
  id,
  active: state === 'active',
  verified: true,
  organisations: [organisation],
});

const datasetFacts = (record: DatasetRecord): Omit<DatasetFacts, 'intact'> => ({
  id: record.id,
  publisher: record.publisher,
  identifier: record.identifier,
  tier: record.tier,
  state: record.state,
  items: record.items.map(({ name }) => name),
  distributions: record.distributions.map(({ id, tier, kind }) => ({ id, tier, kind })),
  deliveries: record.deliveryKinds,
  agreementTemplate: record.agreementTemplate,
});
