import type { ColumnRules, ReadyWay } from '../../domain/columns/column-rules.js';
import { saidBy, waysUnder } from '../../domain/columns/column-rules.js';
import type { ColumnTally } from '../../domain/columns/tally.js';
import type { Tabular } from '../tabular.js';
import { cleanedCell } from './clean-cell.js';
import { fitIn } from './fit.js';
import { type Form, formOf } from './forms.js';

type Lists = Readonly<Record<string, readonly string[]>>;

/** What was counted in the columns, and the ways of recognising that have no form in SQL. */
export interface Counted {
  readonly tallies: readonly ColumnTally[];
  readonly notAsked: readonly string[];
}

interface Question {
  readonly index: number;
  readonly ready: ReadyWay;
  readonly form: Form;
}

const times = (condition: string): string => `COALESCE(SUM(n * (CASE WHEN ${condition} THEN 1 ELSE 0 END)), 0)`;

/** Counts one way: cells it accepts as `m`, cells of its shape as `c`. */
function countsOf({ index, ready, form }: Question): string[] {
  const fits = fitIn(ready.validator.fit, 'v');
  const looks = form.shape === undefined ? fits : `${fits} AND ${form.shape}`;
  const accepted = `${times(`${looks} AND ${form.test}`)} AS m${index}`;
  return form.shape === undefined ? [accepted] : [accepted, `${times(looks)} AS c${index}`];
}

/** The one statement that counts a column: equal cells are looked at once, and only numbers come back. */
export function statementOf(table: Tabular, column: string, questions: readonly Question[]): string {
  const cells = `SELECT v, COUNT(*) AS n FROM (SELECT ${cleanedCell(column)} AS v FROM ${table.relation}) AS cleaned
    WHERE v <> '' GROUP BY v`;
  const counts = ['COALESCE(SUM(n), 0) AS sample', ...questions.flatMap(countsOf)];
  return `SELECT ${counts.join(',\n')} FROM (${cells}) AS counted`;
}

/** Counts what the columns of a table in a database look like; the cells stay where they are. */
export async function countColumns(table: Tabular, rules: ColumnRules, lists: Lists): Promise<Counted> {
  const tallies: ColumnTally[] = [];
  const notAsked = new Set<string>();
  for (const { name: item, sql } of table.columns) {
    const questions = waysUnder(saidBy(item, rules), rules).flatMap((index) => {
      const ready = rules.ways[index];
      const form = ready === undefined ? null : formOf(ready, lists, 'v');
      if (ready !== undefined && form === null) notAsked.add(ready.way.rule);
      return ready === undefined || form === null ? [] : [{ index, ready, form }];
    });
    const [row = {}] = await table.ask<Record<string, number>>(statementOf(table, sql, questions));
    const matched = rules.ways.map((_, index) => Number(row[`m${index}`] ?? 0));
    const looked = rules.ways.map((_, index) => Number(row[`c${index}`] ?? row[`m${index}`] ?? 0));
    tallies.push({ item, sampleSize: Number(row['sample'] ?? 0), matches: matched, candidates: looked });
  }
  return { tallies, notAsked: [...notAsked].sort() };
}
