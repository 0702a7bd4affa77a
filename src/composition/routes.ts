import { applicationRoutes, attachmentRoutes, exportRoutes, formRoutes } from '../applications/index.js';
import { catalogueRoutes } from '../catalogue/index.js';
import { classificationRoutes, tierFilingOf } from '../classification/index.js';
import { colleagueRoutes } from '../colleagues/index.js';
import { accessServed, decisionRoutes, wordsOf } from '../decisions/index.js';
import { evidenceRoutes } from '../evidence/index.js';
import { caseFusionRoutes, directoryRoutes, similarCasesRoutes } from '../directory/index.js';
import { GrantKeys, grantRoutes } from '../grants/index.js';
import type { Beside, Route } from '../http/index.js';
import { identityRoutes } from '../identity/index.js';
import { auditRoutes } from '../log/index.js';
import { noticeRoutes } from '../notices/index.js';
import { type NoticeLinks, notificationRoutes } from '../notifications/index.js';
import { operationsServed } from '../operations/index.js';
import { registerRoutes } from '../register/index.js';
import { supervisionRoutes } from '../supervision/index.js';
import { openingsForGrants } from './ports.js';
import type { Slices } from './slices.js';

/** Every route of the API, slice by slice. */
export const routesOf = (slices: Slices): Route[] => [
  ...identityRoutes(slices.identity),
  ...colleagueRoutes(slices.colleagues),
  ...catalogueRoutes(slices.catalogue, slices.directory),
  ...directoryRoutes(slices.directory, { limit: slices.applications.expectedWorkingDays }, slices.evidence.service),
  ...caseFusionRoutes(slices.caseFusion),
  ...similarCasesRoutes(slices.similarCases),
  ...classificationRoutes(slices.classification),
  ...exportRoutes(slices.applications),
  ...evidenceRoutes(slices.evidence),
  ...applicationRoutes(slices.applications),
  ...formRoutes(slices.applications.forms),
  ...attachmentRoutes(slices.applications),
  ...grantRoutes({
    ...slices.grants,
    openings: openingsForGrants(slices.applications),
    keys: new GrantKeys(slices.grants.store, slices.identity.machineKeys),
    keyUses: (reader, keys) => slices.decisions.usage.ofKeys(reader, keys),
  }),
  ...supervisionRoutes(slices.supervision, tiersOf(slices)),
  ...noticeRoutes(slices.notices),
  ...notificationRoutes(slices.notifications, noticeLinks(slices.notices)),
  ...registerRoutes(slices.register),
  ...decisionRoutes({ ...slices.decisions, policy: () => slices.decisions.policies.current }),
  ...auditRoutes(),
];

const tiersOf = ({ classification: { governing } }: Slices) => (governing === null ? null : tierFilingOf(governing));

/** What tells of an event leads to the notice that was issued for it. */
const noticeLinks = ({ queries }: Slices['notices']): NoticeLinks => ({
  of: (reader, told) => queries.linksOf(reader, told),
});

/** What is served beside the routes, for the API document. */
export const besideRoutes = ({ decisions }: Slices): Beside => ({
  operations: [...accessServed, ...operationsServed],
  words: wordsOf(decisions.policies.current.vocabulary),
});
