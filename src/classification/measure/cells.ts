import type { Answered, Tabular, TabularColumn } from '../reader/tabular.js';

/**
 * A cell as it is compared: byte by byte in either database (MySQL's collations would take `a` for `A` and `x` for `x `),
 * with the empty text read as missing.
 */
export function compared(table: Pick<Tabular, 'dialect'>, { sql }: Pick<TabularColumn, 'sql'>): string {
  return table.dialect === 'mysql' ? `NULLIF(CAST(${sql} AS BINARY), '')` : `NULLIF(${sql}, '')`;
}

/** A sum that is answered as a whole number, 0 over no rows. */
export const total = ({ dialect }: Pick<Tabular, 'dialect'>, what: string): string =>
  `CAST(COALESCE(SUM(${what}), 0) AS ${dialect === 'mysql' ? 'SIGNED' : 'BIGINT'})`;

/** A condition as 1 or 0. */
export const flag = (condition: string): string => `CASE WHEN ${condition} THEN 1 ELSE 0 END`;

/** Written where a value was withheld. */
export const SUPPRESSED = '*';

/** True where every one of the compared cells was withheld. */
export const allSuppressed = (names: readonly string[]): string =>
  names.map((name) => `COALESCE(${name}, '') = '${SUPPRESSED}'`).join(' AND ');

/** True where at least one of the compared cells was withheld. */
export const anySuppressed = (names: readonly string[]): string =>
  names.map((name) => `COALESCE(${name}, '') = '${SUPPRESSED}'`).join(' OR ');

/** The names q0, q1, … under which compared cells are grouped. */
export const groupNames = (columns: readonly TabularColumn[]): string[] => columns.map((_, index) => `q${index}`);

/** Rows of compared cells: `q0, q1, …` of the columns, and `v` of the attribute when one is asked for. */
export function cellsOf(table: Tabular, columns: readonly TabularColumn[], attribute?: TabularColumn): string {
  const named = columns.map((column, index) => `${compared(table, column)} AS q${index}`);
  const all = attribute === undefined ? named : [...named, `${compared(table, attribute)} AS v`];
  return `SELECT ${all.join(', ')} FROM ${table.relation}`;
}

/** A cell as groups are formed by it. */
const grouped = (table: Tabular, column: TabularColumn): string => column.exact ?? compared(table, column);

/** Rows like those of `cellsOf`, of cells as groups are formed by them. */
export function keysOf(table: Tabular, columns: readonly TabularColumn[], attribute?: TabularColumn): string {
  const named = columns.map((column, index) => `${grouped(table, column)} AS q${index}`);
  const all = attribute === undefined ? named : [...named, `${grouped(table, attribute)} AS v`];
  return `SELECT ${all.join(', ')} FROM ${table.relation}`;
}

/** True where every one of the cells that a group was formed by was withheld: a number or a day never is. */
export const allWithheld = (columns: readonly TabularColumn[]): string =>
  columns.some(({ exact }) => exact !== undefined) ? 'FALSE' : allSuppressed(groupNames(columns));

/** The one row of counts that a question answers; what is missing counts as 0. */
export async function counted<Name extends string>(
  table: Tabular,
  sql: string,
  names: readonly Name[],
): Promise<Readonly<Record<Name, number>>> {
  const [row] = await table.ask<Answered>(sql);
  return Object.fromEntries(names.map((name) => [name, Number(row?.[name] ?? 0)])) as Record<Name, number>;
}
