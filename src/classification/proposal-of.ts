import type { Id } from '../kernel/ids.js';
import type { Reader } from '../persistence/index.js';
import { databaseAssessmentStore } from './store/database-assessment-store.js';

/** A tier that was proposed for other slices, which answer for who may see what they show of it. */
export async function proposalOf(reader: Reader, id: Id) {
  const row = await databaseAssessmentStore.find(reader, id);
  if (row === null) return null;
  const { dataset, publisher, proposal, proposed_tier: proposed, tier } = row;
  return { id, dataset, publisher, proposer: proposal.by, wanted: proposed ?? tier };
}
