import { expect } from 'chai';
import fc from 'fast-check';
import { DATASET_STATES } from '../../../src/catalogue/domain/dataset.js';
import {
  EXPOSURES,
  type Exposure,
  exposureOf,
  type Grave,
  graveAfter,
} from '../../../src/catalogue/domain/tombstone.js';
import { TIERS } from '../../../src/kernel/tier.js';

const rank = (exposure: Exposure): number => EXPOSURES.indexOf(exposure);

describe('what harvesters are told to drop', () => {
  it('hands out a record only where it is listed, its data only where it is open', () => {
    for (const state of DATASET_STATES)
      for (const tier of TIERS) {
        const expected = state !== 'listed' || tier === 'restricted' ? 'none' : tier === 'open' ? 'data' : 'record';
        expect(exposureOf({ state, tier }), `${state} ${tier}`).to.equal(expected);
      }
  });

  it('is what was handed out and no longer is', () => {
    expect(graveAfter(null, 'data', 'record')).to.deep.equal({ state: 'deleted', was: 'data', gone: 'data' });
    expect(graveAfter(null, 'data', 'none')).to.deep.equal({ state: 'deleted', was: 'data', gone: 'record' });
    expect(graveAfter(null, 'record', 'none')).to.deep.equal({ state: 'deleted', was: 'record', gone: 'record' });
  });

  it('is nothing where nothing was: a draft, a first listing, a restricted record that goes', () => {
    for (const [before, after] of [
      ['none', 'none'],
      ['none', 'record'],
      ['none', 'data'],
      ['record', 'data'],
    ] as const)
      expect(graveAfter(null, before, after), `${before} → ${after}`).to.equal(null);
  });

  it('is taken back when the record is as public as it was, and only half when it is not', () => {
    const grave: Grave = { state: 'deleted', was: 'data', gone: 'record' };
    expect(graveAfter(grave, 'none', 'data')).to.deep.equal({ state: 'returned', was: 'data', gone: null });
    expect(graveAfter(grave, 'none', 'record')).to.deep.equal({ state: 'deleted', was: 'data', gone: 'data' });
    expect(graveAfter(grave, 'none', 'none'), 'said already').to.equal(null);
    const returned: Grave = { state: 'returned', was: 'data', gone: null };
    expect(graveAfter(returned, 'record', 'none')).to.deep.equal({ state: 'deleted', was: 'record', gone: 'record' });
  });

  it('leaves whoever follows it holding exactly what is public, over any life of a dataset', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...EXPOSURES), { minLength: 1, maxLength: 20 }), (life) => {
        let [now, grave, held]: [Exposure, Grave | null, Exposure] = ['none', null, 'none'];
        for (const next of life) {
          const told = graveAfter(grave, now, next);
          grave = told ?? grave;
          now = next;
          // A harvester drops what it is told to, and adds what it finds.
          if (told?.state === 'deleted') held = told.gone === 'record' ? 'none' : rank(held) > 1 ? 'record' : held;
          if (rank(next) > rank(held)) held = next;
          expect(held).to.equal(now);
          expect(
            grave?.state === 'deleted' ? rank(now) < rank(grave.was) : true,
            'stands only while something is missing',
          ).to.equal(true);
        }
      }),
    );
  });
});
