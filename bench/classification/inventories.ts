import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { district, federal, type Labelled } from './metadata.js';

/** The real inventories with people's tiers. */
export interface Inventories {
  readonly catalogues: Readonly<Record<'dhs' | 'dol' | 'gsa', readonly Labelled[]>>;
  readonly district: readonly Labelled[];
}

const read = new Map<string, Inventories>();

const few = (records: readonly Labelled[]): readonly Labelled[] => records.filter((_, at) => at % 16 === 0);

/** Reads them once; null where the folder is absent. `quick`: every sixteenth record, whose figures say nothing. */
export function inventories(folder: string, quick = false): Inventories | null {
  const all = readOnce(folder);
  if (all === null || !quick) return all;
  const { dhs, dol, gsa } = all.catalogues;
  const catalogues = { dhs: few(dhs), dol: few(dol), gsa: few(gsa) };
  return { catalogues, district: few(all.district) };
}

function readOnce(folder: string): Inventories | null {
  if (!existsSync(join(folder, 'catalogues', 'dhs.json'))) return null;
  const known = read.get(folder);
  if (known !== undefined) return known;
  const catalogues = { dhs: federal(folder, 'dhs'), dol: federal(folder, 'dol'), gsa: federal(folder, 'gsa') };
  const all = { catalogues, district: district(folder) };
  read.set(folder, all);
  return all;
}

export const ABSENT = 'no folder ../shared/data beside the repository';
