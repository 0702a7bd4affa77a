import { provenRows } from '../log/index.js';
import type { Reader, Table, Versioned } from '../persistence/index.js';
import type { Fed, Feed } from './world-feed.js';

/** Feeds the rows of a logged table, each held against the newest hash the log names for it. */
export function tableFeed<Row extends Versioned, T>(table: Table<Row>, valueOf: (row: Row) => T): Feed<T> {
  const fed = async (reader: Reader, rows: readonly Row[]): Promise<Fed<T>[]> =>
    (await provenRows(reader, table, rows)).map(({ row, intact }) => ({ id: row.id, intact, value: valueOf(row) }));
  return {
    kind: table.kind,
    page: async (reader, after, limit) => fed(reader, await table.scan(reader, after, limit)),
    named: async (reader, ids) => fed(reader, await table.findMany(reader, ids)),
  };
}
