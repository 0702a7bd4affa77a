import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { Pulse } from '../../../src/persistence/server-pulse.js';

describe('the pulse of a database server', () => {
  it('leaves no connection behind when it is stopped while it connects', async () => {
    let open = 0;
    const connect = async () => {
      await sleep(20);
      open += 1;
      return { query: async () => undefined, destroy: () => void (open -= 1) };
    };
    const pulse = new Pulse(connect, () => undefined);
    pulse.start();
    pulse.stop();
    await sleep(60);
    expect(open).to.equal(0);
    const going = new Pulse(connect, () => undefined);
    going.start();
    await sleep(60);
    expect([open, going.lost], 'while it is not stopped').to.deep.equal([1, false]);
    going.stop();
    expect(open).to.equal(0);
  });
});
