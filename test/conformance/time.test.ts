import { expect } from 'chai';
import { SYSTEM } from '../../src/kernel/principal.js';
import { SteadyClock } from '../../src/kernel/steady-clock.js';
import { ok } from '../../src/kernel/result.js';
import { type Backend, eachBackend } from '../support/databases.js';
import { openApp } from '../support/server.js';

const HOUR = 3_600_000;
const off = (hours: number): SteadyClock =>
  new SteadyClock(
    () => Date.now() + hours * HOUR,
    () => performance.now(),
  );

describe('conformance: whose clock judges', function () {
  this.timeout(240_000);

  eachBackend(
    (backend) => {
      it('a machine two hours behind does not bring back what has ended', async () => {
        const place = await backend.fresh();
        const same: Backend = { ...backend, fresh: async () => ({ url: place.url, dispose: async () => {} }) };
        const first = await openApp(same);
        await first.app.unit.run(async (tx) => {
          tx.append({ event: 'test.happened', subject: { kind: 'test', id: 'x' }, actor: SYSTEM, data: {} });
          return ok(undefined);
        });
        const then = Date.now();
        await first.close();
        const slow = off(-2);
        const second = await openApp(same, { clock: slow });
        expect(slow.now()).to.be.at.least(then - 1000);
        await second.close();
        if (backend.dialect === 'mysql') {
          const fast = off(2);
          const third = await openApp(same, { clock: fast });
          expect(fast.now(), 'the server’s clock judges').to.be.below(then + HOUR);
          await third.close();
        }
        await place.dispose();
      });
    },
    ({ durable }) => durable,
  );
});
