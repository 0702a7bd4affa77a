import { places, type Reader } from '../../persistence/index.js';
import type { UsageSource } from '../world-keeper.js';
import { deliveryTable } from './decision-rows.js';

const CHUNK = 200;

/** How many deliveries each grant has seen: what a quota is counted against. */
export class DatabaseDeliveryCounts implements UsageSource {
  readonly kind = deliveryTable.kind;

  async counts(reader: Reader): Promise<ReadonlyMap<string, number>> {
    const sql = 'SELECT grant_id, COUNT(*) AS n FROM deliveries WHERE grant_id IS NOT NULL GROUP BY grant_id';
    return counted(await reader.manager.query(sql));
  }

  async countsOf(reader: Reader, deliveries: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const rows = await deliveryTable.findMany(reader, deliveries);
    const grants = [...new Set(rows.flatMap(({ grant_id }) => (grant_id === null ? [] : [grant_id])))];
    const counts = new Map<string, number>();
    for (let start = 0; start < grants.length; start += CHUNK) {
      const part = grants.slice(start, start + CHUNK);
      const sql = `SELECT grant_id, COUNT(*) AS n FROM deliveries WHERE grant_id IN (${places(part)}) GROUP BY grant_id`;
      for (const [grant, count] of counted(await reader.manager.query(sql, part))) counts.set(grant, count);
    }
    return counts;
  }
}

/** How many deliveries one grant has seen. */
export async function deliveriesUnder(reader: Reader, grant: string): Promise<number> {
  const [row] = await reader.manager.query('SELECT COUNT(*) AS n FROM deliveries WHERE grant_id = ?', [grant]);
  return Number(row.n);
}

const counted = (rows: readonly { grant_id: string; n: number | string }[]): Map<string, number> =>
  new Map(rows.map(({ grant_id, n }) => [grant_id, Number(n)]));
