import { expect } from 'chai';
import fc from 'fast-check';
import { assess } from '../../../../src/classification/domain/assess.js';
import type { Facts, LearnedFacts } from '../../../../src/classification/domain/facts.js';
import { replayText } from '../../../../src/classification/domain/replay.js';
import type { Verdict } from '../../../../src/classification/domain/verdict.js';
import { strictness, TIERS } from '../../../../src/kernel/tier.js';
import { anyFacts, pack } from '../records.js';

const anyLearned: fc.Arbitrary<LearnedFacts> = fc.record({
  model: fc.constant('body/3#0123456789ab'),
  own: fc.nat(100),
  others: fc.nat(100),
  tier: fc.constantFrom(...TIERS),
  share: fc.double({ min: 0, max: 1, noNaN: true }),
  enough: fc.boolean(),
  terms: fc.array(fc.record({ term: fc.constantFrom('road', 'title:road', '公交'), weight: fc.constant(1.25) }), {
    maxLength: 3,
  }),
});
const learned = (more: Partial<LearnedFacts> = {}): LearnedFacts => ({
  model: 'body/3#0123456789ab',
  own: 40,
  others: 2,
  tier: 'open',
  share: 0.931,
  enough: true,
  terms: [
    { term: 'title:road', weight: 1.25 },
    { term: 'cue-in-title:topic-places', weight: 0.5 },
    { term: 'road map', weight: 0.25 },
  ],
  ...more,
});

describe('learned evidence', () => {
  for (const id of ['cn-shanghai', 'us-pod'] as const) {
    const compiled = pack(id);
    const verdictOf = (facts: Facts): Verdict | null => {
      const answer = assess(facts, compiled);
      return answer.kind === 'verdict' ? answer : null;
    };

    it(`never changes what takes effect, whatever it says (${id})`, () => {
      fc.assert(
        fc.property(anyFacts, anyLearned, (facts, said) => {
          const [without, having] = [verdictOf(facts), verdictOf({ ...facts, learned: said })];
          expect(having === null).to.equal(without === null);
          if (without === null || having === null) return;
          for (const part of ['tier', 'tierStatus', 'floor', 'declared', 'itemTiers', 'distributionTiers'] as const)
            expect(having[part]).to.deep.equal(without[part]);
        }),
      );
    });

    it(`never proposes less than the rules demand (${id})`, () => {
      fc.assert(
        fc.property(anyFacts, anyLearned, (facts, said) => {
          const verdict = verdictOf({ ...facts, learned: said });
          if (verdict === null || verdict.proposed === null) return;
          expect(strictness(verdict.proposed)).to.be.at.least(strictness(verdict.floor));
        }),
      );
    });

    it(`replays to the same bytes from the stored facts (${id})`, () => {
      fc.assert(
        fc.property(anyFacts, anyLearned, (facts, said) => {
          const all = { ...facts, learned: said };
          const stored = JSON.parse(JSON.stringify(all)) as Facts;
          expect(replayText(stored, compiled, assess(stored, compiled))).to.equal(
            replayText(all, compiled, assess(all, compiled)),
          );
        }),
      );
    });
  }

  it('names the model and its terms as people read them', () => {
    const answer = assess({ title: { en: 'Roads' }, learned: learned() }, pack('us-pod'));
    const rule = answer.kind === 'verdict' ? answer.rules.find(({ id }) => id === 'learned-open') : undefined;
    expect(rule?.inputs.map(({ value }) => value)).to.deep.equal([
      'open: 93.1 % (body/3#0123456789ab; 40 + 2)',
      'road (title): +1.25',
      'topic-places (cue-in-title): +0.5',
      'road map: +0.25',
    ]);
  });

  it('gives its share as the confidence of a proposal, and nothing without enough of it', () => {
    const facts = { title: { en: 'Roads' } };
    const sure = assess({ ...facts, learned: learned() }, pack('us-pod'));
    expect(sure).to.include({ proposed: 'open', confidence: 0.931, abstained: false, tier: 'restricted' });
    const unsure = assess({ ...facts, learned: learned({ enough: false }) }, pack('us-pod'));
    expect(unsure).to.include({ proposed: null, confidence: 0, abstained: true });
  });

  it('does not outweigh a sign in the content, which it has not read', () => {
    const findings = [
      { item: 'who', type: 'person-name', matchedFraction: 0.9, sampleSize: 300, rule: 'columns/1#person-name' },
    ];
    const answer = assess({ title: { en: 'Roads' }, findings, learned: learned() }, pack('us-pod'));
    expect(answer).to.include({ proposed: null, abstained: true });
  });
});
