import { expect } from 'chai';
import { SteadyClock } from '../../../src/kernel/steady-clock.js';

const HOUR = 3_600_000;
const START = Date.parse('2026-12-01T00:00:00Z');

/** A machine whose wall clock a test turns, and whose counter only grows. */
function machine() {
  const hands = { wall: START, counter: 17.25 };
  const clock = new SteadyClock(
    () => hands.wall,
    () => hands.counter,
  );
  const pass = (milliseconds: number): void => {
    hands.wall += milliseconds;
    hands.counter += milliseconds;
  };
  return { hands, clock, pass };
}

describe('kernel: the clock of the product', () => {
  it('is the wall’s until somebody judges', () => {
    const { clock, pass } = machine();
    pass(5);
    expect(clock.now()).to.equal(START + 5);
  });

  it('goes on steadily when the wall clock is turned back, which by itself would bring ended things back', () => {
    const { hands, clock, pass } = machine();
    clock.told();
    hands.wall -= 2 * HOUR;
    pass(1000);
    expect(hands.wall).to.be.below(START);
    expect(clock.now()).to.equal(START + 1000);
    clock.told();
    expect(clock.now(), 'also when it looks again').to.equal(START + 1000);
  });

  it('follows the wall forward when it looks again', () => {
    const { hands, clock } = machine();
    clock.told();
    hands.wall += 2 * HOUR;
    expect(clock.now()).to.equal(START);
    clock.told();
    expect(clock.now()).to.equal(START + 2 * HOUR);
  });

  for (const off of [-2 * HOUR, 2 * HOUR])
    it(`takes the judge’s time on a machine that is ${off / HOUR} hours off`, () => {
      const { hands, clock, pass } = machine();
      hands.wall += off;
      clock.told(START);
      pass(10);
      expect(clock.now()).to.equal(START + 10);
      clock.told(START + 8);
      expect(clock.now(), 'a late answer does not take time back').to.equal(START + 10);
    });

  it('stands at what the log holds until time has caught up with it', () => {
    const { clock, pass } = machine();
    clock.told();
    clock.notBefore(START + 50);
    expect(clock.now()).to.equal(START + 50);
    pass(49);
    expect(clock.now()).to.equal(START + 50);
    pass(2);
    expect(clock.now()).to.equal(START + 51);
  });
});
