import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import {
  agreementsByChance,
  type Fusion,
  type FusionCounts,
  fusionOf,
} from '../../../../src/classification/domain/risk/fusion.js';
import { ColumnValues, linkValue } from '../../../../src/classification/domain/risk/column-values.js';
import { MOST_SHARED, sharedColumns } from '../../../../src/classification/domain/risk/shared-columns.js';
import { fuseAll, fuseFiles, type FuseOptions } from '../../../../src/classification/files/fuse-files.js';
import { renderFusion } from '../../../../src/classification/files/render-fusion.js';
import { fusionCounts } from '../../../../src/classification/measure/fusion-counts.js';
import { asText } from '../../../support/classification/people.js';
import { plantedPairs, trappedPairs } from '../../../support/classification/planted-joins.js';
import { type Rows, SmallTables } from '../../../support/classification/tables.js';

describe('a value as tables are linked by it', () => {
  it('is the same however a date, a width or a case is written', () => {
    for (const day of ['1980-03-04', '1980/3/4', '1980.3.4', '19800304', '1980年3月4日', '１９８０-03-04'])
      expect(linkValue(day), day).to.equal('1980-03-04');
    expect(linkValue('  ＡB  c ')).to.equal('ab c');
    for (const other of ['1980-13-04', '31010100', '1980', '1980-11', '1980年3月', '', '*'])
      expect(linkValue(other)).to.equal(other);
  });
});

function column(name: string, values: readonly string[]): ColumnValues {
  const made = new ColumnValues(name);
  for (const value of values) made.add(value);
  return made;
}
const numbers = (from: number, count: number, step = 1): string[] =>
  Array.from({ length: count }, (_, index) => `${from + index * step}`);
const words = (from: number, count: number): string[] => numbers(from, count).map((number) => `v${number}x`);
const twice = (values: readonly string[]): string[] => [...values, ...values];

describe('the different values of a column', () => {
  it('are compared whatever the order of the rows, also where only some are kept', () => {
    const many = words(0, 60_000);
    const a = column('a', many);
    const b = column('b', [...many].reverse().slice(0, 45_000));
    expect(a.distinct).to.be.within(57_000, 63_000);
    expect(a.contained(b)).to.be.above(0.95);
    expect(a.contained(column('c', words(100_000, 60_000)))).to.equal(0);
  });

  it('say whether they are a line of numbers, days or months without gaps, each once', () => {
    const days = ['2024-01-30', '2024/1/31', '2024年2月1日', '2024-02-02'];
    for (const line of [
      numbers(7, 30),
      numbers(1, 30).map((at) => `BJ-${at}`),
      days,
      ['2024-11', '2024年12月', '2025/1'],
    ])
      expect(column('x', line).isAxis, line[0]).to.equal(true);
    for (const other of [numbers(1, 30, 9), twice(numbers(1, 30)), words(1, 30), [...numbers(1, 30), 'none'], []])
      expect(column('x', other).isAxis, other[0] ?? 'empty').to.equal(false);
  });
});

