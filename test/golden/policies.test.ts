import { expect } from 'chai';
import { checkPolicies } from '../../src/classification/cases/run-cases.js';

describe('golden cases of the rule packs', () => {
  it('all hold, and show every rule firing and staying silent', () => {
    const { packs, rules, cases, faults } = checkPolicies();
    console.log(`      ${packs} packs, ${rules} rules, ${cases} cases`);
    expect(faults).to.deep.equal([]);
    expect(rules).to.be.at.least(50);
    expect(cases).to.be.at.least(rules);
  });
});
