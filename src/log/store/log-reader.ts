import { In, LessThan, MoreThan } from 'typeorm';
import { grouped, valueAt } from '../../kernel/grouped.js';
import type { Instant } from '../../kernel/time.js';
import { places, type Reader } from '../../persistence/index.js';
import type { LogEntry } from '../domain/entry.js';
import { LogPersonalRecord, LogRecord, LogRowRecord } from './log-entities.js';

export interface EntryQuery {
  readonly after: number;
  readonly limit: number;
  readonly subject?: SubjectFilter;
}

/** All subjects of a kind, or one of them. */
export interface SubjectFilter {
  readonly kind: string;
  readonly id?: string;
}

export interface StoredEntry extends LogEntry {
  readonly leaf: string;
  /** Personal values that have not been erased, with their salts. */
  readonly personal: readonly { readonly name: string; readonly salt: string; readonly value: string | null }[];
}

/** Subjects asked for in one statement. */
const SUBJECTS = 100;

export type ToldEntry = Pick<LogEntry, 'position' | 'at' | 'event' | 'actor' | 'data'>;

/** A row the log says has changed. */
export interface ChangedRow {
  readonly kind: string;
  readonly id: string;
  readonly position: number;
}

export async function headPosition(reader: Reader): Promise<number> {
  const [head] = await reader.manager.query('SELECT position FROM log_head WHERE id = 1');
  return Number(head?.position ?? 0);
}

/** When the newest entry was written; null while there is none. */
export async function newestTime(reader: Reader): Promise<Instant | null> {
  const [newest] = await reader.manager.find(LogRecord, { order: { position: 'DESC' }, take: 1 });
  return newest?.at ?? null;
}

/** Entries in order, with the rows they name and the personal values still kept. */
export async function entries(reader: Reader, { after, limit, subject }: EntryQuery): Promise<StoredEntry[]> {
  const where = { position: MoreThan(after), ...subjectWhere(subject) };
  return whole(reader, await reader.manager.find(LogRecord, { where, order: { position: 'ASC' }, take: limit }));
}

/** What was told of one subject, in order: without the rows the entries name and the personal values beside them. */
export async function toldOf(
  reader: Reader,
  { kind, id }: Required<SubjectFilter>,
  { after, limit }: Omit<EntryQuery, 'subject'>,
): Promise<ToldEntry[]> {
  return reader.manager.find(LogRecord, {
    select: { position: true, at: true, event: true, actor: true, data: true },
    where: { subjectKind: kind, subjectId: id, position: MoreThan(after) },
    order: { position: 'ASC' },
    take: limit,
  });
}

/** The same of several subjects of a kind at once: of each what was told of it, in order; of these events only, where they are given. */
export async function toldOfEach(
  reader: Reader,
  kind: string,
  ids: readonly string[],
  events?: readonly string[],
): Promise<ReadonlyMap<string, readonly ToldEntry[]>> {
  const told = new Map<string, ToldEntry[]>(ids.map((id) => [id, []]));
  for (let start = 0; start < ids.length; start += SUBJECTS) {
    const found = await reader.manager.find(LogRecord, {
      select: { position: true, at: true, event: true, actor: true, data: true, subjectId: true },
      where: {
        subjectKind: kind,
        subjectId: In(ids.slice(start, start + SUBJECTS)),
        ...(events === undefined ? {} : { event: In([...events]) }),
      },
    });
    for (const { subjectId, ...entry } of found) told.get(subjectId)?.push(entry);
  }
  for (const entries of told.values()) entries.sort((one, other) => one.position - other.position);
  return told;
}

/** The same as `entries`, newest first, of those before a position. */
export async function newestEntries(
  reader: Reader,
  { before, limit, subject }: Omit<EntryQuery, 'after'> & { readonly before: number },
): Promise<StoredEntry[]> {
  const where = { position: LessThan(before), ...subjectWhere(subject) };
  return whole(reader, await reader.manager.find(LogRecord, { where, order: { position: 'DESC' }, take: limit }));
}

