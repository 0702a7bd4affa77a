import type { ClassCounts, ValueCounts } from '../domain/risk/figures.js';
import type { Tabular, TabularColumn } from '../reader/tabular.js';
import { allWithheld, anySuppressed, cellsOf, counted, flag, groupNames, keysOf, total } from './cells.js';
import { classesWithValues } from './classes-with-values.js';

/**
 * Counts the classes of one set of columns, in one pass. `least`: classes smaller than this are exposed. `shown`: classes
 * smaller than this are left out, as if they were withheld; what is missing from `records` then is they.
 */
export function classCounts(
  table: Tabular,
  columns: readonly TabularColumn[],
  least: number,
  shown = 1,
): Promise<ClassCounts> {
  const names = groupNames(columns);
  const list = names.join(', ');
  const classes = `SELECT ${list}, COUNT(*) AS n FROM (${keysOf(table, columns)}) AS cells_read GROUP BY ${list}
    HAVING COUNT(*) >= ${Math.ceil(shown)}`;
  const judged = `SELECT n, ${flag(allWithheld(columns))} AS withheld FROM (${classes}) AS classes_found`;
  return counted(
    table,
    `SELECT ${total(table, 'n * (1 - withheld)')} AS records, ${total(table, 'n * withheld')} AS suppressed,
      ${total(table, '1 - withheld')} AS classes, MIN(CASE WHEN withheld = 0 THEN n END) AS smallest,
      ${total(table, flag(`withheld = 0 AND n < ${Math.ceil(least)}`) + ' * n')} AS exposed,
      ${total(table, flag('withheld = 0 AND n = 1'))} AS alone
    FROM (${judged}) AS classes_judged`,
    ['records', 'suppressed', 'classes', 'smallest', 'exposed', 'alone'],
  );
}

/** Counts the different values of an attribute inside each class that has at least `shown` records. */
export async function valueCounts(
  table: Tabular,
  columns: readonly TabularColumn[],
  attribute: TabularColumn,
  shown = 1,
): Promise<ValueCounts> {
  const classes = await classesWithValues(table, columns, attribute);
  return counted(
    table,
    `SELECT ${total(table, 'n')} AS records, MIN(l) AS fewest, ${total(table, `${flag('l = 1')} * n`)} AS told
    FROM (${classes}) AS classes_found WHERE n >= ${Math.ceil(shown)}`,
    ['records', 'fewest', 'told'],
  );
}

/**
 * Records that are alone by these columns and not by any one fewer; and how many are alone by them at all. A record in
 * which one of the columns is withheld is not singled out by that column, but still hides others.
 */
export function uniqueCounts(table: Tabular, columns: readonly TabularColumn[]): Promise<UniqueCounts> {
  const names = groupNames(columns);
  const list = names.join(', ');
  const sums = names.map((_, left) => {
    const rest = names.filter((__, index) => index !== left).join(', ');
    return `SUM(n) OVER (${rest === '' ? '' : `PARTITION BY ${rest}`}) AS s${left}`;
  });
  const shown = `${flag(anySuppressed(names))} AS withheld`;
  const classes = `SELECT ${list}, COUNT(*) AS n FROM (${cellsOf(table, columns)}) AS cells_read GROUP BY ${list}`;
  const alone = 'withheld = 0 AND n = 1';
  const minimal = [alone, ...names.map((_, index) => `s${index} > 1`)].join(' AND ');
  return counted(
    table,
    `SELECT ${total(table, flag(minimal))} AS minimal, ${total(table, flag(alone))} AS alone, ${total(table, 'n')} AS records
    FROM (SELECT n, ${shown}, ${sums.join(', ')} FROM (${classes}) AS classes_found) AS classes_judged`,
    ['minimal', 'alone', 'records'],
  );
}

export interface UniqueCounts {
  readonly minimal: number;
  readonly alone: number;
  readonly records: number;
}
