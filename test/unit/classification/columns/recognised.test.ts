import { expect } from 'chai';
import fc from 'fast-check';
import type { ColumnTypes } from '../../../../src/classification/domain/columns/column-types.js';
import { ColumnProfile, columnRules } from '../../../../src/classification/domain/columns/profile.js';
import { recognised } from '../../../../src/classification/domain/columns/recognised.js';
import { columnRoles } from '../../../../src/classification/domain/columns/roles.js';
import { creditCode, generator, mobile, personName, residentId } from '../identifiers.js';
import { columns, recognise, rules, times, typesIn } from './shipped.js';

const random = generator(19);
const text = { zh: '甲', en: 'a' };
const source = { text, verified: false };

/** A file with one type of three ways, to see each circumstance by itself. */
const small = (change: Partial<ColumnTypes['types'][number]> = {}): ColumnTypes => ({
  version: 7,
  lists: {},
  aggregates: {},
  types: [
    {
      type: 'number-of-one',
      title: text,
      roles: ['identifier'],
      source,
      cues: { en: ['telling'] },
      hints: ['bare'],
      neighbours: ['other'],
      ways: [
        {
          rule: 'one',
          evidence: 'pattern',
          validator: 'postcode',
          alone: { fraction: 0.9, matches: 10 },
          withCue: { fraction: 0.2, matches: 1 },
          withHint: { fraction: 0.5, matches: 4 },
          withNeighbours: { fraction: 0.4, matches: 2 },
        },
      ],
      ...change,
    },
    {
      type: 'other',
      title: text,
      roles: ['context'],
      source,
      cues: { en: ['beside'] },
      ways: [{ rule: 'other', evidence: 'cue', validator: 'words', withCue: { fraction: 0.5, matches: 1 } }],
    },
  ],
});

