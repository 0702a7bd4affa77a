import type { Applications } from '../applications/index.js';
import type { Catalogue } from '../catalogue/index.js';
import type { Classification } from '../classification/index.js';
import type { Decisions } from '../decisions/index.js';
import type { Grants } from '../grants/index.js';
import type { Route } from '../http/index.js';
import { DatasetDirectory } from './dataset-directory.js';
import { adviceOf } from './decision-advice.js';
import type { DurationPort } from './directory-ports.js';
import { directoryRoutes as routes } from './http/directory-routes.js';

/** The door of the directory: composed read models. */
export { DatasetDirectory, type DirectoryDeps } from './dataset-directory.js';
export { adviceOf } from './decision-advice.js';
export type { Advice, Decide, DurationPort, HoldsGrant, ReasonsPort, UnderWay } from './directory-ports.js';

export interface DirectorySources {
  readonly catalogue: Catalogue;
  readonly classification: Pick<Classification, 'assessments'>;
  readonly applications: Pick<Applications, 'queries'>;
  readonly grants: Pick<Grants, 'store'>;
  readonly decisions: Pick<Decisions, 'ask'>;
}

/** Built last: reads from the catalogue, the reasons and the decision plane; also fills the catalogue's `DatasetPages`. */
export const createDirectory = ({
  catalogue,
  classification,
  applications,
  grants,
  decisions,
}: DirectorySources): DatasetDirectory =>
  new DatasetDirectory({
    ...catalogue,
    reasons: classification.assessments,
    decide: adviceOf(decisions),
    underWay: (reader, organisation, dataset) => applications.queries.underWay(reader, organisation, dataset),
    holdsGrant: async (reader, organisation, dataset) =>
      (await grants.store.liveOf(reader, 'organisation', organisation)).some(
        ({ grant }) => grant.approval.dataset === dataset,
      ),
  });

export const directoryRoutes = (directory: DatasetDirectory, duration: DurationPort): Route[] =>
  routes(directory, duration);
