import { endOfDay, startOfDay } from '../../kernel/time.js';
import type { UsageStore } from '../usage.js';

const CHUNK = 500;
/** One reading for all datasets, or one for each part of a list. */
const partsOf = (datasets: readonly string[] | null): (readonly string[] | null)[] =>
  datasets === null
    ? [null]
    : Array.from({ length: Math.ceil(datasets.length / CHUNK) }, (_, at) =>
        datasets.slice(at * CHUNK, (at + 1) * CHUNK),
      );
const among = (part: readonly string[] | null): string =>
  part === null ? '' : ` AND dataset IN (${part.map(() => '?').join(',')})`;

/** Sums over the daily counts of decisions, and over deliveries. */
export const databaseUsageStore: UsageStore = {
  decisions: async (reader, from, to, datasets) => {
    const rows = [];
    for (const part of partsOf(datasets)) {
      const sql = `SELECT day, dataset, tier, reason, permit, count FROM decision_uses
        WHERE day >= ? AND day <= ?${among(part)}`;
      rows.push(...(await reader.manager.query(sql, [from, to, ...(part ?? [])])));
    }
    return rows.map(({ permit, count, ...same }) => ({ ...same, permit: Number(permit) === 1, count: Number(count) }));
  },

  deliveries: async (reader, from, to, datasets) => {
    const counts = new Map<string, number>();
    const times = [startOfDay(from), endOfDay(to)].map((at) => reader.instantValue(at));
    for (const part of partsOf(datasets)) {
      const sql = `SELECT dataset, COUNT(*) AS n FROM deliveries WHERE at >= ? AND at < ?${among(part)} GROUP BY dataset`;
      const rows = await reader.manager.query(sql, [...times, ...(part ?? [])]);
      for (const { dataset, n } of rows) counts.set(dataset, Number(n));
    }
    return counts;
  },
};
