import { expect } from 'chai';
import fc from 'fast-check';
import { tokensOf } from '../../../src/catalogue/index.js';
import {
  type ComparedCase,
  type EarlierCase,
  isAlike,
  likenessOf,
  mostAlike,
  TRAITS,
} from '../../../src/directory/domain/likeness-of-cases.js';
import type { Field } from '../../../src/kernel/fields.js';
import { DELIVERIES, PURPOSES } from '../../../src/kernel/purpose.js';

const made = (more: Partial<ComparedCase> = {}): ComparedCase => ({
  applicant: 'a',
  applicantKind: 'enterprise',
  holder: 'h',
  purpose: 'research',
  delivery: 'download',
  items: new Map([['roads', ['line', 'stop']]]),
  fields: new Set<Field>(['transport']),
  terms: tokensOf('城市公交客流预测 Travel times for planning'),
  ...more,
});
/** Agrees with `made()` in nothing. */
const strange = (more: Partial<ComparedCase> = {}): ComparedCase => ({
  applicant: 'z',
  applicantKind: 'person',
  holder: 'y',
  purpose: 'marketing',
  delivery: 'api',
  items: new Map([['beds', []]]),
  fields: new Set<Field>(['health']),
  terms: tokensOf('医院床位 Hospital beds'),
  ...more,
});

const items = fc.uniqueArray(fc.constantFrom('line', 'stop', 'time'), { maxLength: 3 });
const compared: fc.Arbitrary<ComparedCase> = fc.record({
  applicant: fc.constantFrom('a', 'b'),
  applicantKind: fc.constantFrom('enterprise' as const, 'person' as const),
  holder: fc.constantFrom('h', 'y'),
  purpose: fc.constantFrom(...PURPOSES.slice(0, 3)),
  delivery: fc.constantFrom(...DELIVERIES),
  items: fc
    .dictionary(fc.constantFrom('roads', 'buses', 'beds'), items, { minKeys: 1 })
    .map((one) => new Map(Object.entries(one))),
  fields: fc.subarray<Field>(['transport', 'health']).map((one) => new Set(one)),
  terms: fc.subarray(['公交', '客流', '预测', 'travel', 'times']).map((one) => new Set(one)),
});
const earlier: fc.Arbitrary<EarlierCase[]> = fc
  .uniqueArray(fc.tuple(fc.stringMatching(/^[0-9a-f]{2,4}$/), compared, fc.constantFrom('2026-01-05', '2026-02-05')), {
    selector: ([id]) => id,
    maxLength: 12,
  })
  .map((all) => all.map(([application, one, ruledOn]) => ({ ...one, application, ruledOn })));

describe('likeness of cases', () => {
  it('names every trait in which two agree, in one order', () => {
    expect(likenessOf(made(), made()).traits).to.deep.equal(TRAITS);
    expect(likenessOf(made(), strange())).to.deep.equal({ traits: [], weight: 0 });
  });

  const ALONE: readonly (readonly [string, Partial<ComparedCase>, readonly string[]])[] = [
    ['the same dataset, other items', { items: new Map([['roads', ['time']]]) }, ['dataset']],
    ['most items of the same dataset', { items: new Map([['roads', ['line', 'stop', 'time']]]) }, ['dataset', 'items']],
    ['all of the same dataset', { items: new Map([['roads', []]]) }, ['dataset', 'items']],
    ['the purpose', { purpose: 'research' }, ['purpose']],
    ['a scenario said in nearly the same words', { terms: tokensOf('城市公交客流预测模型') }, ['scenario']],
    ['the delivery', { delivery: 'download' }, ['delivery']],
    ['the applicant', { applicant: 'a' }, ['applicant']],
    ['its kind', { applicantKind: 'enterprise' }, ['applicant-kind']],
    ['the holder', { holder: 'h' }, ['holder']],
    ['a field', { fields: new Set<Field>(['health', 'transport']) }, ['field']],
  ];
  for (const [what, more, traits] of ALONE)
    it(`names ${what} alone`, () => {
      const { traits: found, weight } = likenessOf(made({ terms: tokensOf('城市公交客流预测') }), strange(more));
      expect(found).to.deep.equal(traits);
      expect(weight).to.be.greaterThan(0);
    });

  it('is near by words in English and by pairs of characters in Chinese, whatever their width and case', () => {
    const near = (a: string, b: string) =>
      likenessOf(made({ terms: tokensOf(a) }), strange({ terms: tokensOf(b) })).traits.includes('scenario');
    expect(near('Travel-time model for logistics planning', 'TRAVEL time model, logistics')).to.equal(true);
    expect(near('公交客流预测与线网优化', '线网优化：公交客流预测')).to.equal(true);
    expect(near('公交客流预测与线网优化', '医院床位利用情况统计')).to.equal(false);
    expect(near('', ''), 'nothing said is like nothing').to.equal(false);
  });

  it('is the same both ways, and never more than with itself', () => {
    fc.assert(
      fc.property(compared, compared, (some, other) => {
        const both = likenessOf(some, other);
        expect(both).to.deep.equal(likenessOf(other, some));
        expect(both.weight).to.be.at.most(Math.max(likenessOf(some, some).weight, likenessOf(other, other).weight));
      }),
    );
  });
});

describe('the most alike of earlier cases', () => {
  it('are the same in whatever order they come, ordered by likeness, then newest, then id', () => {
    fc.assert(
      fc.property(compared, earlier, fc.nat(), (now, some, seed) => {
        const ranked = mostAlike(now, some);
        const turned = some.map((one, at) => [((at + 1) * (seed + 7)) % 13, one] as const).sort(([a], [b]) => a - b);
        expect(
          mostAlike(
            now,
            turned.map(([, one]) => one),
          ),
        ).to.deep.equal(ranked);
        for (const [at, one] of ranked.entries()) {
          const next = ranked[at + 1];
          if (next === undefined) continue;
          const places = [one, next].map(
            ({ likeness, earlier: { ruledOn, application } }) => [likeness.weight, ruledOn, application] as const,
          );
          expect(places[0]! > places[1]! || places[0]![0] > places[1]![0]).to.equal(true);
        }
      }),
    );
  });

  it('leave out what agrees in small things only, and nothing else', () => {
    fc.assert(
      fc.property(compared, earlier, (now, some) => {
        const kept = new Set(mostAlike(now, some).map((one) => one.earlier.application));
        for (const one of some) expect(kept.has(one.application)).to.equal(isAlike(likenessOf(now, one)));
      }),
    );
    const small = likenessOf(
      made(),
      strange({ holder: 'h', delivery: 'download', fields: new Set<Field>(['transport']) }),
    );
    expect(isAlike(small)).to.equal(false);
    expect(isAlike(likenessOf(made(), strange({ purpose: 'research' })))).to.equal(false);
    expect(isAlike(likenessOf(made(), strange({ items: new Map([['roads', ['time']]]) })))).to.equal(true);
  });

  it('put the same data above the same purpose, and both above either', () => {
    const of = (application: string, more: Partial<ComparedCase>): EarlierCase => ({
      ...strange(more),
      application,
      ruledOn: '2026-01-05',
    });
    const data = { items: new Map([['roads', ['line', 'stop']]]) };
    const purpose = { purpose: 'research', delivery: 'download', applicantKind: 'enterprise' } as const;
    const ranked = mostAlike(made(), [of('purpose', purpose), of('data', data), of('both', { ...data, ...purpose })]);
    expect(ranked.map(({ earlier: { application } }) => application)).to.deep.equal(['both', 'data', 'purpose']);
  });
});
