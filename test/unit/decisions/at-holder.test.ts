import { expect } from 'chai';
import { decide } from '../../../src/decisions/domain/decide.js';
import type { AccessPolicy } from '../../../src/decisions/domain/policy.js';
import { NOW, question, shippedPolicy, smallWorld, type TestGrant } from '../../fixtures/decisions/small-world.js';

let policy: AccessPolicy;
const ask = (grant: Partial<TestGrant>) => {
  const { permit, row } = decide(question(), smallWorld(grant), policy, NOW);
  const { reason, nextStep } = policy.rows[row] ?? {};
  return [permit, reason, nextStep];
};
const IN_FORCE = { template: 'standard', version: '1' };
const REPLACED = { template: 'standard', version: '0' };

describe('decisions: an agreement that the holder has yet to sign', () => {
  before(async () => {
    policy = await shippedPolicy();
  });

  it('gives nothing, and is waited for', () => {
    const waiting = { agreement: IN_FORCE, atHolder: true };
    expect(ask({ ...waiting, state: 'pending' })).to.deep.equal([false, 'grant-pending', 'wait']);
    expect(ask(waiting)).to.deep.equal([false, 'agreement-superseded', 'wait']);
    expect(ask({ ...waiting, atHolder: false }), 'it is the missing signature').to.deep.equal([
      true,
      'granted',
      'none',
    ]);
  });

  it('is the signatory’s again where another version came into force meanwhile', () => {
    const waiting = { agreement: REPLACED, atHolder: true };
    expect(ask({ ...waiting, state: 'pending' })).to.deep.equal([false, 'grant-pending', 'sign-agreement']);
    expect(ask(waiting)).to.deep.equal([false, 'agreement-superseded', 'sign-agreement']);
  });

  it('is not waited for where nothing was accepted', () => {
    const nothing = { agreement: null, state: 'pending' } as const;
    expect(ask(nothing)).to.deep.equal([false, 'grant-pending', 'sign-agreement']);
  });
});
