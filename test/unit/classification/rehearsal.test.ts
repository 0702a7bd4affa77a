import { expect } from 'chai';
import { added, rehearse, type Standpoint } from '../../../src/classification/domain/rehearsal.js';
import { CAUTIOUS } from '../../../src/classification/domain/governance.js';
import { nextReview } from '../../../src/classification/domain/reevaluation.js';
import type { FiredRule, Verdict } from '../../../src/classification/domain/verdict.js';
import type { Tier } from '../../../src/kernel/tier.js';
import { isoOf } from '../../../src/kernel/time.js';

const fired = (id: string, floor?: Tier): FiredRule => ({
  id,
  outcome: floor === undefined ? { declared: true } : { floor },
  reason: 'r',
  strength: 'strong',
  inputs: [{ fact: 'title', value: id }],
  text: {},
  source: { text: {} },
  verified: true,
});
const verdict = (tier: Tier, rules: readonly FiredRule[] = [], more: Partial<Verdict> = {}): Verdict => ({
  kind: 'verdict',
  tier,
  tierStatus: 'declared',
  proposed: tier,
  abstained: false,
  confidence: 0.9,
  declared: tier,
  floor: 'open',
  itemTiers: [],
  distributionTiers: [],
  rules,
  issues: [],
  ...more,
});
const stands = (tier: Tier, more: Partial<Standpoint> = {}): Standpoint => ({
  tier,
  status: 'declared',
  draft: false,
  unread: false,
  previous: { tier, decision: null },
  ...more,
});
const before = verdict('open', [fired('a')]);

describe('classification: rehearsal of a changed pack', () => {
  it('says what would be raised at once, and by which rule', () => {
    const found = rehearse(stands('open'), before, verdict('restricted', [fired('a'), fired('b', 'restricted')]));
    expect(found).to.deep.include({ change: 'raised', tier: 'restricted', fires: ['b'], silent: [] });
  });

  it('lowers nothing: a milder verdict would be put before people', () => {
    const now = stands('restricted');
    const found = rehearse(now, verdict('restricted', [fired('b', 'restricted')]), verdict('open'));
    expect(found).to.deep.include({ change: 'milder', tier: 'restricted', status: 'pending-review', proposed: 'open' });
  });

  it('tells other reasons from no difference', () => {
    expect(rehearse(stands('open'), before, verdict('open', [fired('c')])).change).to.equal('reasons');
    expect(rehearse(stands('open'), before, verdict('open', [fired('a')])).change).to.equal('same');
  });

  it('opens a person’s ruling again only on grounds they did not know that demand more', () => {
    const decision = { tier: 'open' as const, grounds: ['b: b'], declared: 'open' as const };
    const now = stands('open', { status: 'confirmed', previous: { tier: 'open', decision } });
    const known = rehearse(now, before, verdict('restricted', [fired('b', 'restricted')], { declared: 'open' }));
    expect([known.reopens, known.tier]).to.deep.equal([false, 'open']);
    const news = rehearse(now, before, verdict('restricted', [fired('x', 'restricted')], { declared: 'open' }));
    expect([news.reopens, news.change, news.tier]).to.deep.equal([true, 'raised', 'restricted']);
  });

  it('says which records would be thrown out as secrets', () => {
    const found = rehearse(stands('open'), before, { kind: 'secret', code: 'state-secret', rule: 's' });
    expect(found).to.deep.include({ change: 'refused', tier: 'restricted', fires: ['s'] });
  });

  it('adds tallies up', () => {
    expect(added({ a: 1 }, { a: 2, b: 1 })).to.deep.equal({ a: 3, b: 1 });
  });
});

describe('classification: the next look at a tier', () => {
  it('is the start of the day some months later, in Shanghai', () => {
    const months = { ...CAUTIOUS, reviewMonths: { open: 24, conditional: 12, restricted: 1 } };
    const from = (tier: Tier, day: string): string => isoOf(nextReview(months, tier, Date.parse(`${day}T02:00:00Z`)));
    expect(from('open', '2026-03-01')).to.equal('2028-02-29T16:00:00.000Z');
    expect(from('restricted', '2026-01-31'), 'a day the month has not').to.equal('2026-02-27T16:00:00.000Z');
  });
});