describe('columns that two tables share', () => {
  it('are those called the same, and those whose values are the same to a good part, best first', () => {
    const first = [column('District', ['a', 'b']), column('born', words(0, 100)), column('x', words(500, 30))];
    const second = [column('district', ['c', 'c']), column('birthday', words(40, 100)), column('y', words(900, 30))];
    expect(sharedColumns(first, second).shared).to.deep.equal([
      { first: 'District', second: 'district', by: 'name' },
      { first: 'born', second: 'birthday', by: 'values' },
    ]);
  });

  it('few values are alike by chance and prove nothing', () => {
    const { shared } = sharedColumns([column('sex', ['1', '2'])], [column('class', ['1', '2'])]);
    expect(shared).to.deep.equal([]);
  });

  it('each column takes part once', () => {
    const values = twice(words(0, 50));
    const { shared } = sharedColumns([column('a', values), column('b', values)], [column('c', values)]);
    expect(shared).to.deep.equal([{ first: 'a', second: 'c', by: 'values' }]);
  });

  it('leave out what numbers records or lists kinds in both, and say so', () => {
    const left = (a: ColumnValues, b: ColumnValues) => sharedColumns([a], [b]).leftOut.map(({ why }) => why);
    expect(left(column('n', numbers(1, 40)), column('m', numbers(1, 50)))).to.deep.equal(['record-number']);
    expect(left(column('编号', numbers(1, 40, 5)), column('编号', numbers(1, 40, 3)))).to.deep.equal(['record-number']);
    expect(left(column('居住区', words(0, 16)), column('区县', words(0, 16)))).to.deep.equal(['list']);
    expect(left(column('人员号', numbers(1, 40, 5)), column('人员号', numbers(1, 40, 3)))).to.deep.equal([]);
    expect(left(column('区县', twice(words(0, 16))), column('区县', words(0, 16)))).to.deep.equal([]);
  });

  it('and name those beyond what is tried', () => {
    const columns = () =>
      numbers(0, MOST_SHARED + 2).map((name) => column(`c${name}`, twice(words(0, 3 + Number(name)))));
    const { shared, leftOut } = sharedColumns(columns(), columns());
    expect(shared.map(({ first }) => first)).to.deep.equal(['c2', 'c3', 'c4', 'c5', 'c6', 'c7']);
    expect(leftOut).to.deep.equal([
      { first: 'c1', second: 'c1', why: 'too-many' },
      { first: 'c0', second: 'c0', why: 'too-many' },
    ]);
  });
});

describe('counts over two tables', () => {
  const tables = new SmallTables();
  before(() => tables.open());
  after(() => tables.close());

  function byHand(rows: Rows): FusionCounts {
    const classes = new Map<string, [number, number]>();
    for (const [side, ...shared] of rows) {
      if (shared.some((cell) => cell === null || cell === '*')) continue;
      const sizes = classes.get(JSON.stringify(shared)) ?? [0, 0];
      sizes[side === '1' ? 0 : 1] += 1;
      classes.set(JSON.stringify(shared), sizes);
    }
    const all = [...classes.values()];
    const both = all.filter(([a, b]) => a > 0 && b > 0);
    const sum = (list: readonly [number, number][], at: 0 | 1): number =>
      list.reduce((total, sizes) => total + sizes[at], 0);
    const least = (list: readonly number[]): number => (list.length === 0 ? 0 : Math.min(...list));
    const positive = (at: 0 | 1): number => least(all.map((sizes) => sizes[at]).filter((size) => size > 0));
    return {
      first: sum(all, 0),
      second: sum(all, 1),
      kFirst: positive(0),
      kSecond: positive(1),
      matchedFirst: sum(both, 0),
      matchedSecond: sum(both, 1),
      certain: both.filter(([a, b]) => a === 1 && b === 1).length,
      kJoined: least(both.map((sizes) => Math.min(...sizes))),
      pairs: sum(
        all.map(([a, b]) => [a * b, 0]),
        0,
      ),
      withinFirst: sum(
        all.map(([a]) => [a * (a - 1), 0]),
        0,
      ),
      withinSecond: sum(
        all.map(([, b]) => [b * (b - 1), 0]),
        0,
      ),
    };
  }

  it('agree with counting by hand on any small tables', async () => {
    const cell = fc.constantFrom('a', 'b', 'c', '*', null);
    const rows = fc.array(fc.tuple(fc.constantFrom('1', '2'), cell, cell), { maxLength: 16 });
    await fc.assert(
      fc.asyncProperty(rows, async (list) => {
        expect(await fusionCounts(tables.table(['side', 'x', 'y'], list))).to.deep.equal(byHand(list));
      }),
      { numRuns: 80 },
    );
  });

  it('become figures: matched, certain, k and by how much it falls', () => {
    const counts = {
      first: 90,
      second: 40,
      kFirst: 6,
      kSecond: 1,
      matchedFirst: 45,
      matchedSecond: 40,
      certain: 0,
      kJoined: 1,
      pairs: 60,
      withinFirst: 0,
      withinSecond: 0,
    };
    const fusion = fusionOf({ shared: [], rows: [100, 40] }, counts);
    expect(fusion.first).to.deep.equal({ records: 100, linkable: 90, k: 6, matched: 0.5, fall: 5 });
    expect(fusion.second).to.deep.include({ matched: 1, fall: 0 });
    expect(fusion).to.deep.include({ uniqueToUnique: 0, kJoined: 1, links: false });
    const nothing = fusionOf(
      { shared: [], rows: [0, 0] },
      {
        ...counts,
        first: 0,
        second: 0,
        matchedFirst: 0,
        matchedSecond: 0,
        kJoined: 0,
      },
    );
    expect(nothing).to.deep.include({ kJoined: null, certainShare: 0, links: false });
  });
});

