import { fold } from '../lexicon.js';
import type { SharedColumn } from './fusion.js';

const DAY = /^(\d{4})(?:[-/.年]?)(\d{1,2})(?:[-/.月]?)(\d{1,2})日?$/u;

/** A value as it is compared between tables: width, case, blanks and the way a date is written make no difference. */
export function linkValue(cell: string): string {
  const text = fold(cell);
  const [, year, month = '', day = ''] = DAY.exec(text) ?? [];
  const isDay = year !== undefined && Number(month) <= 12 && Number(day) <= 31 && /^(1[89]|20)/.test(year);
  return isDay ? `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}` : text;
}

/** Different values of a column, up to {@link VALUES} of them. */
export interface ColumnValues {
  readonly name: string;
  readonly values: ReadonlySet<string>;
}
export const VALUES = 20_000;
/** Columns with fewer different values are alike by chance, unless they are called the same. */
const TELLING = 8;
/** Share of the shorter list of values that must stand in the other one. */
const CONTAINED = 0.3;

function contained(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const [few, many] = a.size <= b.size ? [a, b] : [b, a];
  if (few.size < TELLING) return 0;
  let common = 0;
  for (const value of few) if (many.has(value)) common += 1;
  return common / few.size;
}

/**
 * The columns that two tables share: those called the same, then, best first, those whose values are the same to a good
 * part. Each column takes part once.
 */
export function sharedColumns(first: readonly ColumnValues[], second: readonly ColumnValues[]): SharedColumn[] {
  const named = first.flatMap(({ name }) => {
    const same = second.find((column) => fold(column.name) === fold(name));
    return same === undefined ? [] : [{ first: name, second: same.name, by: 'name' as const }];
  });
  const taken = new Set(named.flatMap((pair) => [`1${pair.first}`, `2${pair.second}`]));
  const alike = first.flatMap((a) =>
    second.map((b) => ({ first: a.name, second: b.name, share: contained(a.values, b.values) })),
  );
  const byValues = alike
    .filter(({ share }) => share >= CONTAINED)
    .sort((a, b) => b.share - a.share)
    .flatMap((pair) => {
      const keys = [`1${pair.first}`, `2${pair.second}`];
      if (keys.some((key) => taken.has(key))) return [];
      for (const key of keys) taken.add(key);
      return [{ first: pair.first, second: pair.second, by: 'values' as const }];
    });
  return [...named, ...byValues];
}
