import { type MinimalUniques, type NotAssessed, notAssessed, type UniqueBy } from '../domain/risk/risk.js';
import { contributionsOf, setsOfSize, stillOpen } from '../domain/risk/unique-sets.js';
import type { Tabular, TabularColumn } from '../reader/tabular.js';
import { type Budget, isMissing, within } from './budget.js';
import { uniqueCounts } from './class-counts.js';

/** Sets of more columns than this are not looked at: the number of sets grows faster than what they tell. */
export const UNIQUE_SETS_TO = 4;

interface Found {
  readonly sets: UniqueBy[];
  readonly exhausted: (readonly number[])[];
}

/** Looks at every open set of one size; how many there were, or why it stopped. */
async function ofSize(
  table: Tabular,
  columns: readonly TabularColumn[],
  size: number,
  budget: Budget,
  found: Found,
): Promise<number | NotAssessed> {
  let open = 0;
  for (const set of setsOfSize(columns.length, size)) {
    if (!stillOpen(set, found.exhausted)) continue;
    open += 1;
    const chosen = set.flatMap((index) => columns[index] ?? []);
    const counts = await within(budget, () => uniqueCounts(table, chosen));
    if (isMissing(counts)) return counts;
    if (counts.alone === counts.records) found.exhausted.push(set);
    if (counts.minimal > 0) found.sets.push({ columns: chosen.map(({ name }) => name), records: counts.minimal });
  }
  return open;
}

/** Most records first, then the smaller set, then by name. */
const byWeight = (a: UniqueBy, b: UniqueBy): number =>
  b.records - a.records ||
  a.columns.length - b.columns.length ||
  (a.columns.join('\u0000') < b.columns.join('\u0000') ? -1 : 1);

/**
 * The smallest sets of columns that single records out, sizes 1 to `largest`, and what each column contributes. A size
 * that the budget did not let it finish is not reported at all: half of it would be wrong without looking wrong.
 */
export async function minimalUniques(
  table: Tabular,
  columns: readonly TabularColumn[],
  budget: Budget,
  largest = UNIQUE_SETS_TO,
): Promise<MinimalUniques | NotAssessed> {
  const found: Found = { sets: [], exhausted: [] };
  let searchedTo = 0;
  let stopped: MinimalUniques['stopped'] = 'size-limit';
  while (stopped === 'size-limit' && searchedTo < largest) {
    const before = found.sets.length;
    const open = await ofSize(table, columns, searchedTo + 1, budget, found);
    if (isMissing(open)) {
      found.sets.length = before;
      stopped = open.reason;
    } else {
      searchedTo += 1;
      if (open === 0 || searchedTo >= columns.length) stopped = null;
    }
  }
  if (searchedTo === 0) return notAssessed(stopped === null || stopped === 'size-limit' ? 'no-records' : stopped);
  const names = columns.map(({ name }) => name);
  const contributions = contributionsOf(names, found.sets, searchedTo);
  return { status: 'assessed', searchedTo, stopped, sets: [...found.sets].sort(byWeight), contributions };
}