describe('agreement by chance', () => {
  const none = { kFirst: 1, kSecond: 1, matchedFirst: 0, matchedSecond: 0, certain: 30, kJoined: 1 };
  const counts = (pairs: number, within: number): FusionCounts => ({
    ...none,
    first: 100,
    second: 100,
    pairs,
    withinFirst: within,
    withinSecond: within,
  });
  const links = (pairs: number, within: number, columns: readonly FusionCounts[] = []): boolean =>
    fusionOf({ shared: [], rows: [100, 100], columns }, counts(pairs, within)).links;

  it('is as frequent between tables of strangers as inside each', () => {
    expect(agreementsByChance(counts(0, 99), [])).to.be.closeTo(100, 1e-9);
    expect(links(100, 99), 'strangers').to.equal(false);
    expect(links(300, 99), 'beyond').to.equal(true);
    expect(links(30, 0), 'nothing repeats').to.equal(true);
  });

  it('is reckoned column by column where no table repeats a combination', () => {
    const column = counts(0, 990);
    expect(agreementsByChance(counts(0, 0), [column, column])).to.be.closeTo(100, 1e-9);
    expect(links(100, 0, [column, column])).to.equal(false);
    expect(links(100, 0, [column, counts(0, 0)])).to.equal(true);
  });

  it('few links are none, however certain', () => {
    expect(fusionOf({ shared: [], rows: [900, 900] }, { ...counts(30, 0), certain: 30 }).links).to.equal(false);
    expect(fusionOf({ shared: [], rows: [9, 9] }, { ...counts(30, 0), certain: 2 }).links).to.equal(false);
  });
});

