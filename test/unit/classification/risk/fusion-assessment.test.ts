import { expect } from 'chai';
import fc from 'fast-check';
import {
  type FusionPair,
  isCurrent,
  linkedDatasets,
  pairKey,
  pairsOf,
  turned,
} from '../../../../src/classification/domain/fusion-assessment.js';
import { notedFusion, readNote } from '../../../../src/classification/domain/reevaluation.js';
import { type Fusion, fusionOf } from '../../../../src/classification/domain/risk/fusion.js';
import { notAssessed } from '../../../../src/classification/domain/risk/risk.js';

const counts = {
  first: 100,
  second: 50,
  kFirst: 2,
  kSecond: 1,
  matchedFirst: 30,
  matchedSecond: 30,
  certain: 30,
  kJoined: 1,
  pairs: 30,
  withinFirst: 0,
  withinSecond: 0,
};
const columns = { shared: [{ first: 'a', second: 'b', by: 'name' as const }], rows: [100, 50] as const };
const linking = fusionOf({ ...columns, leftOut: [{ first: 'c', second: 'd', why: 'list' }] }, counts);
const harmless = fusionOf(columns, { ...counts, certain: 0 });
const pair = (first: string, second: string, figures: Fusion | null, fusion = 'F'): FusionPair => ({
  first,
  second,
  shared: notAssessed('no-content'),
  exact: figures === null ? null : { fusion, at: 0, figures },
});

describe('a fusion assessment', () => {
  it('names the datasets that its own figures show to single people out together', () => {
    const pairs = [
      pair('A', 'B', linking),
      pair('A', 'C', harmless),
      pair('B', 'D', null),
      pair('D', 'E', linking, 'old'),
    ];
    expect(linkedDatasets({ id: 'F', pairs })).to.deep.equal(['A', 'B']);
  });

  it('compares each with each, in no order', () => {
    expect(pairsOf(['a', 'b', 'c'])).to.deep.equal([
      ['a', 'b'],
      ['a', 'c'],
      ['b', 'c'],
    ]);
    expect(pairKey('b', 'a')).to.equal(pairKey('a', 'b'));
  });

  it('is current while both assessments are those that hold, also where there is none', () => {
    const of = (assessment: string | null, dataset: string) => ({ dataset, publisher: 'p', assessment, sampled: true });
    const fusion = { datasets: [of('1', 'a'), of(null, 'b')] };
    expect(isCurrent(fusion, ['a', 'b'], new Map([['a', '1']]))).to.equal(true);
    expect(isCurrent(fusion, ['a', 'b'], new Map([['a', '2']]))).to.equal(false);
    expect(
      isCurrent(
        fusion,
        ['b', 'a'],
        new Map([
          ['a', '1'],
          ['b', '9'],
        ]),
      ),
    ).to.equal(false);
  });

  it('reads the same from the other side', () => {
    expect(turned(turned(linking))).to.deep.equal(linking);
    const back = turned(linking) as Fusion;
    expect([back.first.records, back.shared[0]?.first, back.leftOut[0]?.first]).to.deep.equal([50, 'b', 'd']);
    expect(turned(notAssessed('time-up'))).to.deep.equal(notAssessed('time-up'));
  });
});

describe('the note of a review', () => {
  it('keeps what people wrote beside the newest fusion assessment', () => {
    const text = fc.string({ minLength: 1 }).filter((one) => !/fusion:\S+$/.test(one) && one.trimStart() === one);
    fc.assert(
      fc.property(text, (said) => {
        expect(readNote(said)).to.deep.equal({ text: said, fusion: null });
        expect(readNote(notedFusion(notedFusion(said, 'OLD'), 'NEW'))).to.deep.equal({ text: said, fusion: 'NEW' });
      }),
    );
    expect(readNote(notedFusion(null, 'X'))).to.deep.equal({ text: null, fusion: 'X' });
    expect(readNote(null)).to.deep.equal({ text: null, fusion: null });
  });
});
