import { expect } from 'chai';
import fc from 'fast-check';
import { diversityOf, figuresOf } from '../../../../src/classification/domain/risk/figures.js';
import {
  contributionsOf,
  setsOfSize,
  stillOpen,
  weightOf,
} from '../../../../src/classification/domain/risk/unique-sets.js';

describe('risk figures', () => {
  it('follow from the counts over the classes', () => {
    const counts = { records: 8, suppressed: 2, classes: 4, smallest: 1, exposed: 3, alone: 1 };
    expect(figuresOf(counts)).to.deep.equal({
      status: 'assessed',
      records: 8,
      suppressed: 2,
      classes: 4,
      k: 1,
      average: 0.5,
      highest: 1,
      atRisk: 0.375,
      uniqueness: 0.125,
    });
  });

  it('are missing, with the reason, where there is nothing to judge', () => {
    const none = { records: 0, suppressed: 0, classes: 0, smallest: 0, exposed: 0, alone: 0 };
    expect(figuresOf(none)).to.deep.equal({ status: 'not-assessed', reason: 'no-records' });
    expect(figuresOf({ ...none, suppressed: 7 })).to.deep.equal({ status: 'not-assessed', reason: 'all-suppressed' });
    expect(diversityOf({ records: 0, fewest: 0, told: 0 })).to.deep.equal({
      status: 'not-assessed',
      reason: 'no-records',
    });
  });

  it('keep their order whatever the counts: average never over highest, uniqueness never over at-risk', () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(sizes, fc.integer({ min: 2, max: 10 }), (classes, least) => {
        const records = classes.reduce((sum, size) => sum + size, 0);
        const figures = figuresOf({
          records,
          suppressed: 0,
          classes: classes.length,
          smallest: Math.min(...classes),
          exposed: classes.filter((size) => size < least).reduce((sum, size) => sum + size, 0),
          alone: classes.filter((size) => size === 1).length,
        });
        if (figures.status !== 'assessed') return false;
        const { average, highest, uniqueness, atRisk, k } = figures;
        return average <= highest && uniqueness <= atRisk && atRisk <= 1 && highest === 1 / k && average > 0;
      }),
    );
  });
});

describe('minimal unique sets', () => {
  it('lists every set of a size once', () => {
    expect([...setsOfSize(4, 2)]).to.deep.equal([
      [0, 1],
      [0, 2],
      [0, 3],
      [1, 2],
      [1, 3],
      [2, 3],
    ]);
    expect([...setsOfSize(3, 4)]).to.deep.equal([]);
    expect([...setsOfSize(3, 0)]).to.deep.equal([[]]);
    expect([...setsOfSize(16, 4)]).to.have.length(1820);
  });

  it('asks nothing about sets that hold one by which everybody is alone', () => {
    expect(stillOpen([0, 2, 3], [[0, 3]])).to.equal(false);
    expect(stillOpen([0, 2], [[0, 3]])).to.equal(true);
    expect(stillOpen([0], [])).to.equal(true);
  });

  it('weighs a smaller set more: it can be completed in more ways', () => {
    expect([1, 2, 3].map((size) => weightOf(size, 3, 5))).to.deep.equal([12, 3, 1]);
    expect(weightOf(3, 3, 3)).to.equal(1);
  });

  it('gives each column its part of the weight', () => {
    const sets = [
      { columns: ['birth'], records: 2 },
      { columns: ['birth', 'sex'], records: 3 },
      { columns: ['post code', 'sex'], records: 1 },
    ];
    const contributions = contributionsOf(['birth', 'sex', 'post code', 'class'], sets, 2);
    const weight = 2 * 3 + 3 + 1;
    expect(contributions).to.deep.equal([
      { column: 'birth', share: (2 * 3 + 3) / weight },
      { column: 'sex', share: 4 / weight },
      { column: 'post code', share: 1 / weight },
      { column: 'class', share: 0 },
    ]);
    expect(contributionsOf(['a'], [], 1)).to.deep.equal([{ column: 'a', share: 0 }]);
  });
});
