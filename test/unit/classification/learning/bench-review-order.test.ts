import { expect } from 'chai';
import fc from 'fast-check';
import { type Candidate, lookFirst } from '../../../../bench/classification/review-order.js';

const record = (id: string, ...terms: string[]): Candidate => ({ id, terms });
const SERIES = [
  ...['m1', 'm2', 'm3', 'm4', 'm5', 'm6'].map((id) => record(id, 'map', 'layer', 'road')),
  ...['p1', 'p2', 'p3'].map((id) => record(id, 'patient', 'visit', 'log')),
  record('x', 'unlike', 'all'),
  record('y', 'else'),
];

describe('the order in which the bench reviews records', () => {
  it('is one of each series, the largest first', () => {
    expect(lookFirst(SERIES, 2)).to.deep.equal(['m1', 'p1']);
  });

  it('passes over what the seen ones stand for', () => {
    expect(lookFirst(SERIES.slice(1), 1, [record('m1', 'map', 'layer', 'road')])).to.deep.equal(['p1']);
  });

  it('puts the doubtful before the plain', () => {
    const doubtful = SERIES.map((one) => ({ ...one, doubt: one.id.startsWith('p') ? 1 : 0.01 }));
    expect(lookFirst(doubtful, 1)).to.deep.equal(['p1']);
  });

  it('names each at most once, all when asked for all, and nothing of nothing', () => {
    expect(lookFirst(SERIES, 99)).to.have.members(SERIES.map(({ id }) => id));
    expect(lookFirst([], 3)).to.deep.equal([]);
  });

  it('is the same in whatever order the records come', () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray(SERIES, { minLength: SERIES.length }),
        fc.integer({ min: 1, max: 6 }),
        (list, count) => {
          expect(lookFirst(list, count)).to.deep.equal(lookFirst(SERIES, count));
        },
      ),
    );
  });
});
