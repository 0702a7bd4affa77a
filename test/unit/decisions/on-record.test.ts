import { expect } from 'chai';
import { EvaluationIds } from '../../../src/decisions/access/evaluation-ids.js';
import { onRecord } from '../../../src/decisions/access/on-record.js';
import { NOW } from '../../fixtures/decisions/small-world.js';

describe('decisions: one that another instance wrote', () => {
  const clock = { now: () => NOW };
  /** Finds it at the so-manieth look. */
  const foundAt = (look: number) => {
    let looks = 0;
    return { find: async () => (++looks >= look ? 'the record' : null), looks: () => looks };
  };
  const idOf = (at: number) => new EvaluationIds().next(at);

  it('is waited for while it may be on its way, and found as soon as it is there', async () => {
    const book = foundAt(3);
    expect(await onRecord(book.find, clock, idOf(NOW - 300))).to.equal('the record');
    expect(book.looks()).to.equal(3);
  });

  it('is not waited for when it would have been written long ago, nor by who needs no record', async () => {
    for (const [at, isAwaited] of [
      [NOW - 60_000, true],
      [NOW + 60_000, true],
      [NOW, false],
    ] as const) {
      const book = foundAt(3);
      expect(await onRecord(book.find, clock, idOf(at), isAwaited)).to.equal(null);
      expect(book.looks()).to.equal(1);
    }
  });
});
