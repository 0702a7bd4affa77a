import type { Restriction } from '../applications/index.js';
import type { Route } from '../http/index.js';
import type { Id } from '../kernel/ids.js';
import type { Principal } from '../kernel/principal.js';
import type { Reader } from '../persistence/index.js';
import type { Supervision } from './create-supervision.js';
import type { Violation } from './domain/violation.js';
import { demandRoutes } from './http/demand-routes.js';
import { sanctionRoutes } from './http/sanction-routes.js';
import { violationRoutes } from './http/violation-routes.js';
import { sees, sightOf } from './sight.js';
import { DatabaseSanctionStore } from './store/database-sanction-store.js';
import { DemandRow, demandTable } from './store/demand-row.js';
import { SanctionRow, sanctionTable, ViolationRow, violationTable } from './store/supervision-rows.js';

/** The restrictions of use in force against an organisation, for what is refused upstream. */
export async function restrictionsOf(reader: Reader, organisation: Id): Promise<readonly Restriction[]> {
  const inForce = await new DatabaseSanctionStore().inForce(reader, organisation);
  return inForce.flatMap(({ sanction: { step, datasets, until } }) =>
    step === 'restrict' && until !== null ? [{ datasets, until }] : [],
  );
}

/** Whether the caller may see this violation, and whether they may see every one. */
export const seesViolation = (principal: Principal, violation: Pick<Violation, 'organisation' | 'holder'>): boolean =>
  sees(sightOf(principal), violation);
export const seesEveryViolation = (principal: Principal): boolean => sightOf(principal)?.everything === true;

export const supervisionRoutes = (supervision: Supervision): Route[] => [
  ...violationRoutes(supervision),
  ...sanctionRoutes(supervision),
  ...demandRoutes(supervision.demands),
];
export const supervisionEntities = [ViolationRow, SanctionRow, DemandRow];
export const supervisionTables = [violationTable, sanctionTable, demandTable];

export type { Demand } from './domain/demand.js';
export type { Ladder } from './domain/ladder.js';
export type { Sanction } from './domain/sanction.js';
export type { Violation } from './domain/violation.js';
export { createSupervision, type Supervision, type SupervisionGround } from './create-supervision.js';
export { loadDemandRules, loadLadder } from './policy-files.js';
export { SanctionRow, sanctionTable };
export type { SupervisionSurroundings } from './supervision-ports.js';
