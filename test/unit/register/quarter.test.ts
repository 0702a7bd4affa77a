import { expect } from 'chai';
import fc from 'fast-check';
import { addDays } from '../../../src/kernel/time.js';
import {
  closedOn,
  lastDayOf,
  nextQuarter,
  QUARTER,
  quarterOf,
  quartersBetween,
} from '../../../src/register/domain/quarter.js';

const day = fc.integer({ min: 0, max: 9000 }).map((later) => addDays('2018-01-01', later));

describe('quarters', () => {
  it('begin in January, April, July and October', () => {
    const first = ['2026-01-01', '2026-04-01', '2026-07-01', '2026-10-01'];
    expect(first.map(quarterOf)).to.deep.equal(['2026-Q1', '2026-Q2', '2026-Q3', '2026-Q4']);
    expect(first.map((one) => quarterOf(addDays(one, -1)))).to.deep.equal(['2025-Q4', '2026-Q1', '2026-Q2', '2026-Q3']);
    expect(['2025-Q4', '2026-Q1', '2026-Q2'].map(lastDayOf)).to.deep.equal(['2025-12-31', '2026-03-31', '2026-06-30']);
  });

  it('hold each day once, in order', () => {
    fc.assert(
      fc.property(day, (one) => {
        const quarter = quarterOf(one);
        expect(quarter).to.match(QUARTER);
        expect(one <= lastDayOf(quarter)).to.equal(true);
        expect(quarterOf(addDays(lastDayOf(quarter), 1))).to.equal(nextQuarter(quarter));
        expect(nextQuarter(quarter) > quarter).to.equal(true);
      }),
    );
  });

  it('are over from the second day of the next: on the first, what happened last may still be coming in', () => {
    expect(closedOn('2026-07-01')).to.equal('2026-Q1');
    expect(closedOn('2026-07-02')).to.equal('2026-Q2');
    expect(closedOn('2026-01-01')).to.equal('2025-Q3');
    expect(closedOn('2026-01-02')).to.equal('2025-Q4');
    fc.assert(fc.property(day, (one) => lastDayOf(closedOn(one)) < addDays(one, -1)));
  });

  it('are counted with both ends', () => {
    expect(quartersBetween('2025-Q3', '2026-Q2')).to.deep.equal(['2025-Q3', '2025-Q4', '2026-Q1', '2026-Q2']);
    expect(quartersBetween('2026-Q3', '2026-Q2')).to.deep.equal([]);
  });
});
