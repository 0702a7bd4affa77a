import type { ConditionKind } from '../catalogue/index.js';
import type { Id, Ids } from '../kernel/ids.js';
import type { Reader, Table } from '../persistence/index.js';
import type { EvidenceFiles, EvidenceGrants, EvidenceOrganisations } from './evidence-ports.js';
import { EvidenceService } from './evidence-service.js';
import type { EvidenceViews } from './evidence-view.js';
import { DatabaseEvidenceStore } from './store/database-evidence-store.js';
import { EvidenceRow, evidenceTable } from './store/evidence-row.js';

export interface EvidenceGround {
  readonly ids: Ids;
  readonly kinds: ReadonlyMap<string, ConditionKind>;
  readonly files: EvidenceFiles;
  readonly organisations: EvidenceOrganisations;
  readonly grants: EvidenceGrants;
}

/** The slice: evidence of organisations, kept once for everything that rests on it. */
export function createEvidence(ground: EvidenceGround): EvidenceViews {
  const { ids, kinds, files, organisations } = ground;
  const store = new DatabaseEvidenceStore();
  const asks = (kind: string): boolean => kinds.get(kind)?.evidence === 'optional';
  const service = new EvidenceService({ store, ids, asks, files, organisations });
  return { ...ground, store, service };
}

/** Evidence of an organisation by its ids, whatever became of it, and what is filed or verified. */
export async function evidenceOf(reader: Reader, organisation: Id, named: readonly Id[]) {
  const store = new DatabaseEvidenceStore();
  const open = await store.open(reader, organisation);
  const missing = named.filter((id) => !open.some((one) => one.id === id));
  const others = missing.length === 0 ? [] : await store.findMany(reader, missing);
  return [...open, ...others.filter((one) => one.organisation === organisation)];
}

export const evidenceEntities = [EvidenceRow];
export const evidenceTables: readonly Table<EvidenceRow>[] = [evidenceTable];

export type { EvidenceViews };
export { type Evidence, type Standing, standingOf } from './domain/evidence.js';
export type { EvidenceFiles, EvidenceGrants, EvidenceOrganisations, RestingGrant } from './evidence-ports.js';
export { evidenceRoutes } from './http/evidence-routes.js';