async function whole(reader: Reader, records: readonly LogRecord[]): Promise<StoredEntry[]> {
  if (records.length === 0) return [];
  const positions = records.map((record) => record.position);
  const rows = await reader.manager.find(LogRowRecord, { where: { position: In(positions) } });
  const personal = await reader.manager.find(LogPersonalRecord, { where: { position: In(positions) } });
  return records.map(({ subjectKind, subjectId, ...record }) => ({
    ...record,
    subject: { kind: subjectKind, id: subjectId },
    rows: rows
      .filter((row) => row.position === record.position)
      .map(({ kind, rowId, hash }) => ({ kind, id: rowId, hash })),
    personal: personal.filter((value) => value.position === record.position),
  }));
}

const subjectWhere = (subject: SubjectFilter | undefined) => ({
  ...(subject === undefined ? {} : { subjectKind: subject.kind }),
  ...(subject?.id === undefined ? {} : { subjectId: subject.id }),
});

/** Positions begin with one and leave none out, so that nobody has to count the whole log. */
export const countEntries = (reader: Reader, subject?: SubjectFilter): Promise<number> =>
  subject === undefined ? headPosition(reader) : reader.manager.countBy(LogRecord, subjectWhere(subject));

export async function changedRows(reader: Reader, after: number, upTo: number): Promise<ChangedRow[]> {
  const sql = 'SELECT kind, row_id AS id, position FROM log_row WHERE position > ? AND position <= ? ORDER BY position';
  const rows = await reader.manager.query(sql, [after, upTo]);
  return rows.map((row: { kind: string; id: string; position: number | string }) => ({
    ...row,
    position: Number(row.position),
  }));
}

/** To what an entry happened; the entry itself is left where it is. */
export interface TouchedSubject {
  readonly position: number;
  readonly at: Instant;
  readonly kind: string;
  readonly id: string;
}

/** Of every entry after a position, in order; by the log's own key, whatever the kinds. */
export async function touchedSubjects(reader: Reader, after: number, limit: number): Promise<TouchedSubject[]> {
  const found = await reader.manager.find(LogRecord, {
    select: { position: true, at: true, subjectKind: true, subjectId: true },
    where: { position: MoreThan(after) },
    order: { position: 'ASC' },
    take: limit,
  });
  return found.map(({ position, at, subjectKind, subjectId }) => ({ position, at, kind: subjectKind, id: subjectId }));
}

export interface NewestMark {
  readonly id: string;
  readonly hash: string | null;
  readonly position: number;
}

/** The newest mark of each of these rows of a kind, by their ids. */
export async function newestMarks(
  reader: Reader,
  kind: string,
  ids: readonly string[],
): Promise<Map<string, NewestMark>> {
  const rows = ids.map((id) => ({ kind, id }));
  return (await newestMarksOfEach(reader, rows)).get(kind) ?? new Map<string, NewestMark>();
}

/** The same of rows of several kinds, asked for together. */
export async function newestMarksOfEach(
  reader: Reader,
  rows: readonly { readonly kind: string; readonly id: string }[],
): Promise<ReadonlyMap<string, Map<string, NewestMark>>> {
  const marks = new Map<string, Map<string, NewestMark>>();
  for (let start = 0; start < rows.length; start += MARKS) {
    const kinds = [...grouped(rows.slice(start, start + MARKS), ({ kind }) => kind)];
    const sql = kinds.map(([, of]) => marksSql(of)).join(' UNION ALL ');
    const values = kinds.flatMap(([kind, of]) => [kind, ...of.map(({ id }) => id)]);
    for (const { kind, id, hash, position } of await reader.manager.query(sql, values))
      valueAt(marks, kind, () => new Map()).set(id, { id, hash, position: Number(position) });
  }
  return marks;
}
const MARKS = 500;

const marksSql = (of: readonly unknown[]): string => `SELECT r.kind, r.row_id AS id, r.hash, r.position FROM log_row r
  WHERE r.kind = ? AND r.row_id IN (${places(of)})
    AND r.position = (SELECT MAX(n.position) FROM log_row n WHERE n.kind = r.kind AND n.row_id = r.row_id)`;

/** Ids of a kind that the log has ever named, after an id, in order. */
export async function namedIds(reader: Reader, kind: string, afterId: string, limit: number): Promise<string[]> {
  const sql = `SELECT DISTINCT row_id AS id FROM log_row WHERE kind = ? AND row_id > ? ORDER BY row_id LIMIT ${Math.trunc(limit)}`;
  return (await reader.manager.query(sql, [kind, afterId])).map((row: { id: string }) => row.id);
}
