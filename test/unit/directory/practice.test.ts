import { expect } from 'chai';
import fc from 'fast-check';
import { type EarlierRuling, lastOfEach, practiceOf } from '../../../src/directory/domain/practice.js';
import { RULINGS } from '../../../src/kernel/ruling.js';

const ruling = (application: string, how: EarlierRuling['ruling'], round = 1): EarlierRuling => ({
  application,
  round,
  ruling: how,
  ruledOn: `2026-0${round}-0${(application.length % 9) + 1}`,
});
const rulings = fc.uniqueArray(
  fc.record({
    application: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
    round: fc.integer({ min: 1, max: 3 }),
    ruling: fc.constantFrom(...RULINGS),
    ruledOn: fc.constantFrom('2026-01-05', '2026-02-05', '2026-03-05'),
  }),
  { selector: ({ application, round }) => `${application} ${round}` },
);

describe('the practice on a dataset', () => {
  it('counts each case once, as it ended', () => {
    fc.assert(
      fc.property(rulings, (some) => {
        const { counted, rulings: counts, since, standsAlone } = practiceOf(some);
        expect(counted).to.equal(new Set(some.map(({ application }) => application)).size);
        expect(counts.approved + counts['approved-in-part'] + counts.refused).to.equal(counted);
        for (const one of lastOfEach(some))
          expect(
            some.every(({ application, round }) => application !== one.application || round <= one.round),
          ).to.equal(true);
        expect(since === null).to.equal(counted === 0);
        for (const how of standsAlone) expect(counts[how]).to.equal(0);
        expect(practiceOf([...some].reverse())).to.deep.equal(practiceOf(some));
      }),
    );
  });

  it('takes a refusal that was reopened for what followed it', () => {
    const { counted, rulings: counts } = practiceOf([ruling('a', 'refused'), ruling('a', 'approved', 2)]);
    expect([counted, counts.approved, counts.refused]).to.deep.equal([1, 1, 0]);
  });

  it('warns of a ruling that nobody made among three or more, and not among fewer', () => {
    const two = [ruling('a', 'approved'), ruling('b', 'approved')];
    expect(practiceOf(two).standsAlone).to.deep.equal([]);
    expect(practiceOf([...two, ruling('c', 'approved')]).standsAlone).to.deep.equal(['approved-in-part', 'refused']);
    expect(practiceOf([...two, ruling('c', 'refused')]).standsAlone).to.deep.equal(['approved-in-part']);
    expect(practiceOf([]).standsAlone).to.deep.equal([]);
  });
});
