import { expect } from 'chai';
import fc from 'fast-check';
import {
  contributionsOf,
  type Example,
  type LinearModel,
  mostLikely,
  score,
  train,
} from '../../../../src/classification/domain/learning/linear-model.js';
import { TIERS } from '../../../../src/kernel/tier.js';

const SERIES: readonly Example[] = [
  ...[1, 2, 3, 4].map((n): Example => ({ id: `a${n}`, terms: ['map', 'road', `r${n}`], tier: 'open' })),
  ...[1, 2, 3, 4].map((n): Example => ({ id: `b${n}`, terms: ['file', 'inspection', `i${n}`], tier: 'conditional' })),
  ...[1, 2, 3, 4].map((n): Example => ({ id: `c${n}`, terms: ['file', 'patient', `p${n}`], tier: 'restricted' })),
];

const word = fc.constantFrom('公交', '线路', '患者', 'road', 'patient', 'file', 'constructor', '__proto__');
const anyExamples = fc.uniqueArray(
  fc.record({
    id: fc.string({ minLength: 1, maxLength: 4 }),
    terms: fc.uniqueArray(word, { maxLength: 5 }),
    tier: fc.constantFrom(...TIERS),
  }),
  { selector: ({ id }) => id, maxLength: 12 },
);
const few = { rarest: 1, ridge: 0.01, steps: 20 };

describe('the linear model of a publisher', () => {
  const model = train(SERIES);

  it('says of each series what people decided of its like', () => {
    for (const { terms, tier } of SERIES) expect(mostLikely(score(model, terms))).to.equal(tier);
    expect(mostLikely(score(model, ['road', 'unheard-of']))).to.equal('open');
    expect(mostLikely(score(model, ['patient']))).to.equal('restricted');
  });

  it('leaves out terms that were seen once', () => {
    expect(Object.keys(model.weights).sort()).to.deep.equal(['file', 'inspection', 'map', 'patient', 'road']);
  });

  it('gives the same bytes for the same decisions, in whatever order they come', () => {
    fc.assert(
      fc.property(
        anyExamples.chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length }))),
        ([list, other]) => {
          expect(JSON.stringify(train(other, few))).to.equal(JSON.stringify(train(list, few)));
        },
      ),
    );
  });

  it('gives other bytes for another decision', () => {
    const turned = SERIES.map((one, index) => (index === 0 ? { ...one, tier: 'restricted' as const } : one));
    expect(JSON.stringify(train(turned))).not.to.equal(JSON.stringify(model));
  });

  it('scores from what was stored exactly as from what was trained', () => {
    const stored = JSON.parse(JSON.stringify(model)) as LinearModel;
    for (const { terms } of SERIES) expect(score(stored, terms)).to.deep.equal(score(model, terms));
  });

  it('adds up: base, bias and every term’s part are the score', () => {
    fc.assert(
      fc.property(anyExamples, fc.uniqueArray(word), (list, terms) => {
        const learned = train(list, few);
        const base = [0.5, -1, 0.25] as const;
        const sum = contributionsOf(learned, terms).reduce(
          (total, { adds }) => total.map((value, k) => value + (adds[k] ?? 0)),
          base.map((value, k) => value + (learned.bias[k] ?? 0)),
        );
        const scores = score(learned, terms, base);
        for (const [k, value] of sum.entries()) expect(scores[k]).to.be.closeTo(value, 1e-9);
      }),
    );
  });

  it('without examples says nothing but the base', () => {
    const empty = train([]);
    expect(empty).to.deep.include({ examples: 0, weights: {} });
    expect(score(empty, ['road'], [0, 2, 1])).to.deep.equal([0, 2, 1]);
  });

  it('knows no term that is only a property of every object', () => {
    expect(contributionsOf(model, ['constructor', 'toString', '__proto__'])).to.deep.equal([]);
  });

  it('learns what differs from the base: where the base is right there is little to learn', () => {
    const based = SERIES.map((one) => ({ ...one, base: TIERS.map((tier) => (tier === one.tier ? 4 : 0)) as never }));
    const size = ({ weights }: LinearModel): number =>
      Math.max(...Object.values(weights).flatMap((row) => row.slice(0, 3).map(Math.abs)));
    expect(size(train(based))).to.be.lessThan(size(model) / 2);
  });

  it('takes the stricter tier of two equal ones', () => {
    expect(mostLikely([0, 0, 0])).to.equal('restricted');
    expect(mostLikely([1, 1, 0])).to.equal('conditional');
    expect(mostLikely([2, 1, 0])).to.equal('open');
  });
});
