import type { ClassCounts, ValueCounts } from '../../../src/classification/domain/risk/figures.js';
import type { UniqueBy } from '../../../src/classification/domain/risk/risk.js';
import type { Rows } from './tables.js';

/** The figures counted the slow and plain way, to compare with what databases answer. */
const keyOf = (row: Rows[number], set: readonly number[]): string =>
  JSON.stringify(set.map((index) => row[index] || null));
const isWithheld = (row: Rows[number], set: readonly number[]): boolean => set.every((index) => row[index] === '*');

function classesOf(rows: Rows, set: readonly number[]): Map<string, Rows[number][]> {
  const classes = new Map<string, Rows[number][]>();
  for (const row of rows) {
    const key = keyOf(row, set);
    classes.set(key, [...(classes.get(key) ?? []), row]);
  }
  return classes;
}

export function classesByHand(rows: Rows, set: readonly number[], least: number): ClassCounts {
  const shown = rows.filter((row) => !isWithheld(row, set));
  const sizes = [...classesOf(shown, set).values()].map((members) => members.length);
  const sum = (list: readonly number[]): number => list.reduce((a, b) => a + b, 0);
  return {
    records: shown.length,
    suppressed: rows.length - shown.length,
    classes: sizes.length,
    smallest: sizes.length === 0 ? 0 : Math.min(...sizes),
    exposed: sum(sizes.filter((size) => size < least)),
    alone: sizes.filter((size) => size === 1).length,
  };
}

export function valuesByHand(rows: Rows, set: readonly number[], attribute: number): ValueCounts {
  const classes = [
    ...classesOf(
      rows.filter((row) => !isWithheld(row, set)),
      set,
    ).values(),
  ];
  const varieties = classes.map((members) => ({
    records: members.length,
    values: new Set(members.map((row) => row[attribute] || null)).size,
  }));
  return {
    records: varieties.reduce((sum, { records }) => sum + records, 0),
    fewest: varieties.length === 0 ? 0 : Math.min(...varieties.map(({ values }) => values)),
    told: varieties.reduce((sum, { records, values }) => sum + (values === 1 ? records : 0), 0),
  };
}

/** Every minimal unique set of every record, by trying all sets of columns on all records. */
export function uniquesByHand(rows: Rows, names: readonly string[], largest: number): UniqueBy[] {
  const sets = Array.from({ length: 2 ** names.length - 1 }, (_, index) =>
    names.flatMap((__, column) => (((index + 1) >> column) & 1 ? [column] : [])),
  );
  const alone = (row: Rows[number], set: readonly number[]): boolean =>
    rows.filter((other) => keyOf(other, set) === keyOf(row, set)).length === 1;
  const found = new Map<string, UniqueBy>();
  for (const row of rows) {
    const unique = sets.filter((set) => alone(row, set));
    for (const set of unique) {
      const smaller = unique.some(
        (other) => other.length < set.length && other.every((column) => set.includes(column)),
      );
      if (smaller || set.length > largest || set.some((column) => row[column] === '*') || rows.length === 1) continue;
      const columns = set.map((column) => names[column] ?? '');
      const key = columns.join();
      found.set(key, { columns, records: (found.get(key)?.records ?? 0) + 1 });
    }
  }
  return [...found.values()];
}
