import { newestMarks } from '../log/index.js';
import { type Reader, rowHash, type Table, type Versioned } from '../persistence/index.js';
import type { Fed, Feed } from './world-feed.js';

/** Feeds the rows of a logged table, each held against the newest hash the log names for it. */
export function tableFeed<Row extends Versioned, T>(table: Table<Row>, valueOf: (row: Row) => T): Feed<T> {
  const proven = async (reader: Reader, rows: readonly Row[]): Promise<Fed<T>[]> => {
    const marks = await newestMarks(
      reader,
      table.kind,
      rows.map(({ id }) => id),
    );
    return rows.map((row) => ({
      id: row.id,
      intact: marks.get(row.id)?.hash === rowHash(table.kind, table.plain(reader, row)),
      value: valueOf(row),
    }));
  };
  return {
    kind: table.kind,
    page: async (reader, after, limit) => proven(reader, await table.scan(reader, after, limit)),
    named: async (reader, ids) => proven(reader, await table.findMany(reader, ids)),
  };
}
