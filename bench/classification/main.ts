import { join } from 'node:path';
import { policiesFolder } from '../../src/classification/packs/folder.js';
import { requirePacks } from '../../src/classification/packs/load.js';
import { measureAll, tableOf } from './metadata.js';

/** `node dist/bench/classification/main.js [folder]`: the metadata rules over real inventories, tier withheld. */
const folder =
  process.argv.slice(2).find((word) => !word.startsWith('--')) ?? join(policiesFolder(), '..', '..', 'shared', 'data');
const pack = requirePacks().current('us-pod');
const rows = pack === null ? null : measureAll(folder, pack);
console.log(rows === null ? `skipped: no data below ${folder}` : tableOf(rows));
