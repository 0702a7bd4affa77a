import type { FusionCounts } from '../domain/risk/fusion.js';
import type { Tabular } from '../reader/tabular.js';
import { counted, flag, SUPPRESSED, total } from './cells.js';

/** Name of the column that says from which table a record is: `1` or `2`. */
export const SIDE = 'side';

/**
 * Counts over two tables that lie in one: the first column says which, the others are the shared ones, written alike; of
 * them those that are named, or all. A record in which one of these is missing or withheld links with nothing.
 */
export function fusionCounts(table: Tabular, names?: readonly string[]): Promise<FusionCounts> {
  const [side, ...columns] = table.columns;
  const shared = columns.filter(({ name }) => names === undefined || names.includes(name));
  if (side === undefined || shared.length === 0)
    throw new RangeError('two tables in one need a side and a shared column');
  const list = shared.map(({ sql }) => sql).join(', ');
  const shown = shared.map(({ sql }) => `${sql} IS NOT NULL AND ${sql} <> '${SUPPRESSED}'`).join(' AND ');
  const of = (which: 1 | 2): string => `SUM(${flag(`${side.sql} = '${which}'`)})`;
  const classes = `SELECT ${list}, ${of(1)} AS a, ${of(2)} AS b FROM ${table.relation} WHERE ${shown} GROUP BY ${list}`;
  const both = 'a > 0 AND b > 0';
  return counted(
    table,
    `SELECT ${total(table, 'a')} AS first, ${total(table, 'b')} AS second,
      MIN(CASE WHEN a > 0 THEN a END) AS kFirst, MIN(CASE WHEN b > 0 THEN b END) AS kSecond,
      ${total(table, `${flag(both)} * a`)} AS matchedFirst, ${total(table, `${flag(both)} * b`)} AS matchedSecond,
      ${total(table, flag('a = 1 AND b = 1'))} AS certain,
      MIN(CASE WHEN ${both} THEN CASE WHEN a < b THEN a ELSE b END END) AS kJoined,
      ${total(table, 'a * b')} AS pairs,
      ${total(table, 'a * (a - 1)')} AS withinFirst, ${total(table, 'b * (b - 1)')} AS withinSecond
    FROM (${classes}) AS classes_found`,
    [
      ...(['first', 'second', 'kFirst', 'kSecond', 'matchedFirst', 'matchedSecond'] as const),
      ...(['certain', 'kJoined', 'pairs', 'withinFirst', 'withinSecond'] as const),
    ],
  );
}
