import { execFile } from 'node:child_process';
import { createReadStream, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { DuckDBInstance } from '@duckdb/node-api';
import { parse } from 'csv-parse';
import { assessRisk } from '../../src/classification/measure/assess-risk.js';
import { openTable } from '../../src/classification/reader/open-table.js';
import { isFault } from '../../src/classification/reader/read-source.js';
import { fuseFiles } from '../../src/classification/files/fuse-files.js';
import { asText } from '../../test/support/classification/people.js';
import { type PlantedPair, trappedPairs } from '../../test/support/classification/planted-joins.js';
import type { Measure, Row } from './measure.js';
import type { ParquetFigures } from './parquet-risk.js';

/** What the tests of ARX assert over all nine columns of `adult.csv`. */
const ARX = { average: 0.6465751607983555, uniqueness: 0.5142895033485844 } as const;

/** The same figures by a map in memory, record by record. */
async function byMap(path: string): Promise<{ average: number; uniqueness: number }> {
  const classes = new Map<string, number>();
  let records = 0;
  for await (const row of createReadStream(path).pipe(parse({ delimiter: ';', from_line: 2 }))) {
    const key = JSON.stringify(row);
    classes.set(key, (classes.get(key) ?? 0) + 1);
    records += 1;
  }
  const alone = [...classes.values()].filter((size) => size === 1).length;
  return { average: classes.size / records, uniqueness: alone / records };
}

const apart = (found: { average: number; uniqueness: number }): number =>
  Math.max(Math.abs(found.average - ARX.average), Math.abs(found.uniqueness - ARX.uniqueness));

export const parityWithArx: Measure = {
  name: 'risk figures against ARX',
  async run({ data }) {
    const path = join(data, 'risk', 'adult.csv');
    if (!existsSync(path)) return `no ${path}`;
    const opened = await openTable({ path });
    if (isFault(opened)) return opened.code;
    const { table } = opened;
    const names = table.columns.map(({ name }) => name);
    const risk = await assessRisk(table, { sets: [names], uniqueSetsTo: 1 }, { spent: () => false });
    await table.close();
    const figures = risk.status === 'assessed' ? risk.sets[0]?.figures : undefined;
    if (figures?.status !== 'assessed') return 'no figures';
    const off = apart(figures);
    const row: Row = {
      measure: 'risk figures against ARX on adult.csv (average risk, uniqueness)',
      goal: 'difference ≤ 1e-12',
      baseline: `a map record by record: ${apart(await byMap(path)).toExponential(0)}`,
      figure: `${figures.average}, ${figures.uniqueness}: ${off.toExponential(0)} apart`,
      reached: off <= 1e-12,
      split: 'all 30,162 records and nine columns; nothing learned',
    };
    return [row];
  },
};

/** Rows of people of a city, twelve columns, as Parquet. */
async function writeParquet(path: string, rows: number): Promise<void> {
  const instance = await DuckDBInstance.create(':memory:', { memory_limit: '512MB', threads: '2' });
  const connection = await instance.connect();
  const pick = (name: string, of: number, salt: number): string => `hash(i * 16 + ${salt}) % ${of} AS ${name}`;
  await connection.run(
    `COPY (SELECT i AS number, ${pick('sex', 2, 1)}, ${pick('age', 80, 2)}, ${pick('district', 16, 3)},
      ${pick('education', 7, 4)}, ${pick('occupation', 30, 5)}, ${pick('illness', 40, 6)}, ${pick('office', 200, 7)},
      ${pick('weekday', 7, 8)}, ${pick('minutes', 120, 9)}, ${pick('channel', 5, 10)}, ${pick('outcome', 3, 11)}
    FROM range(${rows}) AS numbers(i)) TO '${path.replaceAll("'", "''")}' (FORMAT parquet)`,
  );
  connection.closeSync();
  instance.closeSync();
}

const run = promisify(execFile);
const MEASUREMENT = join(dirname(fileURLToPath(import.meta.url)), 'parquet-risk.js');

export const largeParquet: Measure = {
  name: 'k and l of a large Parquet file',
  async run({ quick }) {
    const rows = quick ? 200_000 : 10_000_000;
    const folder = mkdtempSync(join(tmpdir(), 'tiergate-bench-'));
    try {
      const path = join(folder, 'people.parquet');
      await writeParquet(path, rows);
      const { stdout } = await run(process.execPath, [MEASUREMENT, path]);
      const { k, l, seconds, processor, memory, rows: counted } = JSON.parse(stdout) as ParquetFigures;
      const megabytes = Math.round(memory / 1e6);
      const row: Row = {
        measure: `${rows.toLocaleString('en')} × 12 Parquet, k and l on five quasi-identifiers`,
        goal: '≤ 5 s, ≤ 700 MB',
        baseline: '4 s, 1.1 GB (measured before this product, another run)',
        figure: `${seconds.toFixed(1)} s by the clock, ${processor.toFixed(1)} s of processor time, ${megabytes} MB (k ${k}, ${l === null ? 'l not counted: out of memory at 448 MB' : `l ${l}`})`,
        reached: quick ? null : l !== null && counted === rows && seconds <= 5 && megabytes <= 700,
        split: 'generated, whole numbers; a process of its own, two threads',
      };
      return [row];
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

interface Hits {
  found: number;
  wrong: number;
}
const share = (part: number, whole: number): string => (whole === 0 ? '–' : (part / whole).toFixed(3));

/** The plain approach: two tables may be joined when at least two columns have the same name. */
const sameNames = ({ first, second }: PlantedPair): boolean =>
  first.header.filter((name) => second.header.includes(name)).length >= 2;

function tell(hits: Hits, planted: boolean, linked: boolean): void {
  if (linked && planted) hits.found += 1;
  if (linked && !planted) hits.wrong += 1;
}

export const plantedJoins: Measure = {
  name: 'planted joins',
  async run({ quick }) {
    const count = quick ? 14 : 200;
    const folder = mkdtempSync(join(tmpdir(), 'tiergate-bench-'));
    const [ours, plain]: [Hits, Hits] = [
      { found: 0, wrong: 0 },
      { found: 0, wrong: 0 },
    ];
    try {
      for (const pair of trappedPairs(count, count, 41)) {
        const paths = [join(folder, '1.csv'), join(folder, '2.csv')] as const;
        writeFileSync(paths[0], asText(pair.first.header, pair.first.rows));
        writeFileSync(paths[1], asText(pair.second.header, pair.second.rows));
        const fusion = await fuseFiles(paths);
        tell(ours, pair.planted, fusion.status === 'assessed' && fusion.links);
        tell(plain, pair.planted, sameNames(pair));
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
    const text = ({ found, wrong }: Hits): string =>
      `recall ${share(found, count)}, precision ${share(found, found + wrong)}`;
    const row: Row = {
      measure: `${count} planted joins among ${2 * count} pairs of tables`,
      goal: 'recall 1.0, precision ≥ 0.95',
      baseline: `two columns of the same name: ${text(plain)}`,
      figure: text(ours),
      reached: ours.found === count && ours.found / (ours.found + ours.wrong) >= 0.95,
      split:
        'generated with another seed than the tests; traps: code lists, dates, serial numbers, daily figures, figures by district',
    };
    return [row];
  },
};
