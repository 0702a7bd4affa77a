import { applicationRoutes } from '../applications/index.js';
import { classificationRoutes } from '../classification/index.js';
import { decisionRoutes } from '../decisions/index.js';
import { grantRoutes } from '../grants/index.js';
import type { Route } from '../http/index.js';
import { identityRoutes } from '../identity/index.js';
import { auditRoutes } from '../log/index.js';
import type { Slices } from './slices.js';

/** Every route of the API, slice by slice. */
export const routesOf = ({ identity, classification, applications, grants, decisions }: Slices): Route[] => [
  ...identityRoutes(identity),
  ...classificationRoutes(classification),
  ...applicationRoutes(applications),
  ...grantRoutes(grants),
  ...decisionRoutes({ explanations: decisions.explanations, policy: () => decisions.policies.current }),
  ...auditRoutes(),
];
