import { DEMO_PORTAL, PEOPLE, seedId } from '../../seeds/index.js';
import { ConfigFault } from '../config/index.js';
import type { Identity } from '../identity/index.js';
import type { UnitOfWork } from '../persistence/index.js';

/** Production does not start where an account still works whose password stands in our README. */
export async function refuseDemoAccounts(unit: UnitOfWork, { people, portals }: Identity): Promise<void> {
  const [found, portal] = await unit.read(async (reader) => [
    await people.findMany(
      reader,
      PEOPLE.map(({ id }) => id),
    ),
    await portals.find(reader, seedId('portal', DEMO_PORTAL.clientId)),
  ]);
  const active = found.filter(({ state }) => state === 'active').map(({ username }) => username);
  if (portal?.state === 'active') active.push(portal.clientId);
  if (active.length === 0) return;
  throw new ConfigFault([
    `TIERGATE_MODE: production, but this database has demo accounts with a public password: ${active.join(', ')}. Use a database of its own, or switch these accounts off in demo mode first`,
  ]);
}
