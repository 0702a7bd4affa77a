import { expect } from 'chai';
import { judgeCase, readOperatorCases } from '../../../src/decisions/operator-cases.js';
import type { AccessPolicy } from '../../../src/decisions/domain/policy.js';
import { NOW, shippedPolicy, smallWorld } from '../../fixtures/decisions/small-world.js';

const CASES = `
cases:
  - name: The enterprise may, for research
    who: organisation 91990000MA0000001A
    does: download
    with: dataset local-ds-1 of publisher-1
    for: research
    expect: permit
    because: granted
  - name: Its handler may, some items
    who: user person-1 of org-1
    does: download
    with: dataset ds-1
    items: [a, b]
    expect: permit
  - name: Nobody may without signing in
    who: anonymous
    does: download
    with: distribution ds-1-file
    expect: deny
    because: sign-in-required
  - name: Not after the end
    who: organisation org-1
    does: download
    with: dataset ds-1
    at: 2030-01-01T00:00:00Z
    expect: deny
    because: grant-ended
`;

describe("decisions: an operator's own cases", () => {
  let policy: AccessPolicy;
  before(async () => {
    policy = await shippedPolicy();
  });
  const judged = (text: string) => {
    const read = readOperatorCases(text);
    if ('faults' in read) throw new Error(read.faults.join('\n'));
    const world = smallWorld();
    return read.cases.map((one) => judgeCase(one, world, policy, NOW));
  };
  const faults = (text: string): readonly string[] => {
    const read = readOperatorCases(text);
    return 'faults' in read ? read.faults : [];
  };

  it('are read in words and decided by the plane, at their own time', () => {
    expect(judged(CASES).map(({ holds, answer, row }) => [holds, answer, row])).to.deep.equal([
      [true, 'permit granted', 'granted'],
      [true, 'permit granted', 'granted'],
      [true, 'deny sign-in-required', 'anonymous-no-grant'],
      [true, 'deny grant-ended', 'grant-ended'],
    ]);
  });

  it('do not hold where the answer, or its reason, is another one', () => {
    const [first] = judged(CASES.replace('expect: permit', 'expect: deny'));
    expect(first).to.deep.include({ holds: false, expected: 'deny granted', answer: 'permit granted' });
    expect(judged(CASES.replace('because: granted', 'because: shared'))[0]?.holds).to.equal(false);
  });

  it('are refused whole where one is not understood, with its place and name', () => {
    expect(faults('cases: []')).to.have.length(1);
    expect(faults('- a\n  b: [')).to.have.length(1);
    for (const [from, to, fault] of [
      ['who: anonymous', 'who: everybody', '/subject is required'],
      ['because: sign-in-required', 'becuase: sign-in-required', 'becuase is not known'],
      ['expect: deny', 'expect: no', 'expect must be permit or deny'],
      ['with: distribution ds-1-file', 'with: table x', '/resource is required'],
      ['at: 2030-01-01T00:00:00Z', 'at: tomorrow', 'at must be a time with its zone'],
      ['items: [a, b]', 'items: a', '/resource/properties/items must be an array of strings'],
    ] as const) {
      const found = faults(CASES.replace(from, to));
      expect(found, fault).to.have.length.at.least(1);
      expect(found.join('\n'))
        .to.include(fault)
        .and.match(/^cases\/\d \(.+\): /);
    }
  });
});
