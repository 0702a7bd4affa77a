import type { Route } from '../../http/index.js';
import type { Catalogue } from '../create-catalogue.js';
import { agreementRoutes } from './agreement-routes.js';
import { type DatasetPages, datasetCommandRoutes } from './dataset-command-routes.js';
import { exchangeRoutes } from './exchange-routes.js';
import { referenceRoutes } from './reference-routes.js';
import { tombstoneRoutes } from './tombstone-routes.js';

export type { DatasetPages } from './dataset-command-routes.js';

/** Every route of the catalogue. The dataset's page is composed downstream; commands answer with it through a port. */
export const catalogueRoutes = (catalogue: Catalogue, pages: DatasetPages): Route[] => [
  ...referenceRoutes(catalogue),
  ...datasetCommandRoutes(catalogue, pages),
  ...agreementRoutes(catalogue),
  ...exchangeRoutes(catalogue),
  ...tombstoneRoutes(catalogue.tombstones),
];
