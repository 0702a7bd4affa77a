import { type Coarser, DATE, NUMBER, WITHHELD } from '../domain/lowering/steps.js';
import type { Tabular, TabularColumn } from '../reader/tabular.js';

type Dialect = Pick<Tabular, 'dialect'>;

/** Whether a cell matches one of the patterns of `domain/lowering/steps.ts`; they read the same in every database. */
export const matches = ({ dialect }: Dialect, sql: string, pattern: string): string =>
  dialect === 'mysql' ? `${sql} REGEXP '${pattern}'` : `regexp_matches(${sql}, '${pattern}')`;

/** A cell that matches {@link NUMBER}, as a number. */
export const asNumber = ({ dialect }: Dialect, sql: string): string =>
  dialect === 'mysql' ? `CAST(${sql} AS DECIMAL(20, 3))` : `TRY_CAST(${sql} AS DECIMAL(20, 3))`;

const start = (sql: string, length: number): string => `SUBSTR(${sql}, 1, ${Math.floor(length)})`;
const where = (condition: string, then: string): string => `CASE WHEN ${condition} THEN ${then} ELSE '${WITHHELD}' END`;

function valueOf(table: Dialect, sql: string, to: Coarser): string {
  const [whole, text] = table.dialect === 'mysql' ? ['SIGNED', 'CHAR'] : ['BIGINT', 'VARCHAR'];
  switch (to.by) {
    case 'year':
      return where(matches(table, sql, DATE), start(sql, 4));
    case 'decade':
      return where(matches(table, sql, DATE), start(sql, 3));
    case 'band': {
      const band = `CAST(FLOOR(${asNumber(table, sql)} / ${Math.floor(to.width)}) AS ${whole})`;
      return where(matches(table, sql, NUMBER), `CAST(${band} AS ${text})`);
    }
    case 'prefix':
      return start(sql, to.length);
    default:
      return to satisfies never;
  }
}

/**
 * The column as it would be if its values were coarser: falls into the same classes as the cells that
 * `domain/lowering/steps.ts` writes, though a class may be called otherwise.
 */
export const coarserColumn = (table: Dialect, { name, sql }: TabularColumn, to: Coarser): TabularColumn => ({
  name,
  sql: `CASE WHEN COALESCE(${sql}, '') = '' THEN NULL ELSE ${valueOf(table, sql, to)} END`,
});
