/** What a portal needs to ask Tiergate before it serves. Imports Node alone. */
export { type Change } from './answer-cache.js';
export {
  type Delivery,
  type Machine,
  PortalClient,
  type PortalOptions,
  type SignedPermit,
  type Visitor,
} from './client.js';
export { type Keys, keysIn, type PermitFault, type PermitRules, type VerifiedPermit, verifyPermit } from './permits.js';
export { ANONYMOUS, type Question } from './questions.js';
export { cutWithAccess, type Refusal, refusalOf, requireEntitlement } from './require-entitlement.js';
export {
  type Deny,
  keptItems,
  KNOWN_OBLIGATIONS,
  mustCount,
  mustCut,
  type Obligation,
  type Permit,
  type Reason,
  sourceOf,
  type Undecided,
  type Verdict,
} from './verdicts.js';
