import type { Answered, Tabular, TabularColumn } from '../reader/tabular.js';
import { allWithheld, groupNames, keysOf, total } from './cells.js';

/** Values that one word holds, a bit for each. */
const WORD = 64;
/** Words a class may hold: beyond, its pairs with every value are counted one by one. */
const WORDS = 4;

/**
 * Classes of records that were not withheld, with `n` records and `l` different values of the attribute; a missing value
 * is a value. Few values are numbered, and each class holds a bit for each: one word in place of a group for every pair,
 * of which there can be as many as records.
 */
export async function classesWithValues(
  table: Tabular,
  columns: readonly TabularColumn[],
  attribute: TabularColumn,
): Promise<string> {
  if (table.dialect === 'mysql') return byPairs(table, columns, attribute);
  const values = `SELECT DISTINCT v FROM (${keysOf(table, columns, attribute)}) AS cells_read`;
  const [row] = await table.ask<Answered>(`SELECT COUNT(*) AS n FROM (${values} LIMIT ${WORD * WORDS + 1}) AS found`);
  const different = Number(row?.['n'] ?? 0);
  return different > WORD * WORDS ? byPairs(table, columns, attribute) : byBits(table, columns, attribute, different);
}

function byPairs(table: Tabular, columns: readonly TabularColumn[], attribute: TabularColumn): string {
  const list = groupNames(columns).join(', ');
  const pairs = `SELECT ${list}, v, COUNT(*) AS n FROM (${keysOf(table, columns, attribute)}) AS cells_read
    WHERE NOT (${allWithheld(columns)}) GROUP BY ${list}, v`;
  return `SELECT ${total(table, 'n')} AS n, COUNT(*) AS l FROM (${pairs}) AS pairs_found GROUP BY ${list}`;
}

/** Each value's bit is computed once, in the small table of values, and not for every record. */
function byBits(
  table: Tabular,
  columns: readonly TabularColumn[],
  attribute: TabularColumn,
  different: number,
): string {
  const words = Array.from({ length: Math.max(1, Math.ceil(different / WORD)) }, (_, word) => word);
  const bits = words.map(
    (word) =>
      `CASE WHEN number // ${WORD} = ${word} THEN 1::UBIGINT << (number % ${WORD}) ELSE 0::UBIGINT END AS w${word}`,
  );
  const cells = keysOf(table, columns, attribute);
  const values = `SELECT v, row_number() OVER () - 1 AS number FROM (SELECT DISTINCT v FROM (${cells}) AS cells_read) AS found`;
  const numbered = `SELECT v AS value, ${bits.join(', ')} FROM (${values}) AS values_found`;
  return `SELECT COUNT(*) AS n, ${words.map((word) => `bit_count(bit_or(w${word}))::BIGINT`).join(' + ')} AS l
    FROM (${cells}) AS cells_read JOIN (${numbered}) AS numbered ON v IS NOT DISTINCT FROM value
    WHERE NOT (${allWithheld(columns)}) GROUP BY ${groupNames(columns).join(', ')}`;
}
