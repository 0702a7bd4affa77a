import { expect } from 'chai';
import { atHalfTime } from '../../../src/catalogue/export/at-half-time.js';

describe('catalogue: an export that leaves half of the time to others', () => {
  it('rests after each part as long as that took, whatever its reader takes', async () => {
    let now = 0;
    const rests: number[] = [];
    async function* parts() {
      for (const took of [10, 25, 5]) {
        now += took;
        yield took;
      }
    }
    const rest = async (milliseconds: number) => {
      rests.push(milliseconds);
      now += milliseconds;
    };
    const read: number[] = [];
    for await (const part of atHalfTime(parts(), () => now, rest)) {
      read.push(part);
      now += 1000;
    }
    expect(read).to.deep.equal([10, 25, 5]);
    expect(rests).to.deep.equal([10, 25, 5]);
  });

  it('closes what it reads from when its reader goes away', async () => {
    let closed = false;
    async function* parts() {
      try {
        for (;;) yield 1;
      } finally {
        closed = true;
      }
    }
    for await (const part of atHalfTime(parts())) if (part === 1) break;
    expect(closed).to.equal(true);
  });
});
