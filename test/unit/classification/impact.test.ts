import { expect } from 'chai';
import fc from 'fast-check';
import { CAUTIOUS, fateOf, governanceOf } from '../../../src/classification/domain/governance.js';
import { countsOf, impactOf, type Resting, type RestingGrant } from '../../../src/classification/domain/impact.js';
import { type Governance, GRANT_FATES } from '../../../src/classification/domain/pack.js';
import { strictness, TIERS } from '../../../src/kernel/tier.js';

const governance = (
  conditional: (typeof GRANT_FATES)[number],
  restricted: 'suspend' | 're-review' | 'end',
): Governance => ({
  ...CAUTIOUS,
  raised: { conditional: { grants: conditional }, restricted: { grants: restricted } },
});
const grant = (id: string, heldByTier = false): RestingGrant => ({
  id,
  organisation: 'o',
  application: 'a',
  state: heldByTier ? 'suspended' : 'active',
  heldByTier,
});
const resting = (more: Partial<Resting> = {}): Resting => ({
  grants: [],
  applications: [],
  distributions: [],
  ...more,
});
const tier = fc.constantFrom(...TIERS);

describe('classification: impact of a change of tier', () => {
  it('does to live grants what the pack says of the tier that is reached', () => {
    const rules = governance('keep', 're-review');
    const outcome = (from: 'open' | 'conditional', to: 'conditional' | 'restricted'): string | undefined =>
      impactOf(from, to, rules, resting({ grants: [grant('g')] })).grants[0]?.outcome;
    expect([
      outcome('open', 'conditional'),
      outcome('conditional', 'restricted'),
      outcome('open', 'restricted'),
    ]).to.deep.equal(['kept', 're-review', 're-review']);
    const byFate = GRANT_FATES.map(
      (fate) =>
        impactOf('open', 'conditional', governance(fate, 'end'), resting({ grants: [grant('g')] })).grants[0]?.outcome,
    );
    expect(byFate).to.deep.equal(['kept', 'suspended', 're-review', 'ended']);
  });

  it('releases on lowering what an earlier raise held, and nothing else', () => {
    const grants = [grant('held', true), grant('free')];
    const lowered = impactOf('restricted', 'conditional', CAUTIOUS, resting({ grants }));
    expect(lowered.grants.map(({ outcome }) => outcome)).to.deep.equal(['released', 'kept']);
  });

  it('says of applications and distributions what the tier makes of them', () => {
    const applications = [{ id: 'a', number: null, applicant: 'o', state: 'in-review' }];
    const distributions = [{ id: 'd', title: {}, format: 'CSV' }];
    const said = TIERS.flatMap((from) =>
      TIERS.map((to) => {
        const impact = impactOf(from, to, CAUTIOUS, resting({ applications, distributions }));
        return `${from} ${to}: ${impact.applications[0]?.outcome} ${impact.distributions[0]?.outcome}`;
      }),
    );
    expect(said).to.deep.equal([
      'open open: kept kept',
      'open conditional: looked-at-again needs-grant',
      'open restricted: no-longer-possible stops',
      'conditional open: not-needed opens',
      'conditional conditional: kept kept',
      'conditional restricted: no-longer-possible stops',
      'restricted open: not-needed opens',
      'restricted conditional: kept kept',
      'restricted restricted: kept kept',
    ]);
  });

  it('names everything that rests on the dataset, once, whatever the change', () => {
    fc.assert(
      fc.property(tier, tier, fc.uniqueArray(fc.string()), fc.constantFrom(...GRANT_FATES), (from, to, ids, fate) => {
        const grants = ids.map((id, at) => grant(id, at % 2 === 0));
        const impact = impactOf(from, to, governance(fate, 'suspend'), resting({ grants }));
        expect(impact.grants.map(({ id }) => id)).to.deep.equal(ids);
        const counted = Object.values(countsOf(impact).grants).reduce((sum, count) => sum + count, 0);
        expect(counted).to.equal(ids.length);
        if (to === 'restricted' && strictness(to) > strictness(from))
          for (const { outcome } of impact.grants)
            expect(outcome, 'closed data keeps nobody going').to.not.equal('kept');
      }),
    );
  });

  it('is a raise exactly where the pack has a say', () => {
    for (const from of TIERS)
      for (const to of TIERS) expect(fateOf(CAUTIOUS, from, to) !== null).to.equal(strictness(to) > strictness(from));
  });

  it('is cautious where a pack says nothing', () => {
    expect(governanceOf({})).to.equal(CAUTIOUS);
    expect(CAUTIOUS.raised.conditional.grants, 'nobody goes on on terms nobody looked at').to.equal('re-review');
  });
});
