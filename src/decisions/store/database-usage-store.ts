import { endOfDay, startOfDay } from '../../kernel/time.js';
import { places, type Reader } from '../../persistence/index.js';
import type { DatasetTally, Span, UsageStore } from '../usage.js';

const CHUNK = 500;
/** One reading for all datasets, or one for each part of a list. */
const partsOf = (datasets: readonly string[] | null): (readonly string[] | null)[] =>
  datasets === null
    ? [null]
    : Array.from({ length: Math.ceil(datasets.length / CHUNK) }, (_, at) =>
        datasets.slice(at * CHUNK, (at + 1) * CHUNK),
      );
const among = (part: readonly string[] | null): string => (part === null ? '' : ` AND dataset IN (${places(part)})`);

type Row = Readonly<Record<string, string | number>>;

/** One statement for all that is asked for, or one for each part of a long list of datasets. */
async function rowsOf(
  reader: Reader,
  { datasets }: Span,
  sql: (among: string) => string,
  before: readonly unknown[],
): Promise<Row[]> {
  const rows: Row[] = [];
  for (const part of partsOf(datasets))
    rows.push(...((await reader.manager.query(sql(among(part)), [...before, ...(part ?? [])])) as Row[]));
  return rows;
}

const asks = ({ permitted, denied }: DatasetTally): number => permitted + denied;

/** Sums over the daily counts of decisions, and over deliveries. */
export const databaseUsageStore: UsageStore = {
  outcomes: async (reader, span) => {
    const sql = (within: string) => `SELECT day, tier, reason, permit, SUM(count) AS n FROM decision_uses
      WHERE day >= ? AND day <= ?${within} GROUP BY day, tier, reason, permit`;
    const rows = await rowsOf(reader, span, sql, [span.from, span.to]);
    return rows.map(({ day, tier, reason, permit, n }) => ({
      day: `${day}`,
      tier: `${tier}`,
      reason: `${reason}`,
      permit: Number(permit) === 1,
      count: Number(n),
    }));
  },

  asked: async (reader, span, undecided, most) => {
    const sql = (within: string) => `SELECT dataset, SUM(count * permit) AS permitted, SUM(count) AS n,
      ${undecided.length === 0 ? '0' : `SUM(CASE WHEN reason IN (${places(undecided)}) THEN count ELSE 0 END)`} AS undecided
      FROM decision_uses WHERE day >= ? AND day <= ?${within} GROUP BY dataset ORDER BY n DESC, dataset LIMIT ${most}`;
    const rows = await rowsOf(reader, span, sql, [...undecided, span.from, span.to]);
    return rows
      .map(({ dataset, permitted, n, undecided: open }) => ({
        dataset: `${dataset}`,
        permitted: Number(permitted),
        denied: Number(n) - Number(permitted),
        undecided: Number(open),
      }))
      .sort((a, b) => asks(b) - asks(a))
      .slice(0, most);
  },

  byPortal: async (reader, from, to) => {
    const rows = (await reader.manager.query(
      `SELECT portal, credential, reason, permit, SUM(count) AS n, MAX(last_at) AS at FROM portal_uses
       WHERE day >= ? AND day <= ? AND portal <> '' GROUP BY portal, credential, reason, permit`,
      [from, to],
    )) as Row[];
    return rows.map(({ portal, credential, reason, permit, n, at }) => ({
      portal: `${portal}`,
      credential: `${credential}`,
      reason: `${reason}`,
      permit: Number(permit) === 1,
      count: Number(n),
      lastAt: Number(at),
    }));
  },

  byKey: async (reader, keys, from) => {
    const rows = (await reader.manager.query(
      `SELECT credential, permit, SUM(count) AS n, MAX(last_at) AS at FROM portal_uses
       WHERE day >= ? AND portal = '' AND credential IN (${places(keys)}) GROUP BY credential, permit`,
      [from, ...keys],
    )) as Row[];
    return rows.map(({ credential, permit, n, at }) => ({
      credential: `${credential}`,
      permit: Number(permit) === 1,
      count: Number(n),
      lastAt: Number(at),
    }));
  },

  deliveries: async (reader, span) => {
    const times = [startOfDay(span.from), endOfDay(span.to)].map((at) => reader.instantValue(at));
    const sql = (within: string) =>
      `SELECT dataset, COUNT(*) AS n FROM deliveries WHERE at >= ? AND at < ?${within} GROUP BY dataset`;
    const rows = await rowsOf(reader, span, sql, times);
    return new Map(rows.map(({ dataset, n }) => [`${dataset}`, Number(n)]));
  },
};
