import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { policiesFolder } from '../../src/classification/packs/folder.js';
import { provideDatabase } from '../provide-database.js';
import { quick } from '../quick.js';
import { chineseIdentifiers } from './columns/chinese-identifiers.js';
import { costPerCell } from './columns/cost-per-cell.js';
import { sensitiveColumns } from './columns/sensitive-columns.js';
import { largeFiles } from './reading/large-files.js';
import { type Measure, tableOf } from './measure.js';
import { districtErrors, publicCatalogues } from './public-catalogues.js';
import { raisedByRules } from './raised-by-rules.js';
import { largeParquet, parityWithArx, plantedJoins } from './risk.js';
import { groupConfirmation, officerActs, sameAgency } from './same-agency.js';
import { districtInventory, unseenAgency } from './unseen-agency.js';
import { wholeCatalogue } from './whole-catalogue.js';

/** The table "Measures" of the classification engine. A new measure is one line here. */
const MEASURES: readonly Measure[] = [
  unseenAgency,
  districtInventory,
  sensitiveColumns,
  chineseIdentifiers,
  costPerCell,
  parityWithArx,
  largeParquet,
  plantedJoins,
  largeFiles,
  districtErrors,
  sameAgency,
  groupConfirmation,
  officerActs,
  publicCatalogues,
  raisedByRules,
  wholeCatalogue,
];

const PAGE = join(policiesFolder(), '..', 'docs', 'learning.md');

/** Puts the table between the page's marks. */
function write(lines: readonly string[]): void {
  const page = readFileSync(PAGE, 'utf8');
  const between = /(<!-- measures:[^\n]*-->\n)[\s\S]*(<!-- end of the measures -->)/;
  writeFileSync(
    PAGE,
    page.replace(between, (_, before: string, after: string) => `${before}${lines.join('\n')}\n${after}`),
  );
}

/** `npm run bench:classification [-- words of names] [--quick] [--data=folder] [--write]` prints the table and ends with 0. */
const words = process.argv.slice(2);
const data =
  words.find((word) => word.startsWith('--data='))?.slice('--data='.length) ??
  join(policiesFolder(), '..', '..', 'shared', 'data');
const asked = words.filter((word) => !word.startsWith('--'));
const chosen = MEASURES.filter(({ name }) => asked.length === 0 || asked.some((word) => name.includes(word)));
const database = chosen.includes(wholeCatalogue) ? await provideDatabase() : undefined;
const lines: string[] = [];
for await (const line of tableOf(chosen, { data, quick })) {
  console.log(line);
  lines.push(line);
}
await database?.stop();
if (words.includes('--write')) write(lines);
