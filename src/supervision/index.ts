import type { Restriction } from '../applications/index.js';
import type { TierFiling } from '../classification/index.js';
import type { Route } from '../http/index.js';
import type { Id } from '../kernel/ids.js';
import type { Principal } from '../kernel/principal.js';
import type { Reader } from '../persistence/index.js';
import type { Supervision } from './create-supervision.js';
import type { Violation } from './domain/violation.js';
import { complaintRoutes } from './http/complaint-routes.js';
import { demandRoutes } from './http/demand-routes.js';
import { objectionDoor } from './http/objection-door.js';
import { sanctionRoutes } from './http/sanction-routes.js';
import { violationRoutes } from './http/violation-routes.js';
import { sees, sightOf } from './sight.js';
import { DatabaseSanctionStore } from './store/database-sanction-store.js';
import { ComplaintRow, complaintTable } from './store/complaint-row.js';
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

/** `tiers`: where objections to tiers are filed; null where nobody governs them. */
export const supervisionRoutes = (supervision: Supervision, tiers: TierFiling | null): Route[] => [
  ...violationRoutes(supervision),
  ...sanctionRoutes(supervision),
  ...demandRoutes(supervision.demands),
  objectionDoor(supervision.complaints, tiers),
  ...complaintRoutes(supervision.complaints),
];
export const supervisionEntities = [ViolationRow, SanctionRow, DemandRow, ComplaintRow];
export const supervisionTables = [violationTable, sanctionTable, demandTable, complaintTable];

export type { Complaint } from './domain/complaint.js';
export type { ComplaintRules } from './domain/complaint-rules.js';
export type { Demand } from './domain/demand.js';
export { type Ladder, STEPS as LADDER_STEPS } from './domain/ladder.js';
export type { Sanction } from './domain/sanction.js';
export type { Violation } from './domain/violation.js';
export { createSupervision, type Supervision, type SupervisionGround } from './create-supervision.js';
export { loadComplaintRules, loadDemandRules, loadLadder } from './policy-files.js';
export { SanctionRow, sanctionTable };
export type { ComplaintFiles, SupervisionSurroundings } from './supervision-ports.js';
