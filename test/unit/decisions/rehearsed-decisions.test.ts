import { expect } from 'chai';
import { decide } from '../../../src/decisions/domain/decide.js';
import type { AccessPolicy } from '../../../src/decisions/domain/policy.js';
import { type AnswersAlike, rehearseAnswers, type Standpoint } from '../../../src/decisions/rehearsed-decisions.js';
import type { Reader } from '../../../src/persistence/index.js';
import { dataset, NOW, question, shippedPolicy, smallWorld } from '../../fixtures/decisions/small-world.js';

const ANYBODY = { subjectType: 'anonymous', subjectId: 'anonymous' } as const;

/** What was answered about a conditional dataset with one open item, run again with the dataset elsewhere. */
describe('decisions: recorded answers run again', () => {
  let policy: AccessPolicy;
  before(async () => {
    policy = await shippedPolicy();
  });

  const answered = (items: readonly string[] | null, byItems: boolean, count: number, more: object = {}) => {
    const world = smallWorld();
    world.putDataset(dataset('ds-1', { tier: 'conditional', views: { open: ['a'], conditional: [] } }));
    const { low, high, permit } = decide(question({ items, ...more }), world, policy, NOW);
    return { dataset: 'ds-1', low, high, permit, byItems, count } satisfies AnswersAlike;
  };
  const again = async (answers: readonly AnswersAlike[], stands: Standpoint) => {
    const store = { alike: async () => answers };
    const [found] = await rehearseAnswers({} as Reader, store, policy, new Map([['ds-1', stands]]), 0);
    return found === undefined ? null : [found.looked, found.denied, found.permitted];
  };

  it('rest on the tier of the dataset, and those about items too where no item could be asked for alone', async () => {
    const answers = [answered(['a'], true, 5, ANYBODY), answered(null, false, 3), answered(null, false, 2, ANYBODY)];
    expect(answers.map(({ permit }) => permit)).to.deep.equal([true, true, false]);
    const restricted = { tier: 'restricted', raised: true } as const;
    expect(await again(answers, { ...restricted, views: false })).to.deep.equal([10, 8, 0]);
    expect(await again(answers, { ...restricted, views: true }), 'their tiers then are not known').to.deep.equal([
      5, 3, 0,
    ]);
    const waits = { tier: 'conditional', raised: false, views: false } as const;
    expect(await again(answers, waits), 'those about the whole stay as they were').to.deep.equal([5, 5, 0]);
    expect(await again(answers, { ...waits, views: true })).to.equal(null);
  });
});
