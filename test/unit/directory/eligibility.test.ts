import { expect } from 'chai';
import { eligibilityOf } from '../../../src/directory/domain/eligibility.js';
import { ORGANISATION_KINDS } from '../../../src/kernel/principal.js';

const identity = { kind: 'verified-identity', evidenceRequired: false };
const scenario = { kind: 'scenario', evidenceRequired: false };
const filing = { kind: 'mlps-filing', evidenceRequired: true };
const read = { kind: 'applicant-kind', evidenceRequired: false };
const matched = { ...read, applicants: ['enterprise', 'unincorporated'] } as const;
const ALL = [identity, scenario, filing, matched];

describe('what somebody meets of the conditions of a dataset', () => {
  it('is told for each of them, once', () => {
    expect(eligibilityOf(ALL, 'enterprise')).to.deep.equal({
      met: [identity, matched],
      stated: [scenario],
      missing: [filing],
      unmet: [],
    });
    expect(eligibilityOf(ALL, 'person', new Set(['mlps-filing']))).to.deep.equal({
      met: [identity, filing],
      stated: [scenario],
      missing: [],
      unmet: [matched],
    });
  });

  it('is matched by the kinds a condition names, and by nothing where it names none or nobody asks', () => {
    for (const kind of ORGANISATION_KINDS) {
      const isNamed = kind === 'enterprise' || kind === 'unincorporated';
      expect(eligibilityOf([matched], kind)[isNamed ? 'met' : 'unmet'], kind).to.deep.equal([matched]);
      expect(eligibilityOf([read], kind).stated, kind).to.deep.equal([read]);
    }
    expect(eligibilityOf([matched], null).stated).to.deep.equal([matched]);
  });
});
