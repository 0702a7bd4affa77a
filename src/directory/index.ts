import type { Applications } from '../applications/index.js';
import { type Catalogue, tokensOf } from '../catalogue/index.js';
import type { Classification } from '../classification/index.js';
import type { Decisions } from '../decisions/index.js';
import { type Grants, stateOf } from '../grants/index.js';
import type { Route } from '../http/index.js';
import { ok } from '../kernel/result.js';
import type { Register } from '../register/index.js';
import type { Supervision } from '../supervision/index.js';
import { DatasetDirectory } from './dataset-directory.js';
import { CaseFusion } from './case-fusion.js';
import { adviceOf } from './decision-advice.js';
import type { DurationPort, EvidencePort } from './directory-ports.js';
import type { SimilarCasePorts } from './similar-case-ports.js';
import { SimilarCases } from './similar-cases.js';
import { laterOf } from './what-came-later.js';
import { directoryRoutes as routes } from './http/directory-routes.js';

/** The door of the directory: composed read models. */
export { DatasetDirectory, type DirectoryDeps } from './dataset-directory.js';
export type { CaseFusion } from './case-fusion.js';
export { similarCasesRoutes } from './http/similar-cases-routes.js';
export { caseFusionRoutes } from './http/case-fusion-routes.js';
export { adviceOf } from './decision-advice.js';
export type { Advice, Decide, DurationPort, HoldsGrant, ReasonsPort, UnderWay } from './directory-ports.js';

export interface DirectorySources {
  readonly catalogue: Catalogue;
  readonly classification: Pick<Classification, 'assessments' | 'fusing'>;
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

/** What the datasets of a case tell together, for who judges it. */
export const createCaseFusion = ({
  catalogue,
  classification,
  applications,
  grants,
}: Omit<DirectorySources, 'decisions'>): CaseFusion =>
  new CaseFusion({
    reviewed: async (reader, principal, id) => {
      const found = await applications.queries.reviewed(reader, principal, id);
      return found.ok ? ok(found.value.application) : found;
    },
    held: async (reader, organisation) =>
      (await grants.store.liveOf(reader, 'organisation', organisation)).map(({ grant }) => ({
        grant: grant.id,
        application: grant.approval.application,
        dataset: grant.approval.dataset,
        items: grant.approval.items,
        state: stateOf(grant),
      })),
    between: (reader, pairs) => classification.fusing.knowledge.of(reader, pairs),
    titles: async (reader, ids) =>
      new Map((await catalogue.datasets.findMany(reader, ids)).map(({ id, title }) => [id, title])),
  });

/** Earlier cases like one at hand, and how they ended: for who judges or supervises it. */
export function createSimilarCases({
  catalogue,
  applications,
  grants,
  supervision,
  register,
  kindsOf,
}: {
  readonly catalogue: Pick<Catalogue, 'datasets'>;
  readonly applications: Pick<Applications, 'queries' | 'workflow'>;
  readonly grants: Pick<Grants, 'store'>;
  readonly supervision: Pick<Supervision, 'store'>;
  readonly register: Pick<Register, 'store'>;
  readonly kindsOf: SimilarCasePorts['kindsOf'];
}) {
  const { queries, workflow } = applications;
  const reasons = workflow.source.refusalReasons;
  const cases = new SimilarCases({
    reviewed: async (reader, principal, id) => {
      const found = await queries.reviewed(reader, principal, id);
      return found.ok ? ok(found.value.application) : found;
    },
    reviewedAmong: (reader, principal, ids) => queries.reviewedAmong(reader, principal, ids),
    rulings: (reader, ...asked) => register.store.rulings(reader, ...asked),
    ofCases: (reader, ids) => register.store.ofCases(reader, ids),
    kindsOf,
    datasets: async (reader, ids) =>
      new Map(
        (await catalogue.datasets.findMany(reader, ids)).map(({ id, title, tier, field }) => [
          id,
          { title, tier, field },
        ]),
      ),
    later: laterOf({ grants, supervision }),
    termsOf: (text) => tokensOf(text),
    reasons,
  });
  return { cases, reasons };
}
export type SimilarCasesOfCase = ReturnType<typeof createSimilarCases>;

export const directoryRoutes = (directory: DatasetDirectory, duration: DurationPort, evidence: EvidencePort): Route[] =>
  routes(directory, duration, evidence);
