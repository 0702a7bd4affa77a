import { expect } from 'chai';
import { type Coarser, coarser } from '../../src/classification/domain/lowering/steps.js';
import { classCounts } from '../../src/classification/measure/class-counts.js';
import { coarserColumn } from '../../src/classification/measure/coarser.js';
import { ladderOf, roundWidth } from '../../src/classification/measure/ladders.js';
import type { Tabular } from '../../src/classification/reader/tabular.js';
import { classesByHand } from '../support/classification/counted-by-hand.js';
import { memoryTable, type Rows, serverTable } from '../support/classification/tables.js';
import { mariaDb } from '../support/databases.js';
import { testMariaDb } from '../support/mariadb.js';
import { skipSuite } from '../support/skip.js';

const DATES = [
  '1980-01-02',
  '1980/3/4',
  '1980年3月',
  '19801231',
  '1980',
  '1991-01-01',
  '3000-01-01',
  '80-01-01',
  ' 1980',
];
const NUMBERS = ['0', '-0', '-3', '7', '7.5', '12', '12.999', '1234567890123', '1e5', '0.1234', '+7', '=1'];
const WORDS = ['n.a.', '*', '', '上海市黄浦区', '上海市徐汇区', '北京市', 'a', 'A', 'á', '𠮷野', '𠮷田', null];
const CELLS: readonly (string | null)[] = [...DATES, ...NUMBERS, ...WORDS];
const WAYS: readonly Coarser[] = [
  { by: 'year' },
  { by: 'decade' },
  { by: 'band', width: 1 },
  { by: 'band', width: 5 },
  { by: 'prefix', length: 1 },
  { by: 'prefix', length: 3 },
];
/** Each cell a different number of times, so that merging the wrong ones shows. */
const ROWS: Rows = CELLS.flatMap((cell, index) => Array.from({ length: index + 1 }, () => [cell]));

async function inBoth(rows: Rows, ask: (table: Tabular) => Promise<unknown>): Promise<unknown[]> {
  const database = await mariaDb.fresh();
  const tables: Tabular[] = [];
  try {
    tables.push(await memoryTable(['c'], rows), await serverTable(database.url, ['c'], rows));
    return await Promise.all(tables.map(ask));
  } finally {
    await Promise.all(tables.map((table) => table.close()));
    await database.dispose();
  }
}

describe('coarser values, written by the engine and counted by databases', function () {
  if (testMariaDb() === undefined) skipSuite(this, 'no MariaDB: TIERGATE_TEST_MARIADB is not set');
  this.timeout(240_000);

  it('fall into the same classes', async () => {
    const [column] = [{ name: 'c', sql: 'c0' }];
    const counted = await inBoth(ROWS, (table) =>
      Promise.all(WAYS.map((to) => classCounts(table, [coarserColumn(table, column, to)], 30))),
    );
    const byHand = WAYS.map((to) =>
      classesByHand(
        ROWS.map(([cell]) => [coarser(cell ?? '', to)]),
        [0],
        30,
      ),
    );
    expect(counted[0]).to.deep.equal(byHand);
    expect(counted[1]).to.deep.equal(byHand);
  });

  const ladders: readonly (readonly [string, readonly string[], readonly string[]])[] = [
    [
      'dates',
      Array.from({ length: 60 }, (_, day) => `19${60 + (day % 30)}-01-${10 + (day % 17)}`),
      ['as-is', 'year', 'decade', 'drop'],
    ],
    [
      'numbers',
      Array.from({ length: 60 }, (_, age) => `${age + 20}`),
      ['as-is', 'band 5', 'band 10', 'band 20', 'drop'],
    ],
    [
      'codes',
      Array.from({ length: 40 }, (_, code) => `3${code % 2}${10 + (code % 4)}${10 + code}`),
      ['as-is', 'prefix 4', 'prefix 2', 'drop'],
    ],
    ['places', Array.from({ length: 40 }, (_, at) => `上海市黄浦区南京东路${at % 20}号`), ['as-is', 'drop']],
    ['few words', Array.from({ length: 40 }, (_, at) => (at % 2 === 0 ? '男' : '女')), ['as-is', 'drop']],
    ['one value', Array.from({ length: 40 }, () => 'x'), ['as-is', 'drop']],
  ];
  for (const [kind, cells, expected] of ladders)
    it(`ways to make ${kind} coarser, from fine to rough, are the same in both`, async () => {
      const both = await inBoth(
        cells.map((cell) => [cell]),
        (table) => ladderOf(table, { name: 'c', sql: 'c0' }),
      );
      expect(both[1]).to.deep.equal(both[0]);
      const { rungs } = both[0] as Awaited<ReturnType<typeof ladderOf>>;
      const names = rungs.map(({ to }) =>
        typeof to === 'string'
          ? to
          : [to.by, ...('width' in to ? [to.width] : 'length' in to ? [to.length] : [])].join(' '),
      );
      expect(names).to.deep.equal(expected);
      expect(rungs.map(({ kept }) => kept)).to.deep.equal(rungs.map(({ kept }) => kept).sort((a, b) => b - a));
    });

  it('bands have widths that people would choose', () => {
    expect([0.3, 1, 3, 5, 12, 99, 101].map(roundWidth)).to.deep.equal([1, 1, 5, 5, 20, 100, 200]);
  });
});
