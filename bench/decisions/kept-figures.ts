import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { dirname } from 'node:path';
import { inProject } from '../../test/support/project.js';
import type { Figure } from './in-process.js';

/** What docs/figures/decisions.svg is drawn from, by `npm run docs`. */
export interface KeptFigures {
  readonly command: string;
  readonly measured: string;
  readonly machine: string;
  readonly figures: readonly Figure[];
}

const FILE = inProject('docs', 'figures', 'decisions.json');

/** In place of what was kept of as many grants. */
export function keepFigures(figures: readonly Figure[]): void {
  const measured = new Set(figures.map(({ grants }) => grants));
  const before = existsSync(FILE) ? (JSON.parse(readFileSync(FILE, 'utf8')) as KeptFigures).figures : [];
  const rounded = figures.map((one) => ({ ...one, decisionsPerSecond: Number(one.decisionsPerSecond.toPrecision(3)) }));
  const all = [...before.filter(({ grants }) => !measured.has(grants)), ...rounded];
  const kept: KeptFigures = {
    command: 'node dist/bench/decisions/index.js in-process --keep',
    measured: new Date().toISOString().slice(0, 10),
    machine: `node ${process.version}, ${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown'}`,
    figures: all.sort((a, b) => a.grants - b.grants),
  };
  mkdirSync(dirname(FILE), { recursive: true });
  writeFileSync(FILE, `${JSON.stringify(kept, null, 2)}\n`);
}
