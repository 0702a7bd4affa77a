import type { Ladder, Rung } from '../domain/lowering/lattice.js';
import { type Coarser, DATE, NUMBER } from '../domain/lowering/steps.js';
import type { Tabular, TabularColumn } from '../reader/tabular.js';
import { cellsOf, compared, counted, flag, total } from './cells.js';
import { asNumber, coarserColumn, matches } from './coarser.js';

/** What the cells of a column look like, as far as it decides how they can be made coarser. */
interface Shape {
  readonly filled: number;
  readonly dates: number;
  readonly numbers: number;
  readonly shortest: number;
  readonly longest: number;
  readonly low: number;
  readonly high: number;
  readonly different: number;
}

const lengthOf = ({ dialect }: Tabular, sql: string): string =>
  `${dialect === 'mysql' ? 'CHAR_LENGTH' : 'LENGTH'}(${sql})`;

function shapeOf(table: Tabular, column: TabularColumn): Promise<Shape> {
  const { sql } = column;
  const isNumber = matches(table, sql, NUMBER);
  const number = `CASE WHEN ${isNumber} THEN ${asNumber(table, sql)} END`;
  return counted(
    table,
    `SELECT COUNT(*) AS filled, ${total(table, flag(matches(table, sql, DATE)))} AS dates,
      ${total(table, flag(isNumber))} AS numbers, MIN(${lengthOf(table, sql)}) AS shortest,
      MAX(${lengthOf(table, sql)}) AS longest, MIN(${number}) AS low, MAX(${number}) AS high,
      COUNT(DISTINCT ${compared(table, column)}) AS different
    FROM ${table.relation} WHERE COALESCE(${sql}, '') <> ''`,
    ['filled', 'dates', 'numbers', 'shortest', 'longest', 'low', 'high', 'different'],
  );
}

/** A column is of a kind when nearly all of its cells are; the others are withheld by the step. */
const NEARLY_ALL = 0.95;
/** Bands that a column of numbers is cut into, from fine to rough. */
const BANDS = [20, 10, 5, 3];

/** The next width above that people would choose: 1, 2, 5, 10, 20, 50, … */
export function roundWidth(width: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, width)));
  return [1, 2, 5, 10].map((step) => step * power).find((step) => step >= width) ?? 10 * power;
}

/** How such cells can be made coarser, from fine to rough. */
function waysOf({ filled, dates, numbers, shortest, longest, low, high, different }: Shape): readonly Coarser[] {
  if (filled === 0) return [];
  const prefixes = (lengths: readonly number[]): Coarser[] => lengths.map((length) => ({ by: 'prefix', length }));
  if (dates >= filled * NEARLY_ALL) return [{ by: 'year' }, { by: 'decade' }];
  if (numbers >= filled * NEARLY_ALL) {
    if (shortest === longest && longest >= 5)
      return prefixes([longest - 2, longest - 4].filter((length) => length > 1));
    const widths = new Set(BANDS.map((bands) => roundWidth((high - low) / bands)).filter((width) => width > 1));
    return [...widths].map((width) => ({ by: 'band', width }));
  }
  return different > 10 ? prefixes([6, 3].filter((length) => length < longest)) : [];
}

/** Entropy of a column in nats, over all records; a missing value is a value. */
async function entropyOf(table: Tabular, column: TabularColumn): Promise<number> {
  const groups = `SELECT COUNT(*) AS n FROM (${cellsOf(table, [column])}) AS cells_read GROUP BY q0`;
  const { weighed, records } = await counted(
    table,
    `SELECT SUM(n * LN(n)) AS weighed, ${total(table, 'n')} AS records FROM (${groups}) AS groups_found`,
    ['weighed', 'records'],
  );
  return records === 0 ? 0 : Math.max(0, Math.log(records) - weighed / records);
}

/** Sums of logarithms come in any order; beyond this they are noise, and a recipe is the same on every run. */
const rounded = (share: number): number => Math.round(share * 1e6) / 1e6;

/** Every way the column may stay, with the share of its entropy that is left; ways that change nothing are left out. */
export async function ladderOf(table: Tabular, column: TabularColumn): Promise<Ladder> {
  const whole = await entropyOf(table, column);
  const rungs: Rung[] = [{ to: 'as-is', kept: 1 }];
  const ways = whole === 0 ? [] : waysOf(await shapeOf(table, column));
  for (const to of ways) {
    const kept = rounded((await entropyOf(table, coarserColumn(table, column, to))) / whole);
    if (kept < (rungs.at(-1)?.kept ?? 0) && kept > 0) rungs.push({ to, kept });
  }
  return { column: column.name, rungs: [...rungs, { to: 'drop', kept: 0 }] };
}
