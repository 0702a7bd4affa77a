import { expect } from 'chai';
import fc from 'fast-check';
import {
  betterChoices,
  keptBy,
  type Ladder,
  nothingLeft,
} from '../../../../src/classification/domain/lowering/lattice.js';
import { informationKept, stepsOf } from '../../../../src/classification/domain/lowering/proposal.js';

const born: Ladder = {
  column: 'born',
  rungs: [
    { to: 'as-is', kept: 1 },
    { to: { by: 'year' }, kept: 0.6 },
    { to: { by: 'decade' }, kept: 0.3 },
    { to: 'drop', kept: 0 },
  ],
};
const sex: Ladder = {
  column: 'sex',
  rungs: [
    { to: 'as-is', kept: 1 },
    { to: 'drop', kept: 0 },
  ],
};

describe('choices of how coarse columns become', () => {
  it('those that keep most come first; only those that keep more than what is had', () => {
    expect(betterChoices([born, sex], [2, 0])).to.deep.equal([
      [0, 0],
      [1, 0],
    ]);
    expect(betterChoices([born, sex], nothingLeft([born, sex]))).to.have.length(7);
    expect(betterChoices([born, sex], [0, 0])).to.deep.equal([]);
    expect(nothingLeft([born, sex])).to.deep.equal([3, 1]);
  });

  it('too many to list are not listed', () => {
    expect(
      betterChoices(
        Array.from({ length: 7 }, () => born),
        [3, 3, 3, 3, 3, 3, 3],
      ),
    ).to.equal(null);
  });

  it('never come in an order in which a later one keeps more', () => {
    const rung = fc.double({ min: 0, max: 1, noNaN: true });
    const ladder = fc
      .array(rung, { minLength: 1, maxLength: 4 })
      .map((kept): Ladder => ({ column: 'c', rungs: kept.map((share) => ({ to: 'drop', kept: share })) }));
    fc.assert(
      fc.property(fc.array(ladder, { minLength: 1, maxLength: 4 }), (ladders) => {
        const kept = (betterChoices(ladders, nothingLeft(ladders)) ?? []).map((choice) => keptBy(ladders, choice));
        return kept.every((share, index) => index === 0 || share <= (kept[index - 1] ?? 0));
      }),
    );
  });

  it('become steps in the order of the table, withholding last, on the columns that stay', () => {
    const proposal = {
      columns: ['sex', 'name', 'born', 'service'],
      dropped: new Set(['name']),
      ladders: [born, sex],
      choice: [1, 0],
      withholdBelow: 5,
    };
    expect(stepsOf(proposal)).to.deep.equal([
      { kind: 'drop', column: 'name' },
      { kind: 'generalise', column: 'born', to: { by: 'year' } },
      { kind: 'withhold', columns: ['sex', 'born'], least: 5 },
    ]);
    expect(informationKept(proposal, 0)).to.equal((1 + 0 + 0.6 + 1) / 4);
    expect(informationKept(proposal, 0.1)).to.equal((0.9 + 0 + 0.54 + 1) / 4);
    expect(stepsOf({ ...proposal, choice: [3, 1], withholdBelow: 5 })).to.deep.equal([
      { kind: 'drop', column: 'sex' },
      { kind: 'drop', column: 'name' },
      { kind: 'drop', column: 'born' },
    ]);
  });
});
