import { expect } from 'chai';
import fc from 'fast-check';
import { spreadOf } from '../../../src/register/domain/day-counts.js';
import { figuresOf, statisticsOf } from '../../../src/register/domain/statistics.js';
import { entryOf, worlds } from './worlds.js';

const undecided = { outcome: 'undecided', days: null, inTime: false } as const;

describe('what is counted', () => {
  it('the median and the 90th percentile by the nearest rank', () => {
    expect(spreadOf([])).to.deep.equal({ count: 0, median: null, p90: null });
    expect(spreadOf([7])).to.deep.equal({ count: 1, median: 7, p90: 7 });
    expect(spreadOf([10, 1, 2, 3, 4, 5, 6, 7, 8, 9])).to.deep.equal({ count: 10, median: 5, p90: 9 });
    expect(spreadOf([1, 2, 3, 100])).to.deep.equal({ count: 4, median: 2, p90: 100 });
  });

  it('no percentile splits the values otherwise than it says', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 1 }), (days) => {
        const { median, p90 } = spreadOf(days);
        for (const [value, share] of [
          [median, 0.5],
          [p90, 0.9],
        ] as const) {
          expect(days.filter((one) => one <= (value as number)).length).to.be.at.least(days.length * share);
          expect(days.filter((one) => one < (value as number)).length).to.be.lessThan(days.length * share);
        }
      }),
    );
  });

  it('leaving a case open makes no figure better than ruling on it late', () => {
    fc.assert(
      fc.property(worlds, fc.integer({ min: 16, max: 400 }), (entries, days) => {
        const ruled = figuresOf([...entries, entryOf({ days, inTime: false })]);
        const open = figuresOf([...entries, entryOf(undecided)]);
        expect(open.share).to.be.at.most(ruled.share as number);
        for (const key of ['median', 'p90'] as const)
          if (open[key] !== null) expect(open[key]).to.be.at.least(ruled[key] as number);
      }),
    );
  });

  it('where half is undecided there is no median, and it is said how many are', () => {
    const figures = figuresOf([entryOf(), entryOf(undecided), entryOf(undecided)]);
    expect(figures).to.deep.equal({ count: 3, undecided: 2, inTime: 1, share: 1 / 3, median: null, p90: null });
  });

  it('parts sum to the whole, whichever way it is parted', () => {
    fc.assert(
      fc.property(worlds, (entries) => {
        const { whole, outcomes, periods, holders, fields, purposes } = statisticsOf(entries);
        for (const part of [outcomes, periods, holders, fields, purposes])
          expect(part.reduce((sum, { count }) => sum + count, 0)).to.equal(whole.count);
        for (const part of [periods, holders, fields])
          expect(part.reduce((sum, { inTime }) => sum + inTime, 0)).to.equal(whole.inTime);
      }),
    );
  });

  it('each line says what counting its own entries says', () => {
    fc.assert(
      fc.property(worlds, (entries) => {
        for (const { holder, ...figures } of statisticsOf(entries).holders)
          expect(figures).to.deep.equal(figuresOf(entries.filter((one) => one.holder === holder)));
        for (const { period, ...figures } of statisticsOf(entries).periods)
          expect(figures).to.deep.equal(figuresOf(entries.filter((one) => one.quarter === period)));
      }),
    );
  });

  it('steps that were taken, a reason once for each refusal that names it, reviews, grants and use', () => {
    const refused = { outcome: 'refused', reasons: ['other', 'other', 'duplicate'], use: NOTHING } as const;
    const counted = statisticsOf([
      entryOf({ use: { granted: true, reports: 2, products: 3, named: ['Map'] } }),
      entryOf({ ...refused, appeal: 'reopened' }),
      entryOf({
        ...refused,
        reasons: ['other'],
        appeal: 'asked',
        steps: { acceptance: null, holder: null, authority: 9 },
      }),
    ]);
    expect(counted.reasons).to.deep.equal([
      { reason: 'other', count: 2 },
      { reason: 'duplicate', count: 1 },
    ]);
    expect(counted.appeals).to.deep.equal({ asked: 2, upheld: 0, reopened: 1 });
    expect(counted.use).to.deep.equal({ granted: 1, reported: 1, reports: 2, products: 3 });
    expect(counted.steps.map(({ step, count, median }) => [step, count, median])).to.deep.equal([
      ['acceptance', 2, 1],
      ['holder', 2, 3],
      ['authority', 3, 4],
    ]);
  });

  it('what has no name comes last', () => {
    const { holders } = statisticsOf([entryOf({ holder: null }), entryOf({ holder: null }), entryOf()]);
    expect(holders.map(({ holder }) => holder)).to.deep.equal(['h0', null]);
  });
});

const NOTHING = { granted: false, reports: 0, products: 0, named: [] };
