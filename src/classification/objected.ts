import type { Id } from '../kernel/ids.js';
import type { Tier } from '../kernel/tier.js';
import type { Reader } from '../persistence/index.js';
import { databaseObjectionStore } from './store/database-objection-store.js';

/** An objection to a tier for other slices, which answer for who may see what they show of it. */
export async function objectionOf(reader: Reader, id: Id) {
  const row = await databaseObjectionStore.find(reader, id);
  if (row === null) return null;
  const { dataset, publisher, organisation, objector, wanted_tier } = row;
  return { id, dataset, publisher, organisation, objector, wanted: wanted_tier as Tier };
}
