import type { Route } from '../http/index.js';
import { organisationRoutes } from './http/organisation-routes.js';
import { peopleRoutes } from './http/people-routes.js';
import { portalRoutes } from './http/portal-routes.js';
import { postRoutes } from './http/post-routes.js';
import { registrationRoutes } from './http/registration-routes.js';
import { sessionRoutes } from './http/session-routes.js';
import type { Identity } from './identity.js';

export type { Credentials } from './credentials.js';
export { type CreditCodeFault, creditCheckSymbol, creditCodeFault, isCreditCode } from './domain/credit-code.js';
export { type Credential, isUsable, type Portal } from './domain/credential.js';
export type { Organisation } from './domain/organisation.js';
export { passwordFault, type Person, USERNAME } from './domain/person.js';
export { type Eligible, type Post, rolesOf } from './domain/post.js';
export type { FirstAdministrator } from './first-administrator.js';
export { createIdentity, type Identity, type IdentityDeps } from './identity.js';
export type { KeyService, NewKey } from './key-service.js';
export type { Planting } from './plant.js';
export { DEMO_PASSWORD_COST } from './secrets/passwords.js';
export type { Expected } from './organisation-service.js';
export { sameHash, secretHash } from './secrets/secret.js';
export {
  credentialTable,
  identityEntities,
  identityTables,
  organisationTable,
  personTable,
  portalTable,
  postTable,
} from './store/identity-tables.js';
export type { TokenClaims, TokenFault, TokenProfile } from './tokens/token-claims.js';
export type { StrictTokens } from './tokens/strict-token.js';

/** Every route of the slice. */
export const identityRoutes = (identity: Identity): Route[] => [
  ...sessionRoutes(identity),
  ...organisationRoutes(identity),
  ...registrationRoutes(identity),
  ...peopleRoutes(identity),
  ...postRoutes(identity),
  ...portalRoutes(identity),
];
