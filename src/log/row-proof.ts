import type { Reader, StoredRow, Table, Versioned } from '../persistence/index.js';
import { namedIds, newestMarks, type NewestMark } from './store/log-reader.js';

/** A row held against the log; `mark` is what the log's newest entry about it left behind, if any entry names it. */
export interface Proven<Row> {
  readonly row: Row;
  /** False where a hand left something in the row that is no value: a member of it is null that never is. */
  readonly isReadable: boolean;
  readonly intact: boolean;
  readonly mark: NewestMark | undefined;
}

/** How often a row is read again that a command may just be changing; after that it counts as not proven. */
const READINGS = 4;

/**
 * Holds rows against the log: intact is a row that is, to the letter, the newest one the log names for its key. An
 * edited, added or put-back row is not. A command that commits between the reading of a row and of its mark is not
 * taken for a forgery: a row that differs is read again until its mark has stood still. Answers in the order given.
 */
export async function provenRows<Row extends Versioned>(
  reader: Reader,
  table: Table<Row>,
  rows: readonly StoredRow<Row>[],
): Promise<Proven<Row>[]> {
  const judged = new Map<string, Proven<Row>>();
  let doubtful = rows;
  let before: ReadonlyMap<string, NewestMark> | undefined;
  for (let reading = 0; reading < READINGS && doubtful.length > 0; reading++) {
    const ids = doubtful.map(({ row }) => row.id);
    const read = before === undefined ? doubtful : await table.findStored(reader, ids);
    const marks = await newestMarks(reader, table.kind, ids);
    for (const stored of read) {
      const mark = marks.get(stored.row.id);
      const { row, isReadable } = stored;
      judged.set(row.id, { row, isReadable, mark, intact: stored.isOf(mark?.hash) });
    }
    const settled = ({ row: { id } }: StoredRow<Row>): boolean =>
      judged.get(id)?.intact === true || (before !== undefined && before.get(id)?.position === marks.get(id)?.position);
    doubtful = read.filter((stored) => !settled(stored));
    before = marks;
  }
  const unjudged = { intact: false, mark: undefined };
  return rows.map(({ row, isReadable }) => judged.get(row.id) ?? { row, isReadable, ...unjudged });
}

/** Some of the rows the log has left behind that are gone from their table; `next` is where to go on. */
export interface Missing {
  readonly missing: readonly NewestMark[];
  readonly next: string | null;
}

export async function missingRows<Row extends Versioned>(
  reader: Reader,
  table: Table<Row>,
  after: string,
  limit: number,
): Promise<Missing> {
  const ids = await namedIds(reader, table.kind, after, limit);
  const present = await table.present(reader, ids);
  const absent = ids.filter((id) => !present.has(id));
  const marks = absent.length === 0 ? [] : [...(await newestMarks(reader, table.kind, absent)).values()];
  return {
    missing: marks.filter(({ hash }) => hash !== null),
    next: ids.length < limit ? null : (ids.at(-1) ?? null),
  };
}
