import { join } from 'node:path';
import { policiesFolder } from '../../src/classification/packs/folder.js';
import { quick } from '../quick.js';
import { chineseIdentifiers } from './columns/chinese-identifiers.js';
import { costPerCell } from './columns/cost-per-cell.js';
import { sensitiveColumns } from './columns/sensitive-columns.js';
import { largeFiles } from './reading/large-files.js';
import { type Measure, tableOf } from './measure.js';
import { districtInventory, unseenAgency } from './unseen-agency.js';
import { raisedByRules } from './raised-by-rules.js';
import { largeParquet, parityWithArx, plantedJoins } from './risk.js';

/** The table "Measures" of the classification engine. A new measure is one line here. */
const MEASURES: readonly Measure[] = [
  unseenAgency,
  districtInventory,
  raisedByRules,
  sensitiveColumns,
  chineseIdentifiers,
  costPerCell,
  parityWithArx,
  largeParquet,
  plantedJoins,
  largeFiles,
];

/** `npm run bench:classification [-- names of measures] [--quick] [--data=folder]` prints the table and ends with 0. */
const words = process.argv.slice(2);
const data =
  words.find((word) => word.startsWith('--data='))?.slice('--data='.length) ??
  join(policiesFolder(), '..', '..', 'shared', 'data');
const asked = words.filter((word) => !word.startsWith('--'));
const chosen = MEASURES.filter(({ name }) => asked.length === 0 || asked.some((word) => name.includes(word)));
for await (const line of tableOf(chosen, { data, quick })) console.log(line);
