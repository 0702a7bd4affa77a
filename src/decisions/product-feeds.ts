import type { DatasetRecord } from '../catalogue/index.js';
import { agreementTable, datasetTable, heldItems, recordOf, viewsOf } from '../catalogue/index.js';
import { grantTables } from '../grants/index.js';
import type { Organisation, Person } from '../identity/index.js';
import { organisationTable, personTable } from '../identity/index.js';
import type { SanctionFacts } from './domain/restrictions.js';
import type { DatasetFacts } from './domain/dataset-entry.js';
import type { OrganisationFacts, PersonFacts } from './domain/party-facts.js';
import { sanctionTable, type SanctionRow } from '../supervision/index.js';
import { tableFeed } from './table-feed.js';
import type { WorldFeeds } from './world-keeper.js';

/** The feeds of the product: the catalogue's and identity's own tables, each row held against the log. */
export const productFeeds = (): Omit<WorldFeeds, 'grants'> => ({
  organisations: tableFeed(organisationTable, organisationFacts),
  people: tableFeed(personTable, personFacts),
  datasets: tableFeed(datasetTable, (row) => datasetFacts(recordOf(row))),
  sanctions: tableFeed(sanctionTable, sanctionFacts),
  agreements: tableFeed(agreementTable, ({ template, number }) => ({ template, version: number })),
});

/** The tables behind a world. */
export const worldEntities = [
  organisationTable,
  personTable,
  datasetTable,
  sanctionTable,
  agreementTable,
  ...grantTables,
].map(({ entity }) => entity);

/** Whoever is registered here was verified by an administrator; a natural person stands for themselves. */
const organisationFacts = ({ id, name, creditCode, kind, state }: Organisation): Omit<OrganisationFacts, 'intact'> => ({
  id,
  name,
  creditCode,
  state,
  verified: true,
  body: kind === 'public-body',
});

/** Only a restriction of use decides by itself; what other measures do to a grant stands in the grant. */
const sanctionFacts = ({
  id,
  organisation,
  step,
  state,
  datasets,
  ends_at,
}: SanctionRow): Omit<SanctionFacts, 'intact'> => ({
  id,
  organisation,
  datasets,
  until: step === 'restrict' && state === 'in-force' ? (ends_at ?? Number.POSITIVE_INFINITY) : Number.NEGATIVE_INFINITY,
});

const personFacts = ({ id, organisation, state }: Person): Omit<PersonFacts, 'intact'> => ({
  id,
  active: state === 'active',
  verified: true,
  organisations: [organisation],
});

/**
 * Conditions that say how data is served (`policies/condition-kinds.yaml`): on permits that hold for some minutes; and so
 * that a delivery under way is cut when access ends.
 */
const OFFLINE = 'offline-permits';
const CUT = 'cut-streams';

const asks = ({ conditions }: DatasetRecord, kind: string): boolean => conditions.some((one) => one.kind === kind);

const datasetFacts = (record: DatasetRecord, views = viewsOf(record)): Omit<DatasetFacts, 'intact'> => ({
  id: record.id,
  publisher: record.publisher,
  identifier: record.identifier,
  tier: record.tier,
  sharing: record.sharingTier,
  state: record.state,
  items: record.items.map(({ name }) => name),
  distributions: record.distributions.map(({ id, tier, kind }) => ({ id, tier, kind })),
  deliveries: record.deliveryKinds,
  agreementTemplate: record.agreementTemplate,
  ...(asks(record, OFFLINE) ? { offline: true } : {}),
  ...(asks(record, CUT) ? { cut: true } : {}),
  ...(record.tier === 'restricted' && !record.listedWhenRestricted ? { unlisted: true } : {}),
  ...(views === undefined ? {} : { views }),
  ...(record.held === undefined ? {} : { resting: heldItems(record) }),
});
