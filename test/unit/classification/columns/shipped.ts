import type { ColumnTypes } from '../../../../src/classification/domain/columns/column-types.js';
import { ColumnProfile, columnRules, findingsOf } from '../../../../src/classification/domain/columns/profile.js';
import type { Finding } from '../../../../src/classification/domain/facts.js';
import { packs } from '../records.js';

/** The column types as shipped, compiled once. */
export const columns: ColumnTypes = (() => {
  const found = packs.current('cn-shanghai');
  if (found === null) throw new Error('no pack cn-shanghai');
  return found.pack.columns;
})();
export const rules = columnRules(columns);

/** A table by its columns: heading and cells. */
export type Table = Readonly<Record<string, readonly string[]>>;

export function recognise(table: Table, compiled = rules): readonly (readonly Finding[])[] {
  const profiles = Object.entries(table).map(([name, cells]) => {
    const profile = new ColumnProfile(name, compiled);
    for (const cell of cells) profile.add(cell);
    return profile;
  });
  return findingsOf(profiles);
}

/** Types found in each column, in the order of the columns. */
export const typesIn = (table: Table, compiled = rules): string[][] =>
  recognise(table, compiled).map((findings) => findings.map(({ type }) => type));

export const times = <One>(count: number, make: (index: number) => One): One[] =>
  Array.from({ length: count }, (_, index) => make(index));
