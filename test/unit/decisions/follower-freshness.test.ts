import { expect } from 'chai';
import { followerFreshness } from '../../../src/decisions/follower-freshness.js';

/** A follower whose polls reach these positions, one after the other; a fault where none is given. */
function follower(...reached: readonly (number | Error | 'never')[]) {
  let polls = 0;
  const self = {
    position: 5,
    age: () => 0,
    poll: async (): Promise<void> => {
      const next = reached[polls++];
      if (next === 'never') return new Promise(() => {});
      if (next === undefined || next instanceof Error) throw next ?? new Error('no such poll');
      self.position = next;
    },
    polls: () => polls,
  };
  return self;
}

describe('decisions: freshness by the follower', () => {
  const cases = [
    { name: 'one poll is enough where it reaches the revision', polls: [9], wanted: 8, head: 9, asked: 1 },
    { name: 'one poll is enough where no revision is demanded', polls: [5], wanted: 0, head: 5, asked: 1 },
    {
      name: 'a poll that was under way may be too old: a second is begun',
      polls: [5, 8],
      wanted: 8,
      head: 8,
      asked: 2,
    },
    { name: 'a revision that does not exist ends after two', polls: [5, 5], wanted: 99, head: 5, asked: 2 },
    { name: 'a fault knows no head', polls: [new Error('gone')], wanted: 8, head: Infinity, asked: 1 },
    {
      name: 'a second reading that fails knows none either',
      polls: [5, new Error('gone')],
      wanted: 8,
      head: Infinity,
      asked: 2,
    },
    { name: 'a poll that hangs is not waited for', polls: ['never' as const], wanted: 8, head: Infinity, asked: 1 },
  ];
  for (const { name, polls, wanted, head, asked } of cases) {
    it(name, async () => {
      const following = follower(...polls);
      expect(await followerFreshness(following).confirm(wanted)).to.equal(head);
      expect(following.polls()).to.equal(asked);
    });
  }
});
