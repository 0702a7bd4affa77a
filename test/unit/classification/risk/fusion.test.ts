import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import { type Fusion, type FusionCounts, fusionOf } from '../../../../src/classification/domain/risk/fusion.js';
import {
  type ColumnValues,
  linkValue,
  sharedColumns,
} from '../../../../src/classification/domain/risk/shared-columns.js';
import { fuseFiles, type FuseOptions } from '../../../../src/classification/files/fuse-files.js';
import { renderFusion } from '../../../../src/classification/files/render-fusion.js';
import { fusionCounts } from '../../../../src/classification/measure/fusion-counts.js';
import { asText } from '../../../support/classification/people.js';
import { plantedPairs } from '../../../support/classification/planted-joins.js';
import { type Rows, SmallTables } from '../../../support/classification/tables.js';

describe('a value as tables are linked by it', () => {
  it('is the same however a date, a width or a case is written', () => {
    for (const day of ['1980-03-04', '1980/3/4', '1980.3.4', '19800304', '1980年3月4日', '１９８０-03-04'])
      expect(linkValue(day), day).to.equal('1980-03-04');
    expect(linkValue('  ＡB  c ')).to.equal('ab c');
    for (const other of ['1980-13-04', '31010100', '1980', '', '*']) expect(linkValue(other)).to.equal(other);
  });
});

const column = (name: string, values: readonly string[]): ColumnValues => ({ name, values: new Set(values) });
const numbers = (from: number, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `v${from + index}`);

describe('columns that two tables share', () => {
  it('are those called the same, and those whose values are the same to a good part, best first', () => {
    const first = [column('District', ['a', 'b']), column('born', numbers(0, 100)), column('x', numbers(500, 30))];
    const second = [column('district', ['c']), column('birthday', numbers(40, 100)), column('y', numbers(900, 30))];
    expect(sharedColumns(first, second)).to.deep.equal([
      { first: 'District', second: 'district', by: 'name' },
      { first: 'born', second: 'birthday', by: 'values' },
    ]);
  });

  it('few values are alike by chance and prove nothing', () => {
    expect(sharedColumns([column('sex', ['1', '2'])], [column('class', ['1', '2'])])).to.deep.equal([]);
  });

  it('each column takes part once', () => {
    const values = numbers(0, 50);
    const shared = sharedColumns([column('a', values), column('b', values)], [column('c', values)]);
    expect(shared).to.deep.equal([{ first: 'a', second: 'c', by: 'values' }]);
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
    };
    const fusion = fusionOf([], [100, 40], counts);
    expect(fusion.first).to.deep.equal({ records: 100, linkable: 90, k: 6, matched: 0.5, fall: 5 });
    expect(fusion.second).to.deep.include({ matched: 1, fall: 0 });
    expect(fusion).to.deep.include({ uniqueToUnique: 0, kJoined: 1, links: false });
    const nothing = fusionOf([], [0, 0], {
      ...counts,
      first: 0,
      second: 0,
      matchedFirst: 0,
      matchedSecond: 0,
      kJoined: 0,
    });
    expect(nothing).to.deep.include({ kJoined: null, certainShare: 0, links: false });
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
