import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import { classCounts, valueCounts } from '../../../../src/classification/measure/class-counts.js';
import { classesWithValues } from '../../../../src/classification/measure/classes-with-values.js';
import { openTable } from '../../../../src/classification/reader/open-table.js';
import { isFault } from '../../../../src/classification/reader/read-source.js';
import type { Tabular } from '../../../../src/classification/reader/tabular.js';
import { classesByHand, valuesByHand } from '../../../support/classification/counted-by-hand.js';
import { saveParquet } from '../../../support/classification/source-files.js';
import { type Rows, SmallTables } from '../../../support/classification/tables.js';

const NAMES = ['district', 'illness'];
const tables = new SmallTables();
before(() => tables.open());
after(() => tables.close());

/** So many values, the last of them missing, over two classes of which one knows a single value. */
const spread = (different: number): Rows => [
  ...Array.from({ length: different }, (_, n) => ['1', n === different - 1 ? null : `v${n}`]),
  ['1', 'v0'],
  ['2', 'v0'],
  ['2', 'v0'],
];
const columnsOf = ({ columns }: Tabular) => [columns[0]!, columns[1]!] as const;

describe('different values inside classes', () => {
  it('are counted exactly on either side of each word of bits, and beyond the last', async () => {
    for (const different of [2, 63, 64, 65, 128, 129, 192, 255, 256, 257, 300]) {
      const table = tables.table(NAMES, spread(different));
      const [class_, value] = columnsOf(table);
      expect(await valueCounts(table, [class_], value), `${different} values`).to.deep.equal(
        valuesByHand(spread(different), [0], 1),
      );
      const rows = await table.ask(await classesWithValues(table, [class_], value));
      expect(
        rows.map(({ n, l }) => [Number(n), Number(l)]).sort(([a = 0], [b = 0]) => b - a),
        `${different} values`,
      ).to.deep.equal(
        [
          [different + 1, different],
          [2, 1],
        ].sort(([a = 0], [b = 0]) => b - a),
      );
    }
  });

  it('take a group for each pair only where values are too many', async () => {
    const sql = async (different: number): Promise<string> => {
      const table = tables.table(NAMES, spread(different));
      const [class_, value] = columnsOf(table);
      return classesWithValues(table, [class_], value);
    };
    expect(await sql(256))
      .to.contain('bit_or')
      .and.to.contain('w3')
      .and.not.to.contain('w4');
    expect(await sql(257)).to.not.contain('bit_or');
  });
});

describe('classes of a Parquet file that keeps its own types', function () {
  this.timeout(240_000);
  let folder = '';
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'tiergate-exact-'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  const TYPES = ['INTEGER', 'UBIGINT', 'DATE', 'BOOLEAN', 'DECIMAL(6,2)', 'DOUBLE', 'VARCHAR'] as const;
  const VALUES: Readonly<Record<(typeof TYPES)[number], readonly string[]>> = {
    INTEGER: ['-1', '0', '7'],
    UBIGINT: ['0', '18446744073709551615'],
    DATE: ['1980-01-31', '9999-12-31'],
    BOOLEAN: ['true', 'false'],
    'DECIMAL(6,2)': ['0.10', '-1.00'],
    DOUBLE: ['0.0', '-0.0', 'nan'],
    VARCHAR: ['*', 'a', 'A', 'a '],
  };
  const row = (type: (typeof TYPES)[number], other: (typeof TYPES)[number]) =>
    fc.tuple(fc.constantFrom(...VALUES[type], null), fc.constantFrom(...VALUES[other], null));

  /** The rows as a file of these types, and the texts in which its cells are read. */
  async function opened(rows: Rows, types: readonly string[]): Promise<Tabular> {
    const cell = (value: string | null, type: string): string => (value === null ? 'NULL' : `'${value}'::${type}`);
    const list = rows.map(
      (cells) => `(${cells.map((value, at) => `CAST(${cell(value, types[at] ?? '')} AS ${types[at]})`).join(', ')})`,
    );
    const path = await saveParquet(
      join(folder, 't.parquet'),
      `SELECT * FROM (VALUES ${list.join(', ')}) t(district, illness)`,
    );
    const table = await openTable({ path });
    if (isFault(table)) throw new Error(table.code);
    return table.table;
  }

  it('are those of its texts, counted by hand, whatever the types', async () => {
    const types = fc.tuple(fc.constantFrom(...TYPES), fc.constantFrom(...TYPES));
    const cases = types.chain(([type, other]) =>
      fc.tuple(fc.constant([type, other] as const), fc.array(row(type, other), { minLength: 1, maxLength: 12 })),
    );
    await fc.assert(
      fc.asyncProperty(cases, async ([[type, other], rows]) => {
        const table = await opened(rows, [type, other]);
        try {
          const texts = await table.ask<{ a: string | null; b: string | null }>(
            `SELECT ${table.columns[0]!.sql} AS a, ${table.columns[1]!.sql} AS b FROM ${table.relation}`,
          );
          const read = texts.map(({ a, b }) => [a, b]);
          const [class_, value] = columnsOf(table);
          expect(await classCounts(table, [class_], 3)).to.deep.equal(classesByHand(read, [0], 3));
          expect(await classCounts(table, [class_, value], 2)).to.deep.equal(classesByHand(read, [0, 1], 2));
          expect(await valueCounts(table, [class_], value)).to.deep.equal(valuesByHand(read, [0], 1));
        } finally {
          await table.close();
        }
      }),
      { numRuns: 40 },
    );
  });

  it('form by the own value of whole numbers and days, by the text of fractions and texts', async () => {
    for (const type of TYPES) {
      const table = await opened([[VALUES[type][0] ?? null, 'x']], [type, 'VARCHAR']);
      expect(table.columns[0]?.exact, type).to.equal(['DOUBLE', 'VARCHAR'].includes(type) ? undefined : 'e0');
      await table.close();
    }
  });
});
