import type { Id, Ids } from '../kernel/ids.js';
import type { Principal } from '../kernel/principal.js';
import type { Reader, Table } from '../persistence/index.js';
import type { Grant } from './domain/grant.js';
import { GrantService } from './grant-service.js';
import type { GrantStore } from './grant-store.js';
import { type GrantSurroundings, sees, sightOf } from './grant-view.js';
import { type EvidencePort, evidenceReactions } from './evidence-reactions.js';
import { type FateOfGrants, grantReactions, type ReactionTable, suspendWhereClosed } from './reactions.js';
import { DatabaseGrantStore } from './store/database-grant-store.js';
import { GrantRow, grantTable } from './store/grant-row.js';

export interface Grants {
  readonly store: GrantStore;
  readonly service: GrantService;
  readonly surroundings: GrantSurroundings;
}

/** Builds the slice and subscribes it to what its grants rest on. */
export function createGrants(deps: {
  ids: Ids;
  surroundings: GrantSurroundings;
  reactions: ReactionTable;
  /** By the rule packs; left out, a tier that is no longer open to applicants suspends. */
  fate?: FateOfGrants;
  /** Left out, grants rest on what was handed in for them alone. */
  evidence?: EvidencePort;
  /** How many deliveries a grant has seen; left out, nothing is carried over to one that amends it. */
  deliveries?: (reader: Reader, grant: Id) => Promise<number>;
}): Grants {
  const store = new DatabaseGrantStore();
  const service = new GrantService(store, deps.ids, deps.deliveries);
  grantReactions(deps.reactions, service, deps.fate ?? suspendWhereClosed);
  if (deps.evidence !== undefined) evidenceReactions(deps.reactions, service, deps.evidence);
  return { store, service, surroundings: deps.surroundings };
}

export const grantEntities = [GrantRow];
export const grantTables: readonly Table<GrantRow>[] = [grantTable];

/** Whether the caller may see this grant, and whether they may see every one. */
export const seesGrant = (principal: Principal, grant: Grant): boolean => sees(sightOf(principal), grant);
export const seesEveryGrant = (principal: Principal): boolean => sightOf(principal)?.everything === true;

export type { GrantCommand } from './domain/decide.js';
export type { GrantEvent } from './domain/events.js';
export type { Grant, GrantState } from './domain/grant.js';
export { conditionsOf, conditionsUntil, isHeld, stateOf } from './domain/grant.js';
export { owedOf } from './domain/duties.js';
export { grantDiagram, grantCommandTable } from './lifecycle-doc.js';
export { type GrantService, untilOf } from './grant-service.js';
export type { FateOfGrants } from './reactions.js';
export { GrantKeys, type KeyUse } from './grant-keys.js';
export type { GrantedData, GrantOpenings, GrantSurroundings } from './grant-view.js';
export type { LinkedDistribution } from './reach-of-grant.js';
export type { GrantFilter, GrantStore, IndexableGrant, StoredGrant } from './grant-store.js';
export { DatabaseGrantStore } from './store/database-grant-store.js';
export { grantRoutes } from './http/grant-routes.js';
