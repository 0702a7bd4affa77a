import { expect } from 'chai';
import { Underway } from '../../../src/kernel/underway.js';

/** A job that ends when it is told to. */
function aJob() {
  let end = (): void => undefined;
  const ending = new Promise<void>((resolve) => (end = resolve));
  return { job: { stop: () => end() }, ending };
}

describe('work that goes on beside the requests', () => {
  it('is known by its id until it ends', async () => {
    const underway = new Underway();
    const { job, ending } = aJob();
    underway.add('a', job, ending);
    expect([underway.has('a'), underway.size, underway.ids, underway.find('a')]).to.deep.equal([true, 1, ['a'], job]);
    job.stop();
    await underway.settled();
    expect([underway.has('a'), underway.size, underway.ids, underway.find('a')]).to.deep.equal([
      false,
      0,
      [],
      undefined,
    ]);
  });

  it('ends as a whole: every job is asked to stop, and waited for, those that begin meanwhile too', async () => {
    const underway = new Underway();
    const [first, second] = [aJob(), aJob()];
    underway.add(
      'a',
      first.job,
      first.ending.then(() => underway.add('b', second.job, second.ending)),
    );
    underway.stop();
    setImmediate(() => underway.stop());
    await underway.settled();
    expect(underway.size).to.equal(0);
  });

  it('keeps the job that took an id over when the one before it ends', async () => {
    const underway = new Underway();
    const [before, after] = [aJob(), aJob()];
    underway.add('a', before.job, before.ending);
    underway.add('a', after.job, after.ending);
    before.job.stop();
    await before.ending;
    await new Promise(setImmediate);
    expect(underway.find('a')).to.equal(after.job);
  });

  it('is settled where there is none', () => new Underway().settled());
});
