import { expect } from 'chai';
import type { AccessPolicy } from '../../../src/decisions/domain/policy.js';
import { testCore } from '../../fixtures/decisions/access-core.js';
import { dataset, NOW, shippedPolicy, smallWorld, type TestGrant } from '../../fixtures/decisions/small-world.js';

const ONE = '/access/v1/evaluation';

/** Items of a dataset rest while a complaint about them is looked into: a portal is told what it may still ask for. */
describe('decisions: items that rest', () => {
  let policy: AccessPolicy;
  before(async () => {
    policy = await shippedPolicy();
  });

  const asking = (grant: Partial<TestGrant>, more: Parameters<typeof dataset>[1] = {}) => {
    const world = smallWorld(grant);
    world.putDataset(dataset('ds-1', { resting: ['b'], ...more }));
    const core = testCore(world, policy);
    return async (items: readonly string[], purpose = 'research') => {
      const resource = { type: 'dataset', id: 'ds-1', ...(items.length === 0 ? {} : { properties: { items } }) };
      const subject = { type: 'organisation', id: 'org-1' };
      const body = { subject, resource, action: { name: 'download' }, context: { purpose } };
      const { decision, context } = (await core.post(ONE, body)).json;
      return { decision, code: context.reason.code, items: context.items };
    };
  };

  it('are named beside those that can be had, and those are then permitted', async () => {
    const ask = asking({});
    const items = { covered: ['a', 'c'], missing: ['b'] };
    expect(await ask([])).to.deep.equal({ decision: false, code: 'dataset-suspended', items });
    expect((await ask(items.covered)).decision).to.equal(true);
    expect(await ask(['b'])).to.deep.equal({ decision: false, code: 'dataset-suspended', items: undefined });
    expect((await ask(['a', 'b'])).items).to.deep.equal({ covered: ['a'], missing: ['b'] });
  });

  it('leave of an approval in part what it covers, and of open data all others', async () => {
    expect((await asking({ items: ['a', 'b'] })([])).items).to.deep.equal({ covered: ['a'], missing: ['b', 'c'] });
    expect((await asking({ items: ['b'] })([])).items, 'all of it rests').to.equal(undefined);
    const ask = asking({}, { tier: 'open' });
    expect((await ask([])).items).to.deep.equal({ covered: ['a', 'c'], missing: ['b'] });
    expect((await ask(['a', 'c'])).decision).to.equal(true);
  });

  const REASONS: Readonly<Record<string, Partial<TestGrant>>> = {
    'is suspended': { state: 'suspended' },
    'waits for its agreement': { state: 'pending' },
    'has ended': { end: NOW },
    'is for another purpose': { purpose: 'education' },
    'rests on a proof that has lapsed': { conditionsUntil: NOW },
    'is another organisation’s': { organisation: 'org-2' },
  };
  for (const [what, grant] of Object.entries(REASONS))
    it(`are all that is told where the grant ${what}: a narrower question would not be permitted`, async () => {
      const ask = asking(grant);
      expect(await ask([])).to.deep.equal({ decision: false, code: 'dataset-suspended', items: undefined });
      expect((await ask(['a', 'c'])).decision).to.equal(false);
    });

  it('are nothing to a dataset that rests as a whole', async () => {
    expect((await asking({}, { state: 'suspended' })([])).items).to.equal(undefined);
  });
});
