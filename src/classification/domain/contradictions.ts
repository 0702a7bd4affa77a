import { strictness, type Tier } from '../../kernel/tier.js';
import type { Declared } from './declared.js';
import type { Facts } from './facts.js';
import type { Issue } from './verdict.js';

/** What the tiers of one record turned out to be, before the record is looked at as a whole. */
export interface Tiers {
  readonly declared: Declared;
  readonly floor: Tier;
  readonly tier: Tier;
  readonly weakEvidence: boolean;
}

const note = (code: Issue['code'], detail?: string): Issue => ({ code, weight: 'note', ...(detail ? { detail } : {}) });
const review = (code: Issue['code'], detail?: string): Issue => ({
  code,
  weight: 'review',
  ...(detail ? { detail } : {}),
});

/** What is conditional may well be served, behind a check; what is not open at all may not. */
function servedWhileNotOpen(facts: Facts, tier: Tier): Issue[] {
  const distributions = facts.distributions ?? [];
  const served = distributions.filter((distribution) => distribution.served).length;
  if (tier === 'open' || distributions.length === 0) return [];
  const weigh = tier === 'restricted' ? review : note;
  return [
    ...(served > 0 ? [weigh('not-open-but-served', `${served}`)] : []),
    ...(tier === 'restricted' ? [note('restricted-with-distribution', `${distributions.length}`)] : []),
  ];
}

function missingParts(facts: Facts, tier: Tier): Issue[] {
  const basis = [facts.rights, facts.legalBasis].some((text) => text !== undefined && text.trim() !== '');
  return [
    ...(tier === 'conditional' && facts.conditions === 0 ? [note('conditional-without-condition')] : []),
    ...(tier === 'restricted' && !basis ? [note('not-open-without-basis')] : []),
  ];
}

function declaration({ declared, floor }: Tiers): Issue[] {
  if (declared.kind === 'undeclared') return [review('tier-undeclared')];
  if (declared.kind === 'unknown-code') return [review('code-not-in-map', declared.code)];
  return strictness(floor) > strictness(declared.tier)
    ? [review('declared-weaker-than-floor', `${declared.tier} < ${floor}`)]
    : [];
}

/** Everything in a record that does not fit together. The stricter tier is already kept; this only says so. */
export const issuesOf = (facts: Facts, tiers: Tiers): Issue[] => [
  ...declaration(tiers),
  ...servedWhileNotOpen(facts, tiers.tier),
  ...missingParts(facts, tiers.tier),
  ...(tiers.weakEvidence ? [note('weak-evidence')] : []),
];
