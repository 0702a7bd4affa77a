import { isMissing, within } from '../../src/classification/measure/budget.js';
import { classCounts, valueCounts } from '../../src/classification/measure/class-counts.js';
import { openTable } from '../../src/classification/reader/open-table.js';
import { isFault } from '../../src/classification/reader/read-source.js';

/** What the measurement in its own process prints as one line of JSON. */
export interface ParquetFigures {
  readonly rows: number;
  readonly k: number;
  /** null where the memory given did not suffice for it. */
  readonly l: number | null;
  readonly seconds: number;
  /** Of processor time, in which other work on the machine does not count; two threads share it. */
  readonly processor: number;
  /** Highest resident memory of the process in bytes. */
  readonly memory: number;
}

const QUASI = ['sex', 'age', 'district', 'education', 'occupation'];
const SENSITIVE = 'illness';

/** `node parquet-risk.js <file>`: k and l on five quasi-identifiers, asked where the file lies. */
const [path = ''] = process.argv.slice(2);
const opened = await openTable({ path }, { memory: '448MB' });
if (isFault(opened)) throw new Error(`${opened.code}: ${opened.detail}`);
const { table } = opened;
const columns = table.columns.filter(({ name }) => QUASI.includes(name));
const [sensitive] = table.columns.filter(({ name }) => name === SENSITIVE);
const started = performance.now();
const used = process.cpuUsage();
const classes = await classCounts(table, columns, 5);
const budget = { spent: () => false };
const values = sensitive === undefined ? null : await within(budget, () => valueCounts(table, columns, sensitive));
const seconds = (performance.now() - started) / 1000;
const { user, system } = process.cpuUsage(used);
await table.close();
if (values === null) throw new Error('the table was not as it was written');
const { maxRSS } = process.resourceUsage();
const figures: ParquetFigures = {
  rows: classes.records,
  k: classes.smallest,
  l: isMissing(values) ? null : values.fewest,
  seconds,
  processor: (user + system) / 1e6,
  memory: maxRSS * 1024,
};
console.log(JSON.stringify(figures));
