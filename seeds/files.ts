import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { seedId } from './identifiers.js';
import { rowsOf } from './rows.js';
import { type Variant, variants } from './variants.js';

/** A file behind one distribution of the demo. `name` is its file name, `<distribution id>.csv` or `.json`. */
export interface SeedFile {
  readonly name: string;
  readonly variant: Variant;
  readonly format: 'CSV' | 'JSON';
}

const NUMERIC = /^(?:int|dec|sum|part|ratio|plus|year|lng|lat)\b/;
const quoted = (value: string): string => (/[",\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);

/** UTF-8 text of the file: the header and the keys are the items' names. */
export function contentOf(file: SeedFile): string {
  const { items } = file.variant.series;
  const rows = rowsOf(file.variant);
  if (file.format === 'JSON') {
    const typed = rows.map((row) =>
      Object.fromEntries(items.map(({ name, value }) => [name, NUMERIC.test(value) ? Number(row[name]) : row[name]])),
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

/** Writes the named files into `folder`; returns how many. */
export async function writeFiles(folder: string, wanted: ReadonlySet<string>): Promise<number> {
  const files = seedFiles().filter(({ name }) => wanted.has(name));
  await mkdir(folder, { recursive: true });
  for (const file of files) {
    const path = join(folder, file.name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, contentOf(file));
  }
  return files.length;
}
