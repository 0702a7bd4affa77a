import { expect } from 'chai';
import { ulids } from '../../../src/composition/ulids.js';
import { isId } from '../../../src/kernel/ids.js';

describe('ids', () => {
  it('are ULIDs, each greater than the one before, past the end of the pool of randomness', async () => {
    const ids = ulids();
    const made: string[] = [];
    const until = Date.now() + 300;
    // Sixteen bytes of the pool for each millisecond: more than a pool is drawn.
    while (Date.now() < until) {
      made.push(ids.next());
      if (made.length % 50 === 0) await new Promise((resolve) => setTimeout(resolve, 0));
    }
    expect(made.every(isId)).to.equal(true);
    expect(made.every((id, at) => at === 0 || (made[at - 1] as string) < id)).to.equal(true);
    expect(new Set(made.map((id) => id.slice(0, 10))).size).to.be.greaterThan(100);
  });

  it('of two sources do not meet', () => {
    const [one, other] = [ulids(), ulids()];
    const made = Array.from({ length: 2000 }, () => [one.next(), other.next()]).flat();
    expect(new Set(made).size).to.equal(made.length);
  });
});
