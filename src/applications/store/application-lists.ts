import { places, type Reader } from '../../persistence/index.js';
import type { ApplicationFilter, Place, Sight } from '../application-store.js';

/** A piece of SQL with the values of its places, in order. */
export interface Clause {
  readonly sql: string;
  readonly values: readonly unknown[];
}

const all = (clauses: readonly Clause[], between: string): Clause => ({
  sql: clauses.map(({ sql }) => sql).join(between),
  values: clauses.flatMap(({ values }) => values),
});
const clause = (sql: string, ...values: readonly unknown[]): Clause => ({ sql, values });

/** What the caller asks for among the rows they may see. */
function filters({ state, bundle, queue, kind, today }: ApplicationFilter): Clause[] {
  return [
    ...(state === undefined ? [] : [clause('state = ?', state)]),
    ...(bundle === undefined ? [] : [clause('bundle = ?', bundle)]),
    ...(kind === undefined ? [] : [clause(kind === 'sharing' ? "kind = 'sharing'" : 'kind IS NULL')]),
    ...(queue === 'due' ? [clause('due >= ?', today)] : []),
    ...(queue === 'overdue' ? [clause('due < ?', today)] : []),
  ];
}

/** Cases whose ball is with a role of the caller's organisation, and with nobody else of it. */
function mine({ organisation, roles, person }: Sight): Clause[] {
  if (organisation === null || roles.length === 0) return [];
  const turn = clause(`turn_organisation = ? AND turn_role IN (${places(roles)})`, organisation, ...roles);
  return [all([turn, clause('(assignee IS NULL OR assignee = ?)', person)], ' AND ')];
}

/** The ways in which a row comes into the caller's sight: the list's own form of `sees` in domain/separation.ts. */
function ways(sight: Sight): Clause[] {
  const { person, organisation, memberOf, roles, readsAll, reviews } = sight;
  if (readsAll) return [clause('(submitted_at IS NOT NULL OR applicant = ?)', organisation ?? '')];
  if (memberOf !== undefined)
    return [clause(`applicant = ? AND JSON_EXTRACT(body, '$.request.members') LIKE ?`, memberOf, `%"${person}"%`)];
  if (organisation === null) return [];
  const asRole = (which: string): Clause =>
    clause(
      `${which}_organisation = ? AND ${which}_role IN (${places(roles)}) AND submitted_at IS NOT NULL`,
      organisation,
      ...roles,
    );
  return [
    clause('applicant = ?', organisation),
    ...(reviews ? [clause('holder = ? AND submitted_at IS NOT NULL', organisation)] : []),
    ...(roles.length === 0 ? [] : [asRole('turn'), asRole('substitute')]),
  ];
}

/**
 * Ids with the key they are ordered by, each once. One way of sight is one range of one index; several are a union of
 * such ranges, because `OR` over different columns makes both databases read the whole table.
 */
export function rowsInSight(sight: Sight, filter: ApplicationFilter, after: Clause | null = null): Clause | null {
  const seen = filter.queue === 'mine' ? mine(sight) : ways(sight);
  if (seen.length === 0) return null;
  const key = isByDate(filter) ? 'due' : 'created_at';
  const branches = seen.map((way) => {
    const where = all([way, ...filters(filter), ...(after === null ? [] : [after])], ' AND ');
    return { sql: `SELECT id, ${key} FROM applications WHERE ${where.sql}`, values: where.values };
  });
  return all(branches, ' UNION ');
}

const isByDate = ({ queue }: ApplicationFilter): boolean => queue === 'due' || queue === 'overdue';

/** Newest first; the queues of dates by date. */
export const orderOf = (filter: ApplicationFilter): string =>
  isByDate(filter) ? 'due ASC, id ASC' : 'created_at DESC, id DESC';

/** Only what comes after the place in that order; written so that both databases find the range in their index. */
export function afterPlace(reader: Reader, filter: ApplicationFilter, { key, id }: Place): Clause {
  if (isByDate(filter)) return clause('due >= ? AND (due > ? OR id > ?)', key, key, id);
  const at = reader.instantValue(Number(key));
  return clause('created_at <= ? AND (created_at < ? OR id < ?)', at, at, id);
}
