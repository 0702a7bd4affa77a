import { places } from './places.js';
import type { Transaction } from './transaction.js';

/**
 * Takes numbers that are given one after another, in one statement, and says the last of them. `series` are the columns
 * of the table that name whose numbers they are; `given` counts. The row is held until the command ends, that of a new
 * series too, so that there are no gaps.
 */
export async function takeNumbers(
  tx: Transaction,
  table: string,
  series: Readonly<Record<string, string | number>>,
  count = 1,
): Promise<number> {
  const columns = Object.keys(series);
  const [first, again] =
    tx.dialect === 'mysql'
      ? ['LAST_INSERT_ID(?)', 'ON DUPLICATE KEY UPDATE given = LAST_INSERT_ID(given + ?)']
      : ['?', 'ON CONFLICT DO UPDATE SET given = given + ? RETURNING given'];
  const given = `${places(columns)}, ${first}`;
  const taken = await tx.manager.query(
    `INSERT INTO ${table} (${columns.join(', ')}, given) VALUES (${given}) ${again}`,
    [...Object.values(series), count, count],
  );
  return Number(tx.dialect === 'mysql' ? taken.insertId : taken[0].given);
}
