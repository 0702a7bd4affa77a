export { type Guarded, RouteGuard, RoutePolicyRefused, type RouteGuardSources } from './route-guard.js';
export { type PolicyFault, routePolicyFaults } from './route-policy.js';
export { type AccessRows, loadAccessRows } from './access-rows.js';
