import { stricter, strictness, type Tier } from '../../kernel/tier.js';
import type { FiredRule, ItemTier, Verdict } from './verdict.js';

/** A decision of a person that stands: the tier they set, and the grounds they had before them. */
export interface Standing {
  readonly tier: Tier;
  /** What demanded a tier when the person decided, see {@link groundsOf}. */
  readonly grounds: readonly string[];
  readonly declared: Tier | null;
}

/** What was in force for the record before this run. */
export interface Previous {
  readonly tier: Tier;
  readonly decision: Standing | null;
}

/** What takes effect after a run, given what was in force. */
export interface Held {
  readonly tier: Tier;
  readonly status: 'declared' | 'confirmed' | 'pending-review';
  /** What people are asked to decide on; null when the engine abstains or nothing is asked. */
  readonly proposed: Tier | null;
}

/**
 * What demands a tier, as texts to compare: the rule with the item it names, or with the word or code it found. The same
 * rule on another item is another ground: whoever let one column pass has not seen the next.
 */
const groundsOfRule = ({ id, outcome, inputs }: FiredRule): string[] =>
  'floor' in outcome ? inputs.map(({ item, value }) => `${id}: ${item ?? value}`) : [];
export const groundsOf = (verdict: Verdict): string[] => [...new Set(verdict.rules.flatMap(groundsOfRule))];

const over = (a: Tier, b: Tier): boolean => strictness(a) > strictness(b);

/** Grounds the person did not know that demand more than they set, or a stricter declaration since. */
function isNews(verdict: Verdict, standing: Standing): boolean {
  const known = new Set(standing.grounds);
  const demands = verdict.rules.some(
    (rule) =>
      'floor' in rule.outcome &&
      over(rule.outcome.floor, standing.tier) &&
      groundsOfRule(rule).some((ground) => !known.has(ground)),
  );
  const { declared } = verdict;
  return demands || (declared !== null && declared !== standing.declared && over(declared, standing.tier));
}

/**
 * Raising acts at once; lowering waits for a person. A person's decision stands until there is news stricter than it.
 * A draft was never published, so its steward may correct it freely until someone has decided on it. `unread`: too much of
 * the content behind the verdict could not be read, so that a person looks before anything rests on it.
 */
export function hold(verdict: Verdict, previous: Previous | null, draft = false, unread = false): Held {
  const status = unread ? 'pending-review' : verdict.tierStatus;
  const plain: Held = { tier: verdict.tier, status, proposed: verdict.proposed };
  if (previous === null || (draft && previous.decision === null)) return plain;
  if (previous.decision !== null) {
    return isNews(verdict, previous.decision)
      ? { tier: stricter(verdict.tier, previous.tier), status: 'pending-review', proposed: verdict.proposed }
      : { tier: previous.tier, status: 'confirmed', proposed: null };
  }
  if (!over(previous.tier, verdict.tier)) return plain;
  return { tier: previous.tier, status: 'pending-review', proposed: verdict.proposed };
}

/** The items' tiers when the whole record is at `tier`: a person's raise lifts every item, their lowering caps each. */
export function itemTiersAt(verdict: Verdict, tier: Tier): readonly ItemTier[] {
  if (over(tier, verdict.tier)) return verdict.itemTiers.map(({ name }) => ({ name, tier }));
  return verdict.itemTiers.map((item) => (over(item.tier, tier) ? { name: item.name, tier } : item));
}
