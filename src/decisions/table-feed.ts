import { provenRows } from '../log/index.js';
import type { Reader, StoredRow, Table, Versioned } from '../persistence/index.js';
import type { Fed, Feed } from './world-feed.js';

/** Feeds the rows of a logged table, each held against the newest hash the log names for it. */
export function tableFeed<Row extends Versioned, T>(table: Table<Row>, valueOf: (row: Row) => T): Feed<T> {
  const fed = async (reader: Reader, rows: readonly StoredRow<Row>[]): Promise<Fed<T>[]> =>
    (await provenRows(reader, table, rows)).map(({ row, intact, isReadable }) => ({
      id: row.id,
      intact,
      value: isReadable ? valueOf(row) : null,
    }));
  return {
    kind: table.kind,
    page: async (reader, after, limit) => fed(reader, await table.scanStored(reader, after, limit)),
    named: async (reader, ids) => fed(reader, await table.findStored(reader, ids)),
  };
}
