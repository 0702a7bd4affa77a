import type { BeforeAfter } from '../domain/lowering/lowering.js';
import { diversityOf, figuresOf } from '../domain/risk/figures.js';
import { notAssessed } from '../domain/risk/risk.js';
import type { Tabular, TabularColumn } from '../reader/tabular.js';
import { classCounts, valueCounts } from './class-counts.js';

/** Figures on some columns of a table in which classes smaller than `shown` are withheld, for people who compare. */
export async function figuresOn(
  table: Tabular,
  columns: readonly TabularColumn[],
  attributes: readonly TabularColumn[],
  least: number,
  shown = 1,
): Promise<BeforeAfter> {
  const names = columns.map(({ name }) => name);
  if (columns.length === 0) return { columns: names, figures: notAssessed('no-quasi-identifiers'), diversity: [] };
  const counts = await classCounts(table, columns, least, shown);
  const suppressed = table.rows - counts.records;
  const diversity = [];
  for (const attribute of attributes) {
    if (names.includes(attribute.name)) continue;
    const values = await valueCounts(table, columns, attribute, shown);
    diversity.push({ attribute: attribute.name, diversity: diversityOf(values) });
  }
  return { columns: names, figures: figuresOf({ ...counts, suppressed }), diversity };
}
