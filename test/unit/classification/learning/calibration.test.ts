import { expect } from 'chai';
import fc from 'fast-check';
import { calibrate, isEnough, type Tried } from '../../../../src/classification/domain/learning/calibration.js';
import { TIERS } from '../../../../src/kernel/tier.js';

const tried = (truth: Tried['truth'], ...open: number[]): Tried[] =>
  open.map((share) => ({ truth, shares: [share, 0, 1 - share] }));
const shares = (count: number): number[] => Array.from({ length: count }, (_, n) => n / count);

const anyTried = fc.array(
  fc.record({
    truth: fc.constantFrom(...TIERS),
    shares: fc
      .tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }))
      .map(([a, b]): [number, number, number] => [a, b * (1 - a), (1 - b) * (1 - a)]),
  }),
  { maxLength: 300 },
);

describe('calibrated thresholds', () => {
  it('never propose opening with confidence where too few records that are not open were seen', () => {
    expect(calibrate(tried('open', ...shares(400))).open).to.equal(null);
    expect(calibrate([...tried('open', ...shares(400)), ...tried('restricted', ...shares(7))]).open).to.equal(null);
    expect(calibrate([...tried('open', ...shares(400)), ...tried('restricted', ...shares(49))]).open).to.equal(48 / 49);
  });

  it('ask for more than any seen, and for nine in ten, while too few are known to count', () => {
    expect(calibrate(tried('restricted', ...shares(8))).open).to.equal(0.9);
    expect(calibrate(tried('restricted', ...shares(40))).open).to.equal(39 / 40);
  });

  it('let at most the tolerated part of records that are not open over the threshold', () => {
    fc.assert(
      fc.property(anyTried, (list) => {
        const thresholds = calibrate(list);
        const closed = list.filter(({ truth }) => truth !== 'open');
        const wrong = closed.filter((one) => isEnough(thresholds, 'open', one.shares[0]));
        expect(wrong.length).to.be.at.most(0.02 * (closed.length + 1));
      }),
    );
  });

  it('keep the promise for records nobody has seen, on average over many draws', () => {
    let seed = 1;
    const random = (): number => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed / 2_147_483_647;
    };
    let wrong = 0;
    const draws = 4000;
    for (let draw = 0; draw < draws; draw += 1) {
      const thresholds = calibrate(tried('restricted', ...Array.from({ length: 99 }, random)));
      if (isEnough(thresholds, 'open', random())) wrong += 1;
    }
    expect(wrong / draws).to.be.within(0.01, 0.03);
  });

  it('are met only by more than the threshold, and never where there is none', () => {
    const thresholds = { open: 0.9, conditional: null, restricted: 0 };
    expect(isEnough(thresholds, 'open', 0.9)).to.equal(false);
    expect(isEnough(thresholds, 'open', 0.91)).to.equal(true);
    expect(isEnough(thresholds, 'conditional', 1)).to.equal(false);
    expect(isEnough(thresholds, 'restricted', 0.1)).to.equal(true);
  });

  it('hold the middle tier to both: neither too mild nor too strict', () => {
    const strict = tried('open', ...shares(99)).map(({ truth, shares: [a] }) => ({
      truth,
      shares: [0, a, 1 - a] as const,
    }));
    const mild = tried('restricted', ...shares(99)).map(({ truth, shares: [a] }) => ({
      truth,
      shares: [0, a / 2, 1] as const,
    }));
    const thresholds = calibrate([...strict, ...mild]);
    expect(thresholds.conditional).to.equal(Math.max(89 / 99, 97 / 99 / 2));
    expect(calibrate(mild).conditional).to.equal(null);
  });
});
