import type { Text } from '../../kernel/text.js';
import type { Tier } from '../../kernel/tier.js';
import type { Outcome, Source } from './pack.js';

/** What made a rule fire: which fact, what was recognised there, and for which item. */
export interface Input {
  readonly fact: string;
  readonly value: string;
  readonly item?: string;
}

export interface FiredRule {
  readonly id: string;
  readonly outcome: Outcome;
  readonly reason: string;
  readonly strength: 'proof' | 'strong' | 'weak';
  readonly inputs: readonly Input[];
  readonly text: Text;
  readonly source: Source;
  readonly verified: boolean;
}

/** Something in the record that does not fit together; `review` ones ask a person, `note` ones are only reported. */
export interface Issue {
  readonly code: IssueCode;
  readonly weight: 'review' | 'note';
  readonly detail?: string;
}
export const ISSUE_CODES = [
  'declared-weaker-than-floor',
  'not-open-but-served',
  'restricted-with-distribution',
  'tier-undeclared',
  'code-not-in-map',
  'conditional-without-condition',
  'not-open-without-basis',
  'weak-evidence',
] as const;
export type IssueCode = (typeof ISSUE_CODES)[number];

export interface ItemTier {
  readonly name: string;
  readonly tier: Tier;
}
export interface DistributionTier {
  readonly id: string;
  readonly tier: Tier;
}

/** The engine's answer for one record that may be kept. */
export interface Verdict {
  readonly kind: 'verdict';
  /** The tier that takes effect now. */
  readonly tier: Tier;
  readonly tierStatus: 'declared' | 'pending-review';
  /** What the engine proposes to the people who decide; null when it abstains. */
  readonly proposed: Tier | null;
  readonly abstained: boolean;
  readonly confidence: number;
  readonly declared: Tier | null;
  readonly floor: Tier;
  readonly itemTiers: readonly ItemTier[];
  readonly distributionTiers: readonly DistributionTier[];
  readonly rules: readonly FiredRule[];
  readonly issues: readonly Issue[];
}

/** A state or work secret: nothing of the record may be stored, logged or reported but its row number and this code. */
export interface SecretRefusal {
  readonly kind: 'secret';
  readonly code: 'state-secret';
  readonly rule: string;
}

export type Answer = Verdict | SecretRefusal;
