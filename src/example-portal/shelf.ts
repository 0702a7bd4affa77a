import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What a portal knows of a file it could serve. */
export interface ShelfEntry {
  readonly dataset: string;
  readonly action: 'download' | 'api';
  readonly source: string;
  readonly format: 'csv' | 'json';
}

/** The index a portal keeps beside its files: distribution id → entry. */
export const SHELF_INDEX = 'catalogue.json';

const DISTRIBUTION = /^[0-9A-HJKMNP-TV-Z]{26}$/;

/** The portal's own files, `<distribution>.<format>`, written when the demo was seeded. */
export class Shelf {
  private index: Readonly<Record<string, ShelfEntry>> | undefined;

  constructor(private readonly folder: string) {}

  /** The entry of a distribution, or `undefined` for one that is not on the shelf. */
  async find(distribution: string): Promise<ShelfEntry | undefined> {
    if (!DISTRIBUTION.test(distribution)) return undefined;
    this.index ??= JSON.parse(await readFile(join(this.folder, SHELF_INDEX), 'utf8').catch(() => '{}'));
    return this.index?.[distribution];
  }

  /** The file's text; `undefined` when it is not there. */
  read(distribution: string, { format }: ShelfEntry): Promise<string | undefined> {
    return readFile(join(this.folder, `${distribution}.${format}`), 'utf8').catch(() => undefined);
  }
}

/** The obligation `mask`: only the items named in `keep` leave the portal. The demo's CSV cells hold no line breaks. */
export function keepItems(text: string, format: 'csv' | 'json', keep: readonly string[]): string {
  if (format === 'json') {
    const rows = JSON.parse(text) as Record<string, unknown>[];
    const kept = rows.map((row) => Object.fromEntries(Object.entries(row).filter(([name]) => keep.includes(name))));
    return `${JSON.stringify(kept)}\n`;
  }
  const lines = text.trimEnd().split('\n').map(cellsOf);
  const places = (lines[0] ?? []).flatMap((name, at) => (keep.includes(name) ? [at] : []));
  return `${lines.map((cells) => places.map((at) => cells[at] ?? '').join(',')).join('\n')}\n`;
}

/** Cells of a CSV line as they stand, quotes included. */
const cellsOf = (line: string): string[] =>
  [...line.matchAll(/(?:^|,)("(?:[^"]|"")*"|[^,]*)/g)].map(([, cell = '']) => cell);