describe('two files together', function () {
  this.timeout(240_000);
  const folder = mkdtempSync(join(tmpdir(), 'tiergate-fuse-'));
  after(() => rmSync(folder, { recursive: true, force: true }));

  async function fused(first: string, second: string, options: FuseOptions = {}) {
    writeFileSync(join(folder, '1.csv'), first);
    writeFileSync(join(folder, '2.csv'), second);
    return fuseFiles([join(folder, '1.csv'), join(folder, '2.csv')], options);
  }
  const figures = async (...given: Parameters<typeof fused>): Promise<Fusion> => {
    const fusion = await fused(...given);
    if (fusion.status !== 'assessed') throw new Error(JSON.stringify(fusion));
    return fusion;
  };

  const HEALTH = '生日,区县,诊断\n1980/3/4,东区,流感\n1981/5/6,西区,骨折\n1990/1/1,东区,流感\n1990/1/1,东区,感冒\n';
  const STAFF = '出生日期,区县,职务\n1980-03-04,东区,科长\n1981-05-06,西区,科员\n1970-01-01,北区,局长\n';

  it('say who stands alone in both, however the dates are written', async () => {
    const fusion = await figures(HEALTH, STAFF, {
      on: [
        ['生日', '出生日期'],
        ['区县', '区县'],
      ],
    });
    expect(fusion).to.deep.include({ uniqueToUnique: 2, kJoined: 1 });
    expect(fusion.first).to.deep.equal({ records: 4, linkable: 4, k: 1, matched: 0.5, fall: 0 });
    expect(fusion.second.matched).to.be.closeTo(2 / 3, 1e-12);
  });

  it('and hold no value of either', async () => {
    const fusion = await figures(HEALTH, STAFF);
    for (const cell of ['1980', '东区', '科长', '流感'])
      for (const text of [
        JSON.stringify(fusion),
        renderFusion(fusion, ['a', 'b'], 'zh'),
        renderFusion(fusion, ['a', 'b']),
      ])
        expect(text).not.to.contain(cell);
  });

  it('nothing shared, an unknown column, a file that is none: said, not guessed', async () => {
    expect(await fused('a\n1\n2\n', 'b\n3\n4\n')).to.satisfy(
      (answer: { status: string }) => answer.status !== 'assessed',
    );
    expect(await fused('k,a\nx,y\nz,u\n', 'm,b\np,q\nr,s\n')).to.deep.equal({
      status: 'not-assessed',
      reason: 'nothing-shared',
    });
    expect(await fused(HEALTH, STAFF, { on: [['鞋码', '区县']] })).to.deep.equal({
      status: 'not-assessed',
      reason: 'unknown-column',
    });
    expect(await fused(HEALTH, '')).to.deep.include({ status: 'refused', file: 2 });
  });

  it('hides no link behind a column that is only called the same', async () => {
    const rows = (side: number) =>
      words(0, 40).map((name, at) => `${name},1980-01-${String((at % 28) + 1).padStart(2, '0')},note ${at * side}`);
    const [a, b] = [`who,born,note\n${rows(1).join('\n')}\n`, `who,born,note\n${rows(7).join('\n')}\n`];
    const fusion = await figures(a, b);
    expect(fusion).to.deep.include({ links: true, uniqueToUnique: 40 });
    expect(fusion.shared.map(({ first }) => first)).to.deep.equal(['who', 'born']);
    expect(fusion.leftOut).to.deep.equal([{ first: 'note', second: 'note', why: 'not-linking' }]);
    for (const text of [renderFusion(fusion, ['a', 'b'], 'zh'), renderFusion(fusion, ['a', 'b'])])
      expect(text).to.contain('note');
  });

  it('each two of three, and none where one is no table or carries a mark', async () => {
    const path = (name: string, text: string) => {
      writeFileSync(join(folder, name), text);
      return { path: join(folder, name) };
    };
    const [health, staff, other] = [path('h.csv', HEALTH), path('s.csv', STAFF), path('o.csv', 'k,m\nx,y\nz,u\n')];
    const shares: number[] = [];
    const fused = await fuseAll([health, staff, other], { progress: (share) => void shares.push(share) });
    if ('status' in fused) throw new Error(fused.fault.code);
    expect(fused.map(({ first, second, fusion }) => [first, second, fusion.status])).to.deep.equal([
      [1, 2, 'assessed'],
      [1, 3, 'not-assessed'],
      [2, 3, 'not-assessed'],
    ]);
    expect(shares).to.deep.equal([...shares].sort((a, b) => a - b));
    const secret = path('x.csv', '绝密★启动前,数量\n甲,3\n');
    expect(await fuseAll([health, secret], { mark: /绝密★/u })).to.deep.nested.include({
      file: 2,
      'fault.code': 'state-secret',
    });
    expect(await fuseAll([health, staff], { budget: 0 })).to.deep.nested.include({ 'fault.code': 'time-up' });
  });

  it('tells traps from links: code lists, dates, serial numbers, daily figures, figures by district', async function () {
    this.timeout(120_000);
    const wrong = [];
    for (const [index, { first, second, planted }] of trappedPairs(10, 14, 7).entries()) {
      const fusion = await fused(asText(first.header, first.rows), asText(second.header, second.rows));
      if (planted !== (fusion.status === 'assessed' && fusion.links)) wrong.push([index, planted, fusion]);
    }
    expect(wrong, JSON.stringify(wrong)).to.deep.equal([]);
  });

  it('finds planted links under other headings, and none between strangers', async function () {
    this.timeout(240_000);
    const outcomes = [];
    for (const { first, second, planted } of plantedPairs(8, 8)) {
      const fusion = await fused(asText(first.header, first.rows), asText(second.header, second.rows));
      outcomes.push([planted, fusion.status === 'assessed' && fusion.links]);
    }
    expect(outcomes.filter(([planted, linked]) => planted !== linked)).to.deep.equal([]);
    expect(outcomes.filter(([planted]) => planted)).to.have.length(8);
  });
});
