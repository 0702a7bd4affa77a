import { expect } from 'chai';
import {
  afterFailure,
  FREE_FAILURES,
  type GuessRecord,
  lockedFor,
  NO_GUESSES,
} from '../../../src/identity/domain/lockout.js';

const NOW = 1_800_000_000_000;
const failTimes = (times: number, at = NOW): GuessRecord =>
  Array.from({ length: times }).reduce<GuessRecord>((record) => afterFailure(record, at), NO_GUESSES);

describe('identity: guessing is limited per account', () => {
  it('lets people mistype', () => {
    expect(lockedFor(NO_GUESSES, NOW)).to.equal(0);
    expect(lockedFor(failTimes(FREE_FAILURES), NOW)).to.equal(0);
  });

  it('locks from the tenth failure in a row, 30 s doubling to 15 min', () => {
    const locks = [10, 11, 12, 13, 14, 15, 16, 100].map((times) => lockedFor(failTimes(times), NOW) / 1000);
    expect(locks).to.deep.equal([30, 60, 120, 240, 480, 900, 900, 900]);
  });

  it('opens again by itself, to the millisecond', () => {
    const record = failTimes(10);
    expect(lockedFor(record, NOW + 29_999)).to.equal(1);
    expect(lockedFor(record, NOW + 30_000)).to.equal(0);
  });

  it('goes on where it was when the next guess fails as well', () => {
    expect(lockedFor(afterFailure(failTimes(10), NOW + 30_000), NOW + 30_000)).to.equal(60_000);
  });

  it('forgets failures a day old', () => {
    const later = NOW + 24 * 3_600_000 + 1;
    expect(afterFailure(failTimes(50), later)).to.deep.equal({ failures: 1, lastFailureAt: later, lockedUntil: 0 });
  });

  it('allows a guesser who never waits in vain fewer than 120 guesses in a day', () => {
    let record = NO_GUESSES;
    let guesses = 0;
    for (let now = NOW; now < NOW + 24 * 3_600_000; now += Math.max(1, lockedFor(record, now))) {
      record = afterFailure(record, now);
      guesses++;
    }
    expect(guesses).to.be.within(50, 120);
  });
});
