import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SHELF_INDEX, type ShelfEntry } from '../src/example-portal/index.js';
import { seedId } from './identifiers.js';
import { rowsOf } from './rows.js';
import { typeOf } from './values.js';
import { type Variant, variants } from './variants.js';

/** A file behind one distribution of the demo. `name` is its file name, `<distribution id>.csv` or `.json`. */
export interface SeedFile {
  readonly name: string;
  readonly variant: Variant;
  readonly format: 'CSV' | 'JSON';
}

const isNumeric = (value: string): boolean => ['integer', 'number'].includes(typeOf(value));
const quoted = (value: string): string => (/[",\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);

/** UTF-8 text of the file: the header and the keys are the items' names. */
export function contentOf(file: SeedFile): string {
  const { items } = file.variant.series;
  const rows = rowsOf(file.variant);
  if (file.format === 'JSON') {
    const typed = rows.map((row) =>
      Object.fromEntries(items.map(({ name, value }) => [name, isNumeric(value) ? Number(row[name]) : row[name]])),
    );
    return `${JSON.stringify(typed)}\n`;
  }
  const lines = rows.map((row) => items.map(({ name }) => quoted(row[name] ?? '')).join(','));
  return `${[items.map(({ name }) => name).join(','), ...lines].join('\n')}\n`;
}

/** The files behind every dataset proposed as open or conditional; what is personal has none. */
export function seedFiles(): SeedFile[] {
  return variants()
    .filter(({ series }) => series.nature === 'o' || series.nature === 'c')
    .flatMap((variant) => {
      const file = (format: 'CSV' | 'JSON', kind: 'file' | 'api'): SeedFile => ({
        name: `${seedId('distribution', `${variant.key}.${format}.${kind}`)}.${format.toLowerCase()}`,
        variant,
        format,
      });
      return [file('CSV', 'file'), file('JSON', 'file'), file('JSON', 'api')];
    });
}

/** What the example portal is to serve: the distributions of datasets that came out open or conditional. */
export interface Shelved {
  readonly distribution: string;
  readonly entry: ShelfEntry;
}

/**
 * Writes the files of these distributions into `folder`, and the portal's index of them; returns how many. Synchronous:
 * two thousand small files take a third of the time that promises take, and nothing listens yet.
 */
export function writeFiles(folder: string, shelved: readonly Shelved[]): number {
  const index = new Map(shelved.map(({ distribution, entry }) => [distribution, entry]));
  const files = seedFiles().filter(({ name }) => index.has(name.slice(0, 26)));
  mkdirSync(folder, { recursive: true });
  for (const file of files) writeFileSync(join(folder, file.name), contentOf(file));
  writeFileSync(join(folder, SHELF_INDEX), JSON.stringify(Object.fromEntries(index)));
  return files.length;
}
