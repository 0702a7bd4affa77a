import { headingWords } from '../columns/heading.js';
import { fold } from '../lexicon.js';
import type { ColumnValues } from './column-values.js';
import type { LeftOut, SharedColumn } from './fusion.js';

/**
 * Share of the shorter list of values that must stand in the other one: as much as may be links at least. What is alike by
 * chance alone drops out when it is joined on.
 */
const CONTAINED = 0.05;

/** Most shared columns that are tried together; those with the most different values. */
export const MOST_SHARED = 6;

/** Headings under which a table numbers its own records. */
const RECORD_NUMBER =
  /^(?:序号|编号|行号|流水号|记录号|记录编号|顺序号|no\.?|nr\.?|#|id|row(?: ?(?:no\.?|number|id))?|record ?(?:no\.?|number|id)|serial(?: ?(?:no\.?|number))?|seq(?:uence)?|index|number)$/u;

/** Headings of areas, bodies, kinds and periods: a table with one record for each of them is about no person. */
const LIST =
  /(?:省|市|县|区|区县|行政区划?|街道|乡镇|区域|地区|部门|单位|机构|行业|类别|类型|分类|种类|年度|年份|月份|季度|年月|站点|站名|线路)(?:名称|名|代码|编码)?$|(?<![a-z])(?:province|city|county|district|borough|ward|region|area|department|agency|body|sector|industry|category|kind|type|year|month|quarter|period|station|stop|route|line)(?: ?(?:name|code))?$/u;

interface Pair {
  readonly first: ColumnValues;
  readonly second: ColumnValues;
  readonly by: 'name' | 'values';
}

/** What two tables may be joined on, and the columns alike that prove nothing. */
export interface Candidates {
  readonly shared: readonly SharedColumn[];
  readonly leftOut: readonly LeftOut[];
}

/**
 * The columns that two tables share: those called the same, then, best first, those whose values are the same to a good
 * part. Each column takes part once. Columns in which both tables count their own records, days or months are left out.
 */
export function sharedColumns(first: readonly ColumnValues[], second: readonly ColumnValues[]): Candidates {
  const pairs = alike(first, second);
  const numbers = pairs.filter(numbersRecords);
  const lists = pairs.filter((pair) => !numbers.includes(pair) && listsKinds(pair));
  const others = pairs
    .filter((pair) => !numbers.includes(pair) && !lists.includes(pair))
    .sort((a, b) => distinctOf(b) - distinctOf(a) || pairs.indexOf(a) - pairs.indexOf(b));
  const chosen = new Set(others.slice(0, MOST_SHARED));
  const tried = pairs.filter((pair) => chosen.has(pair));
  const left = (list: readonly Pair[], why: LeftOut['why']): LeftOut[] =>
    list.map((pair) => ({ first: pair.first.name, second: pair.second.name, why }));
  return {
    shared: tried.map((pair) => ({ first: pair.first.name, second: pair.second.name, by: pair.by })),
    leftOut: [
      ...left(numbers, 'record-number'),
      ...left(lists, 'list'),
      ...left(others.slice(MOST_SHARED), 'too-many'),
    ],
  };
}

const distinctOf = ({ first, second }: Pair): number => Math.min(first.distinct, second.distinct);

function numbersRecords({ first, second }: Pair): boolean {
  if (first.isAxis && second.isAxis) return true;
  return [first, second].every((one) => one.isNumbered && one.isUnique && RECORD_NUMBER.test(fold(one.name)));
}

const listsKinds = ({ first, second }: Pair): boolean =>
  [first, second].every((one) => one.isUnique && LIST.test(fold(headingWords(one.name))));

function alike(first: readonly ColumnValues[], second: readonly ColumnValues[]): Pair[] {
  const taken = new Set<ColumnValues>();
  const free = ({ first: a, second: b }: Pair): boolean => {
    if (taken.has(a) || taken.has(b)) return false;
    taken.add(a).add(b);
    return true;
  };
  const named = first.flatMap((column): Pair[] => {
    const same = second.find((one) => fold(one.name) === fold(column.name));
    return same === undefined ? [] : [{ first: column, second: same, by: 'name' }];
  });
  const withSame = named.filter(free);
  const byValues = first
    .flatMap((a) => second.map((b) => ({ first: a, second: b, by: 'values' as const, share: shareOf(a, b, taken) })))
    .filter(({ share }) => share >= CONTAINED)
    .sort((a, b) => b.share - a.share)
    .filter(free);
  return [...withSame, ...byValues.map(({ first: a, second: b, by }) => ({ first: a, second: b, by }))];
}

const shareOf = (a: ColumnValues, b: ColumnValues, taken: ReadonlySet<ColumnValues>): number =>
  taken.has(a) || taken.has(b) ? 0 : a.contained(b);
