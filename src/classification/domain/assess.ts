import { stricter, strictness, type Tier } from '../../kernel/tier.js';
import type { CompiledPack } from './compiled.js';
import { exempt, inputsOf, readings, type Situation } from './conditions.js';
import { issuesOf } from './contradictions.js';
import { declaredOf } from './declared.js';
import type { Facts } from './facts.js';
import { type Rule, TESTS } from './pack.js';
import type { Answer, DistributionTier, FiredRule, ItemTier, Verdict } from './verdict.js';

const firedOf = (rule: Rule, inputs: FiredRule['inputs']): FiredRule => ({
  id: rule.id,
  outcome: rule.outcome,
  reason: rule.reason,
  strength: rule.strength,
  inputs,
  text: rule.text,
  source: rule.source,
  verified: rule.verified,
});

/** Runs the rules in the order of test, and inside a test in the pack's order; `points` rules see what fired before. */
function fire(compiled: CompiledPack, facts: Facts): FiredRule[] {
  const declared = declaredOf(facts, compiled.pack);
  const fired: FiredRule[] = [];
  const situation: Situation = { facts, declared, compiled, fired, passages: readings(facts) };
  for (const test of TESTS) {
    for (const rule of compiled.pack.rules) {
      if (rule.test !== test || rule.unless?.some((exemption) => exempt(facts, exemption))) continue;
      const inputs = 'residual' in rule.outcome ? [] : inputsOf(situation, rule.when);
      if (inputs.length > 0) fired.push(firedOf(rule, inputs));
      if (inputs.length > 0 && 'refuse' in rule.outcome) return fired;
    }
  }
  return fired;
}

const floorOf = (rules: readonly FiredRule[]): Tier =>
  rules.reduce<Tier>((tier, rule) => ('floor' in rule.outcome ? stricter(tier, rule.outcome.floor) : tier), 'open');

/** True when every input of the rule names an item: then only those items carry the floor. */
const ofItems = (rule: FiredRule): boolean => rule.inputs.every((input) => input.item !== undefined);

/** The items' tiers: `base` for all, what concerns the whole record, and what concerns each item alone. */
export function itemTiersOf(facts: Pick<Facts, 'items'>, base: Tier, rules: readonly FiredRule[]): ItemTier[] {
  const whole = stricter(base, floorOf(rules.filter((rule) => !ofItems(rule))));
  const byItem = rules.filter(ofItems);
  return (facts.items ?? []).map((item) => {
    const own = floorOf(byItem.filter((rule) => rule.inputs.some((input) => input.item === item.name)));
    return { name: item.name, tier: stricter(stricter(whole, own), item.declaredTier ?? 'open') };
  });
}

const distributionTiersOf = (facts: Facts, tier: Tier): DistributionTier[] =>
  (facts.distributions ?? []).map(({ id, declaredTier }) => ({ id, tier: stricter(tier, declaredTier ?? 'open') }));

const pointsTo = (rules: readonly FiredRule[], test: (tier: Tier) => boolean): boolean =>
  rules.some((rule) => 'evidence' in rule.outcome && test(rule.outcome.evidence));

/** What a rule took from learned evidence, where the pack has such a rule and it fired. */
function learnedIn(rules: readonly FiredRule[]): Tier | null {
  const rule = rules.find(({ inputs }) => inputs.some(({ fact }) => fact === 'learned'));
  return rule !== undefined && 'evidence' in rule.outcome ? rule.outcome.evidence : null;
}

/**
 * What the engine would propose to people; null is abstaining. Weak evidence against opening makes it abstain; what was
 * learned may outweigh words, which it has read as well, but never signs in items or content, which it has not.
 */
function proposalOf(declared: Tier | null, floor: Tier, rules: readonly FiredRule[]): Tier | null {
  if (declared !== null) return stricter(declared, floor);
  const learned = learnedIn(rules);
  if (floor !== 'open') return stricter(floor, learned ?? floor);
  const doubts = rules.filter(({ outcome }) => 'evidence' in outcome && outcome.evidence !== 'open');
  const unread = doubts.some(({ inputs }) => inputs.some(({ item }) => item !== undefined));
  if (learned !== null && !unread) return learned;
  const doubtful = doubts.length > 0;
  return !doubtful && pointsTo(rules, (tier) => tier === 'open') ? 'open' : null;
}

function confidenceOf(
  compiled: CompiledPack,
  { learned }: Facts,
  proposed: Tier | null,
  rules: readonly FiredRule[],
): number {
  if (proposed === null) return 0;
  const certainty = ({ strength, inputs }: FiredRule): number =>
    learned !== undefined && inputs.some(({ fact }) => fact === 'learned')
      ? learned.share
      : compiled.pack.confidence[strength];
  const supports = (rule: FiredRule): boolean => {
    const { outcome } = rule;
    if ('floor' in outcome) return outcome.floor === proposed;
    return 'declared' in outcome || ('evidence' in outcome && outcome.evidence === proposed);
  };
  return Math.max(0, ...rules.filter(supports).map(certainty));
}

const residualOf = (compiled: CompiledPack, floor: Tier): FiredRule[] =>
  floor !== 'open'
    ? []
    : compiled.pack.rules
        .filter((rule) => 'residual' in rule.outcome)
        .map((rule) => firedOf(rule, [{ fact: 'rules', value: 'no ground found' }]));

/**
 * The verdict of a pack over the facts of one record. Pure: the same facts and pack give the same bytes.
 * The tier that takes effect is the stricter of what was declared and what the rules demand; without a declared tier
 * it is restricted until a person decides. A state or work secret gives no verdict but a refusal.
 */
export function assess(facts: Facts, compiled: CompiledPack): Answer {
  const fired = fire(compiled, facts);
  const secret = fired.find((rule) => 'refuse' in rule.outcome);
  if (secret !== undefined) return { kind: 'secret', code: 'state-secret', rule: secret.id };
  return verdictOf(facts, compiled, fired);
}

function verdictOf(facts: Facts, compiled: CompiledPack, fired: readonly FiredRule[]): Verdict {
  const code = declaredOf(facts, compiled.pack);
  const declared = code.kind === 'tier' ? code.tier : null;
  const floor = (facts.items ?? []).reduce<Tier>(
    (tier, item) => stricter(tier, item.declaredTier ?? 'open'),
    floorOf(fired),
  );
  const rules = declared === null ? [...fired] : [...fired, ...residualOf(compiled, stricter(declared, floor))];
  const tier = declared === null ? 'restricted' : stricter(declared, floor);
  const proposed = proposalOf(declared, floor, rules);
  const weakEvidence = pointsTo(rules, (towards) => strictness(towards) > strictness(tier));
  const issues = issuesOf(facts, { declared: code, floor, tier, weakEvidence });
  return {
    kind: 'verdict',
    tier,
    tierStatus: issues.some((issue) => issue.weight === 'review') ? 'pending-review' : 'declared',
    proposed,
    abstained: proposed === null,
    confidence: confidenceOf(compiled, facts, proposed, rules),
    declared,
    floor,
    itemTiers: itemTiersOf(facts, declared ?? 'restricted', fired),
    distributionTiers: distributionTiersOf(facts, tier),
    rules,
    issues,
  };
}
