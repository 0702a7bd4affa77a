import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { Mutex } from '../../../src/persistence/mutex.js';

describe('the mutex of the embedded database', () => {
  const failureOf = (work: Promise<unknown>): Promise<string> =>
    work.then(
      () => 'none',
      (error: Error) => error.message,
    );

  it('lets one in at a time, in order of arrival, also after one that failed', async () => {
    const mutex = new Mutex();
    const seen: string[] = [];
    const enter = (name: string) =>
      mutex.run(async () => {
        seen.push(`${name} in`);
        await sleep(2);
        seen.push(`${name} out`);
        if (name === 'b') throw new Error('b fails');
      });
    const outcomes = await Promise.allSettled(['a', 'b', 'c'].map(enter));
    expect(seen).to.deep.equal(['a in', 'a out', 'b in', 'b out', 'c in', 'c out']);
    expect(outcomes.map(({ status }) => status)).to.deep.equal(['fulfilled', 'rejected', 'fulfilled']);
  });

  it('refuses a holder that asks again, instead of standing still for ever', async () => {
    const mutex = new Mutex();
    expect(await failureOf(mutex.run(() => mutex.run(async () => 'never')))).to.contain('wait for itself');
    expect(await mutex.run(async () => 'goes on')).to.equal('goes on');
  });

  it('lets in what a holder began and did not wait for, once that holder is out', async () => {
    const mutex = new Mutex();
    const later: Promise<string>[] = [];
    await mutex.run(async () => {
      later.push(sleep(5).then(() => mutex.run(async () => 'later')));
    });
    expect(await later[0]).to.equal('later');
  });
});
