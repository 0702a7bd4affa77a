import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import type { Tier } from '../../src/kernel/tier.js';
import { assess } from '../../src/classification/domain/assess.js';
import type { CompiledPack } from '../../src/classification/domain/compiled.js';
import type { Facts } from '../../src/classification/domain/facts.js';

/** A record of a real inventory whose tier people have set. */
export interface Labelled {
  readonly facts: Facts;
  readonly truth: Tier;
  readonly code: string;
}

interface PodDataset {
  title: string;
  description: string;
  keyword?: string[];
  publisher?: { name: string };
  license?: string;
  rights?: string;
  accessLevel: string;
  accrualPeriodicity?: string;
  distribution?: { downloadURL?: string; accessURL?: string }[];
}

const POD: Readonly<Record<string, Tier>> = {
  public: 'open',
  'restricted public': 'conditional',
  'non-public': 'restricted',
};
const DC: Readonly<Record<string, Tier>> = {
  Open: 'open',
  'Public Not Proactively Released': 'conditional',
  'For District Government Use': 'conditional',
  Confidential: 'restricted',
  'Restricted Confidential': 'restricted',
};

const podFacts = (dataset: PodDataset): Facts => ({
  title: { en: dataset.title },
  abstract: { en: dataset.description },
  keywords: dataset.keyword ?? [],
  ...(dataset.publisher === undefined ? {} : { publisher: dataset.publisher.name }),
  ...(dataset.license === undefined ? {} : { licence: dataset.license }),
  ...(typeof dataset.rights === 'string' && dataset.rights !== '' ? { rights: dataset.rights } : {}),
  ...(dataset.accrualPeriodicity === undefined ? {} : { updateFrequency: dataset.accrualPeriodicity }),
  distributions: (dataset.distribution ?? []).map((part, index) => ({
    id: `${index}`,
    kind: 'file',
    served: part.downloadURL !== undefined,
  })),
});

/** The federal catalogues below `folder` (`../shared/data`). */
export function federal(folder: string, name: 'dhs' | 'dol' | 'gsa'): Labelled[] {
  const file = JSON.parse(readFileSync(join(folder, 'catalogues', `${name}.json`), 'utf8')) as {
    dataset: PodDataset[];
  };
  return file.dataset.map((dataset) => ({
    facts: { ...podFacts(dataset), publisher: name.toUpperCase() },
    truth: POD[dataset.accessLevel] ?? 'restricted',
    code: dataset.accessLevel,
  }));
}

/** The District of Columbia's inventory; the stated reason stands where federal catalogues have `rights`. */
export function district(folder: string): Labelled[] {
  const text = readFileSync(join(folder, 'inventory-dc', 'inventory_2018.csv'), 'utf8');
  const rows = parse(text, { columns: true, bom: true, relax_quotes: true }) as Record<string, string>[];
  return rows.map((row) => ({
    facts: {
      title: { en: row.DATASET_NAME ?? '' },
      abstract: { en: row.DATASET_SUMMARY ?? '' },
      keywords: (row.KEYWORDS ?? '').split(/,\s*/).filter((word) => word !== ''),
      ...(row.AGENCY_NAME === undefined ? {} : { publisher: row.AGENCY_NAME }),
      ...(row.UPDATE_INTERVAL ? { updateFrequency: row.UPDATE_INTERVAL } : {}),
      ...(row.DATASET_CLASSIFICATION_REASON ? { rights: row.DATASET_CLASSIFICATION_REASON } : {}),
    },
    truth: DC[row.DATASET_CLASSIFICATION_NAME ?? ''] ?? 'restricted',
    code: row.DATASET_CLASSIFICATION_NAME ?? '',
  }));
}

export interface Measured {
  readonly source: string;
  readonly records: number;
  readonly open: number;
  /** Open records that rules on metadata alone would raise. */
  readonly raised: number;
  readonly notOpen: number;
  /** Records that are not open and in which the rules found a ground, without being told the tier. */
  readonly recognised: number;
  readonly milliseconds: number;
}

/** Runs the rules over metadata with the declared tier withheld. `reasons`: with the publisher's stated rights. */
export function measure(source: string, records: readonly Labelled[], pack: CompiledPack, reasons: boolean): Measured {
  const started = performance.now();
  const counts = { open: 0, raised: 0, notOpen: 0, recognised: 0 };
  for (const { facts, truth } of records) {
    const { rights: _, ...plain } = facts;
    const answer = assess(reasons ? facts : plain, pack);
    const found = answer.kind === 'secret' || answer.floor !== 'open';
    counts[truth === 'open' ? 'open' : 'notOpen'] += 1;
    if (found) counts[truth === 'open' ? 'raised' : 'recognised'] += 1;
  }
  return { source, records: records.length, ...counts, milliseconds: performance.now() - started };
}

const percent = (part: number, whole: number): string => `${((100 * part) / Math.max(1, whole)).toFixed(1)} %`;

/** The table as printed by the bench and by the test. */
export function tableOf(rows: readonly Measured[]): string {
  const lines = rows.map(
    (row) =>
      `${row.source.padEnd(24)}${String(row.records).padStart(6)}${`${row.raised}/${row.open}`.padStart(10)}${percent(row.raised, row.open).padStart(8)}${`${row.recognised}/${row.notOpen}`.padStart(11)}${percent(row.recognised, row.notOpen).padStart(8)}${row.milliseconds.toFixed(0).padStart(6)} ms`,
  );
  return [`${'source'.padEnd(24)}   all  open raised         not open recognised`, ...lines].join('\n');
}

/** Every source with and without the publisher's stated reason; null where the data is absent. */
export function measureAll(folder: string, pack: CompiledPack): Measured[] | null {
  if (!existsSync(join(folder, 'catalogues', 'dhs.json'))) return null;
  const sources: (readonly [string, Labelled[]])[] = [
    ['DHS', federal(folder, 'dhs')],
    ['DOL', federal(folder, 'dol')],
    ['GSA', federal(folder, 'gsa')],
    ['DC inventory', district(folder)],
  ];
  return sources.flatMap(([name, records]) => [
    measure(name, records, pack, false),
    measure(`${name}, with reasons`, records, pack, true),
  ]);
}
