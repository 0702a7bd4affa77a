import { expect } from 'chai';
import fc from 'fast-check';
import { desksOf, type Judged, judgedIn, shareOf } from '../../../src/register/domain/judging.js';
import { matterOf } from './worlds.js';

const judged = (person: string, times: number, more: Partial<Judged> = {}): Judged[] =>
  Array.from({ length: times }, () => ({
    desk: 'authority',
    holder: null,
    person,
    purpose: 'research',
    quarter: '2026-Q2',
    outcome: 'approved',
    days: 4,
    ...more,
  }));
const refused = { outcome: 'refused' } as const;
const round = (value: number | null | undefined): number => Math.round((value ?? Number.NaN) * 10_000) / 10_000;
const lineOf = (all: readonly Judged[], person: string, least = 10) =>
  desksOf(all, least, 1)[0]?.people.find((one) => one.person === person);

describe('how people of a desk judge', () => {
  it('a share lies in the interval of Wilson, as computed by hand', () => {
    // 8 of 10: centre (0.8 + 0.19208) / 1.38416, half 1.96 / 1.38416 * sqrt(0.016 + 0.009604).
    const some = shareOf(8, 10);
    expect([round(some.low), round(some.high)]).to.deep.equal([0.4902, 0.9433]);
    // None of 20: from nothing to 3.8416 / 23.8416.
    const none = shareOf(0, 20);
    expect([none.low, round(none.high)]).to.deep.equal([0, 0.1611]);
    expect(shareOf(0, 0)).to.deep.equal({ of: 0, share: 0, low: 0, high: 1 });
  });

  it('each is held against what the others did for the same purpose, not against a harder or an easier desk', () => {
    const all = [
      // The others approve 9 of 10 for research and 2 of 10 for marketing.
      ...judged('b', 9),
      ...judged('b', 1, refused),
      ...judged('b', 2, { purpose: 'marketing' }),
      ...judged('b', 8, { ...refused, purpose: 'marketing' }),
      // 5 of research, 15 of marketing: expected (5 * 0.9 + 15 * 0.2) / 20 = 0.375.
      ...judged('a', 5),
      ...judged('a', 3, { purpose: 'marketing' }),
      ...judged('a', 12, { ...refused, purpose: 'marketing' }),
      ...judged('a', 4, { purpose: 'education' }),
    ];
    const a = lineOf(all, 'a');
    expect(a?.whole).to.include({ of: 20, share: 0.4 });
    expect(a).to.deep.include({ cases: 24, approved: 12, approvedInPart: 0, refused: 12, differs: null });
    expect([a?.others?.of, round(a?.others?.share)]).to.deep.equal([16, 0.375]);
  });

  it('a difference counts where chance would seldom make it, and not before', () => {
    const strict = (times: number) => [...judged('b', 30), ...judged('a', times, refused), ...judged('a', 10 - times)];
    // The others approve 30 of 30 (from 0.8865). 9 of 10 (to 0.9821): -0.1 + sqrt(0.0821² + 0.1135²) is above nothing;
    // 6 of 10 (to 0.8318): -0.4 + sqrt(0.2318² + 0.1135²) = -0.14.
    expect(lineOf(strict(1), 'a')?.differs).to.equal(null);
    expect(lineOf(strict(4), 'a')?.differs).to.equal('below');
    const mild = [...judged('a', 10), ...judged('b', 10, refused), ...judged('b', 10)];
    expect(lineOf(mild, 'a')?.differs, '0.5 - sqrt(0.2775² + 0.2007²) = 0.16').to.equal('above');
  });

  it('pace: more of the slower half of the desk than chance explains', () => {
    const others = [...judged('b', 5, { days: 3 }), ...judged('b', 5, { days: 4 }), ...judged('b', 5, { days: 5 })];
    const slow = [...others, ...judged('a', 9, { days: 8 }), ...judged('a', 1, { days: 1 })];
    expect(lineOf(slow, 'a')).to.include({ median: 8, othersMedian: 4, pace: 'above' });
    const even = [...others, ...judged('a', 5, { days: 8 }), ...judged('a', 5, { days: 1 }), ...judged('a', 9)];
    expect(lineOf(even, 'a')).to.include({ othersMedian: 4, pace: null });
    expect(lineOf([...others, ...judged('a', 10, { days: null })], 'a')).to.include({ median: null, pace: null });
  });

  it('nobody is compared before they judged enough, nor where too few others stand behind the comparison', () => {
    const all = [...judged('a', 10), ...judged('b', 10), ...judged('c', 9)];
    const [desk] = desksOf(all, 10, 1);
    expect(desk?.people.map(({ person }) => person)).to.deep.equal(['a', 'b']);
    expect(desk).to.include({ cases: 29, few: 1 });
    expect(desksOf(all, 10, 2)[0]).to.deep.include({ people: [], few: 3 });
    expect(desksOf([...all, ...judged('c', 1)], 10, 2)[0]?.people).to.have.length(3);
  });

  it('one desk says nothing of another', () => {
    const at = (holder: string) => ({ desk: 'holder', holder }) as const;
    const all = [...judged('a', 10, at('h0')), ...judged('b', 10, at('h0')), ...judged('a', 10), ...judged('c', 10)];
    const desks = desksOf(all, 10, 1).map(({ desk, holder, people }) => [desk, holder, people.length]);
    expect(desks).to.deep.equal([
      ['authority', null, 2],
      ['holder', 'h0', 2],
    ]);
  });

  it('finds no difference between people who judge by the same coin, but now and then', () => {
    const coin = fc.array(fc.boolean(), { minLength: 20, maxLength: 20 });
    const told = { times: 0, of: 0 };
    fc.assert(
      fc.property(fc.array(coin, { minLength: 3, maxLength: 3 }), (people) => {
        const all = people.flatMap((flips, at) => flips.flatMap((heads) => judged(`p${at}`, 1, heads ? {} : refused)));
        for (const { differs } of desksOf(all, 10, 1)[0]?.people ?? []) {
          told.times += Number(differs !== null);
          told.of += 1;
        }
      }),
      { numRuns: 400, seed: 7 },
    );
    expect(told.of).to.equal(1200);
    expect(told.times / told.of).to.be.within(0.005, 0.08);
  });

  it('a case is judged once, however many datasets it asks for: the advice at the holder, the ruling at the authority', () => {
    const judges = { advised: { by: 'r', ruling: 'approved' }, ruledBy: 'p' } as const;
    const matters = [
      matterOf({ judges }),
      matterOf({ judges, dataset: 'h0d1', ruling: 'refused' }),
      matterOf({ application: 'at once', judges: { advised: null, ruledBy: null } }),
      matterOf({ application: 'open', ruling: null, ruledOn: null }),
    ];
    const shared = { purpose: 'research', quarter: '2026-Q2' };
    expect(judgedIn(matters)).to.deep.equal([
      { ...shared, desk: 'holder', holder: 'h0', person: 'r', outcome: 'approved', days: 3 },
      { ...shared, desk: 'authority', holder: null, person: 'p', outcome: 'approved-in-part', days: 4 },
    ]);
  });
});
