import { expect } from 'chai';
import fc from 'fast-check';
import { stricter, strictness, TIERS, type Tier } from '../../../src/kernel/tier.js';
import { assess } from '../../../src/classification/domain/assess.js';
import {
  ASSESSMENT_STATES,
  type AssessmentCommand,
  decideAssessment,
} from '../../../src/classification/domain/assessment.js';
import type { Facts } from '../../../src/classification/domain/facts.js';
import { groundsOf, hold, itemTiersAt, type Previous } from '../../../src/classification/domain/hold.js';
import type { Verdict } from '../../../src/classification/domain/verdict.js';
import { anyFacts, pack } from './records.js';

const compiled = pack('cn-shanghai');
const verdictOf = (facts: Facts): Verdict | null => {
  const answer = assess(facts, compiled);
  return answer.kind === 'secret' ? null : answer;
};
const tier = fc.constantFrom(...TIERS);
const argument = fc.record(
  { reason: fc.constantFrom('', ' ', 'because'), legalBasis: fc.constantFrom('', 'art. 41(3)') },
  { requiredKeys: [] },
);
const command: fc.Arbitrary<AssessmentCommand> = fc.oneof(
  argument.map((more) => ({ kind: 'confirm' as const, ...more })),
  argument.map((more) => ({ kind: 'return' as const, ...more })),
  fc.tuple(argument, tier).map(([more, to]) => ({ kind: 'override' as const, tier: to, ...more })),
);

describe('what takes effect after a run', () => {
  it('is never milder than what was in force, unless the record is a draft nobody decided on', () => {
    const previous = fc.record({ tier, decision: fc.constant(null) });
    fc.assert(
      fc.property(anyFacts, previous, (facts, before: Previous) => {
        const verdict = verdictOf(facts);
        if (verdict === null) return;
        expect(strictness(hold(verdict, before).tier)).to.equal(strictness(stricter(before.tier, verdict.tier)));
        expect(hold(verdict, before, true).tier).to.equal(verdict.tier);
      }),
    );
  });

  it('keeps a person’s decision while nothing stricter is new, whatever the rules said before them', () => {
    fc.assert(
      fc.property(anyFacts, tier, fc.boolean(), (facts, decided: Tier, draft) => {
        const verdict = verdictOf(facts);
        if (verdict === null) return;
        const decision = { tier: decided, grounds: groundsOf(verdict), declared: verdict.declared };
        const held = hold(verdict, { tier: decided, decision }, draft);
        expect(held).to.deep.equal({ tier: decided, status: 'confirmed', proposed: null });
      }),
    );
  });

  it('asks again when a stricter ground is new', () => {
    const facts: Facts = { title: { zh: '活动' }, declaredTier: 'open', items: [{ name: '身份证号' }] };
    const verdict = verdictOf(facts);
    const decision = { tier: 'open' as const, grounds: ['personal-records'], declared: 'open' as const };
    expect(verdict && hold(verdict, { tier: 'open', decision })).to.deep.equal({
      tier: 'restricted',
      status: 'pending-review',
      proposed: 'restricted',
    });
  });

  it('takes the same rule on another item, or by another word, for news', () => {
    const facts: Facts = { title: { zh: '活动' }, declaredTier: 'open', items: [{ name: '身份证号' }] };
    const seen = verdictOf(facts);
    if (seen === null) throw new Error('refused');
    const decision = { tier: 'open' as const, grounds: groundsOf(seen), declared: 'open' as const };
    const tierOf = (more: Partial<Facts>) =>
      hold(verdictOf({ ...facts, ...more }) as Verdict, { tier: 'open', decision }).tier;
    expect(tierOf({})).to.equal('open');
    expect(tierOf({ title: { zh: '活动（2026年）' } })).to.equal('open');
    expect(tierOf({ items: [{ name: '身份证号' }, { name: '手机号' }] })).to.equal('restricted');
    expect(tierOf({ title: { zh: '就诊记录' } })).to.equal('restricted');
    const found = { type: 'mobile-number', matchedFraction: 1, sampleSize: 9, rule: 'columns/1#mobile-number' };
    expect(tierOf({ findings: [{ ...found, item: '备注' }] })).to.equal('restricted');
  });

  it('gives items no tier above the record’s, and lifts all of them when a person raises', () => {
    fc.assert(
      fc.property(anyFacts, tier, (facts, to) => {
        const verdict = verdictOf(facts);
        if (verdict === null) return;
        for (const item of itemTiersAt(verdict, to)) {
          expect(strictness(item.tier)).to.be.at.most(strictness(to));
          if (strictness(to) > strictness(verdict.tier)) expect(item.tier).to.equal(to);
        }
      }),
    );
  });
});

describe('an officer’s ruling', () => {
  const situation = fc.record({
    state: fc.constantFrom(...ASSESSMENT_STATES),
    inForce: tier,
    actor: fc.constantFrom(['ann'], ['bob'], ['bob', 'ann']),
    carries: fc.constantFrom(false, false, false, true),
    proposal: fc.record({
      tier: fc.option(tier),
      by: fc.constantFrom('engine', 'ann'),
      reason: fc.option(fc.constantFrom('', 'because')),
      legalBasis: fc.option(fc.constantFrom('', 'art. 41(3)')),
    }),
  });

  it('never lowers without reason and legal basis, never by the proposer or who brought the evidence, never twice', () => {
    let [ruled, lowered] = [0, 0];
    fc.assert(
      fc.property(situation, command, (at, wanted) => {
        const outcome = decideAssessment(at, wanted);
        if (!outcome.ok) return;
        ruled += 1;
        expect(at.state).to.equal('proposed');
        expect(at.actor).to.not.include(at.proposal.by);
        const { tier: to, reason, legalBasis } = outcome.value;
        if (to === null || strictness(to) >= strictness(at.inForce)) return;
        lowered += 1;
        expect(at.carries).to.equal(false);
        expect(reason?.trim()).to.be.a('string').and.not.equal('');
        expect(legalBasis?.trim()).to.be.a('string').and.not.equal('');
      }),
      { numRuns: 20_000 },
    );
    expect(ruled).to.be.greaterThan(100);
    expect(lowered).to.be.greaterThan(10);
  });
});
