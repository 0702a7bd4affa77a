import { type Fusion, type FusionCounts, fusionOf, type LeftOut, type SharedColumn } from '../domain/risk/fusion.js';
import type { Candidates } from '../domain/risk/shared-columns.js';
import type { Tabular } from '../reader/tabular.js';
import { fusionCounts } from './fusion-counts.js';

/** A column of the joined table by the place of its pair: two pairs may be called alike on one side. */
export const columnOf = (place: number): string => `shared ${place}`;

/** Every choice of `size` places out of these. */
function choices(places: readonly number[], size: number): number[][] {
  if (size === 0) return [[]];
  return places.flatMap((place, at) => choices(places.slice(at + 1), size - 1).map((rest) => [place, ...rest]));
}

/**
 * Joins on the most columns by which the tables link beyond chance: all of them first, then one fewer, and so on, because
 * a column that is only called the same hides what the others tell. Where nothing links, the figures are of all columns.
 */
export async function bestJoin(
  table: Tabular,
  { shared, leftOut }: Candidates,
  rows: readonly [number, number],
): Promise<Fusion> {
  const counts = (places: readonly number[]): Promise<FusionCounts> => fusionCounts(table, places.map(columnOf));
  const alone: FusionCounts[] = [];
  for (const place of shared.keys()) alone.push(await counts([place]));
  const joined = async (places: readonly number[]): Promise<Fusion> => {
    const question = {
      shared: places.map((place) => shared[place] as SharedColumn),
      leftOut: [...leftOut, ...notLinking(shared, places)],
      rows,
      columns: places.length === 1 ? [] : places.map((place) => alone[place] as FusionCounts),
    };
    return fusionOf(
      question,
      places.length === 1 ? (alone[places[0] as number] as FusionCounts) : await counts(places),
    );
  };
  const agreeing = [...shared.keys()].filter((place) => (alone[place]?.pairs ?? 0) > 0);
  for (let size = agreeing.length; size > 0; size -= 1) {
    const tried: Fusion[] = [];
    for (const places of choices(agreeing, size)) tried.push(await joined(places));
    const best = tried.filter(({ links }) => links).sort((a, b) => b.uniqueToUnique - a.uniqueToUnique)[0];
    if (best !== undefined) return best;
  }
  return joined([...shared.keys()]);
}

const notLinking = (shared: readonly SharedColumn[], places: readonly number[]): LeftOut[] =>
  shared.flatMap(({ first, second }, place) => (places.includes(place) ? [] : [{ first, second, why: 'not-linking' }]));
