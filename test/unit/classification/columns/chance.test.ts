import { expect } from 'chai';
import fc from 'fast-check';
import { doubtOf } from '../../../../src/classification/domain/columns/chance.js';

/** The exact tail of the binomial distribution. */
function tail(matches: number, cells: number, chance: number): number {
  let [sum, term] = [0, (1 - chance) ** cells];
  for (let k = 0; k <= cells; k += 1) {
    if (k >= matches) sum += term;
    term *= ((cells - k) / (k + 1)) * (chance / (1 - chance));
  }
  return sum;
}

describe('what chance could do', () => {
  it('20 of 20 of one in ten is proof, 3 of 3 is not', () => {
    expect(doubtOf(20, 20, 0.1)).to.be.closeTo(1e-20, 1e-22);
    expect(doubtOf(3, 3, 0.1)).to.be.closeTo(1e-3, 1e-5);
  });

  it('says nothing of no cells, and nothing of what is no more than chance gives', () => {
    expect(doubtOf(0, 0, 0.1)).to.equal(1);
    expect(doubtOf(10, 100, 0.1)).to.equal(1);
    expect(doubtOf(0, 10, 0.1)).to.equal(1);
  });

  it('never promises more than the exact probability, and falls as hits grow', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 200 }),
        fc.nat(200),
        fc.constantFrom(0.0323, 0.0909, 0.1, 0.3),
        (cells, some, chance) => {
          const matches = Math.min(some, cells);
          expect(doubtOf(matches, cells, chance) * (1 + 1e-9)).to.be.at.least(tail(matches, cells, chance));
          if (matches < cells)
            expect(doubtOf(matches + 1, cells, chance)).to.be.at.most(doubtOf(matches, cells, chance));
        },
      ),
    );
  });
});