describe('what a column is', () => {
  const compiled = columnRules(small());
  const cells = (matching: number, others: number): string[] => [
    ...times(matching, () => '200003'),
    ...times(others, () => 'nothing'),
  ];
  const ruleOf = (heading: string, some: readonly string[], beside: readonly string[] = []): string | undefined =>
    recognise({ [heading]: some, ...(beside.length > 0 ? { beside } : {}) }, compiled)[0]?.find(
      ({ type }) => type === 'number-of-one',
    )?.rule;

  it('takes many and nearly all without a word in the heading', () => {
    expect(ruleOf('zzz', cells(10, 1))).to.equal('columns/7#one');
    expect(ruleOf('zzz', cells(9, 0))).to.equal(undefined);
    expect(ruleOf('zzz', cells(10, 2))).to.equal(undefined);
  });

  it('takes few where the heading names it', () => {
    expect(ruleOf('telling', cells(1, 4))).to.equal('columns/7#one+cue');
    expect(ruleOf('telling', cells(1, 5))).to.equal(undefined);
  });

  it('takes a bare heading with more, and with less beside a neighbour', () => {
    expect(ruleOf('bare', cells(4, 4))).to.equal('columns/7#one+hint');
    expect(ruleOf('bare', cells(2, 3))).to.equal(undefined);
    expect(ruleOf('bare', cells(2, 3), ['aa', 'bb'])).to.equal('columns/7#one+neighbours');
    expect(ruleOf('bare', cells(2, 3), ['12', '13'])).to.equal(undefined);
    expect(ruleOf('zzz', cells(2, 3), ['aa', 'bb'])).to.equal(undefined);
  });

  it('judges hits of a check against the cells of its shape', () => {
    const checked = columnRules(
      small({
        ways: [
          {
            rule: 'id',
            evidence: 'checksum',
            validator: 'resident-id',
            chance: 0.0909,
            alone: { fraction: 0.01, matches: 3, purity: 0.5, doubt: 0.001 },
          },
        ],
      }),
    );
    const sound = times(3, () => residentId(random));
    const noise = times(90, () => 'x');
    const found = (some: readonly string[]): number => recognise({ zzz: some }, checked)[0]?.length ?? -1;
    expect(found([...sound, ...noise])).to.equal(1);
    expect(found([...sound.slice(1), ...noise])).to.equal(0);
    const spoilt = times(4, () => residentId(random)).map((id) => id.slice(0, 17) + (id.endsWith('1') ? '2' : '1'));
    expect(found([...sound, ...spoilt, ...noise])).to.equal(0);
  });

  it('believes a checksum before a pattern, a pattern before a list, and lets one cell be one thing', () => {
    expect(typesIn({ 证件号或编号: times(30, () => residentId(random)) })).to.deep.equal([['resident-id']]);
    expect(typesIn({ 手机编号: times(30, () => mobile(random)) })).to.deep.equal([['mobile-number']]);
    expect(typesIn({ 地址编码: times(30, (index) => `A-${index}`) })).to.deep.equal([['generic-id']]);
  });

  it('names both where one column holds two kinds of cells', () => {
    const both = [...times(30, () => mobile(random)), ...times(30, (index) => `u${index}@example.com`)];
    expect(typesIn({ 联系方式: both })).to.deep.equal([['mobile-number', 'email']]);
  });

  it('takes a bare name for a person beside what only people have, not beside what bodies have', () => {
    const names = ['Bonnie Quux', 'Zora Fnord', 'Ilse Grault'];
    expect(typesIn({ name: names, email: ['a@b.cn', 'c@d.cn', 'e@f.cn'] })[0]).to.deep.equal(['person-name']);
    const alone = new ColumnProfile('name', rules);
    for (const name of names) alone.add(name);
    expect(alone.findings()).to.deep.equal([]);
    expect(typesIn({ name: ['Acme', 'Initech', 'Hooli'], price: ['1.50', '2.50', '3.10'] })[0]).to.deep.equal([]);
  });

  it('takes an address for a home only where the rows are people', () => {
    const streets = times(20, (index) => `云亭市临波区望江路${index + 1}号2室`);
    expect(typesIn({ 地址: streets })[0]).to.deep.equal(['address']);
    expect(typesIn({ 地址: streets, 统一社会信用代码: times(20, () => creditCode(random)) })[0]).to.deep.equal([
      'address',
    ]);
    const directory = {
      地址: streets,
      单位名称: times(20, () => '云麓区社区卫生服务中心'),
      负责人: times(20, () => personName(random)),
    };
    expect(typesIn(directory)[0]).to.deep.equal(['address']);
    const born = times(20, (index) => `19${60 + index}-03-04`);
    expect(typesIn({ 地址: streets, 出生日期: born })[0]).to.deep.equal(['home-address']);
  });

  it('takes no heading that counts or averages at its word, and keeps what needs no word', () => {
    const numbers = times(20, (index) => `${index + 20}`);
    for (const heading of [
      '平均年龄',
      '少数民族人数',
      '出生率',
      '监护人数',
      'number of births',
      'average age',
      'sex ratio',
    ])
      expect(typesIn({ [heading]: numbers })[0], heading).to.deep.equal([]);
    expect(typesIn({ 岁数: numbers })[0]).to.deep.equal(['age']);
    expect(typesIn({ 手机总数: times(20, () => mobile(random)) })[0]).to.deep.equal(['mobile-number']);
  });

  it('tells that a column is about minors beside what stands in it', () => {
    expect(typesIn({ 监护人: times(20, () => personName(random)) })[0]).to.deep.equal(['person-name', 'minor']);
  });

  it('is told by counts alone: rule, share and sample, in whatever order the cells came', () => {
    const pool = fc.constantFrom(
      '13800138000',
      '张伟',
      '无',
      '',
      ' ',
      '2020-01-01',
      'a@b.cn',
      '男',
      '１３８００１３８０００',
    );
    fc.assert(
      fc.property(
        fc.array(pool, { maxLength: 60 }),
        fc.constantFrom('手机', '姓名', 'zzz', '性别'),
        (some, heading) => {
          const forwards = recognise({ [heading]: some });
          expect(recognise({ [heading]: [...some].reverse() })).to.deep.equal(forwards);
          for (const finding of forwards.flat()) {
            expect(finding.sampleSize).to.equal(some.filter((cell) => cell.trim() !== '').length);
            expect(finding.matchedFraction).to.be.within(0, 1);
            expect(finding.rule).to.match(/^columns\/2#[a-z0-9-]+(?:\+cue|\+hint|\+neighbours)?$/);
          }
        },
      ),
    );
  });

  it('counts a repeated cell as often as it comes, whether or not its answer was remembered', () => {
    const values = ['男', '女', '13800138000', '张伟', ' １３８００１３８０００', '='];
    const profile = new ColumnProfile('zzz', rules);
    for (const cell of times(9000, (index) => values[index % values.length] ?? '')) profile.add(cell);
    const singles = values.map((cell) => {
      const single = new ColumnProfile('zzz', rules);
      single.add(cell);
      return single.matches;
    });
    expect(profile.sampleSize).to.equal(9000);
    expect(profile.matches).to.deep.equal(
      profile.matches.map((_, way) => 1500 * singles.reduce((sum, matches) => sum + (matches[way] ?? 0), 0)),
    );
  });

  it('can be counted elsewhere: counts of another reader give the same findings', () => {
    const profile = new ColumnProfile('手机号', rules);
    for (const cell of times(50, () => mobile(random))) profile.add(cell);
    const { item, sampleSize, matches, candidates } = profile;
    expect(recognised([{ item, sampleSize, matches, candidates }], rules)).to.deep.equal(recognised([profile], rules));
  });

  it('is nothing where there is no cell', () => {
    expect(typesIn({ 手机号: [], 姓名: ['', ' '] })).to.deep.equal([[], []]);
    expect(recognised([], rules)).to.deep.equal([]);
  });
});

describe('an area', () => {
  const AREAS = ['浦东新区', '黄浦区', '徐汇区', '310115', ''];
  const areas = times(20, (index) => AREAS[index % AREAS.length] as string);
  const sexes = times(20, (index) => (index % 2 === 0 ? '男' : '女'));

  it('helps to single people out where people stand beside it, and nobody elsewhere', () => {
    expect(typesIn({ 区县: areas, 性别: sexes })[0]).to.deep.equal(['area']);
    expect(typesIn({ home_city: areas, 性别: sexes })[0]).to.deep.equal(['area']);
    expect(typesIn({ 区县: areas, 停车位: times(20, () => '20') })[0]).to.deep.equal([]);
    expect(typesIn({ 类别: areas, 性别: sexes })[0], 'nothing says that it is one').to.deep.equal([]);
  });
});

describe('roles of columns', () => {
  it('tell identifiers, what helps to single out, and what is sensitive apart', () => {
    const findings = recognise({
      姓名: times(20, () => personName(random)),
      性别: times(20, (index) => (index % 2 === 0 ? '男' : '女')),
      出生日期: times(20, (index) => `19${60 + index}-01-02`),
      民族: times(20, () => '汉族'),
      诊断: times(20, () => '高血压'),
      金额: times(20, () => '12.50'),
    }).flat();
    expect(columnRoles(findings, columns)).to.deep.equal({
      identifiers: ['姓名'],
      quasiIdentifiers: ['性别', '出生日期', '民族'],
      sensitive: ['民族', '诊断'],
    });
  });

  it('name a column once, and an identifier not again as something less', () => {
    const finding = { item: 'a', matchedFraction: 1, sampleSize: 9, rule: 'columns/1#x' };
    const found = [
      { ...finding, type: 'home-address' },
      { ...finding, type: 'postcode' },
      { ...finding, type: 'unheard-of' },
    ];
    expect(columnRoles(found, columns)).to.deep.equal({ identifiers: ['a'], quasiIdentifiers: [], sensitive: [] });
  });
});
