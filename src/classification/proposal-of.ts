import type { Id } from '../kernel/ids.js';
import type { Reader } from '../persistence/index.js';
import { ENGINE } from './domain/assessment.js';
import { databaseAssessmentStore } from './store/database-assessment-store.js';

/**
 * A tier that was proposed for other slices, which answer for who may see what they show of it. `bringers`: who brought
 * what it rests on, where the engine proposed it.
 */
export async function proposalOf(reader: Reader, id: Id) {
  const row = await databaseAssessmentStore.find(reader, id);
  if (row === null) return null;
  const { dataset, publisher, proposal, proposed_tier: proposed, tier, evidence } = row;
  const bringers = proposal.by === ENGINE ? [...new Set(Object.values(evidence?.broughtBy ?? {}))] : [];
  return { id, dataset, publisher, proposer: proposal.by, bringers, wanted: proposed ?? tier };
}
