import type { Tier } from '../../kernel/tier.js';
import type { Facts } from './facts.js';
import type { Pack } from './pack.js';

/** What the publisher declared, as the pack reads it. A code that is not in the map is never guessed. */
export type Declared =
  | { readonly kind: 'tier'; readonly tier: Tier; readonly code: string }
  | { readonly kind: 'unknown-code'; readonly code: string }
  | { readonly kind: 'undeclared' };

export function declaredOf(facts: Pick<Facts, 'declaredTier' | 'declaredCode'>, pack: Pack): Declared {
  if (facts.declaredTier !== undefined)
    return { kind: 'tier', tier: facts.declaredTier, code: facts.declaredCode ?? facts.declaredTier };
  if (facts.declaredCode === undefined) return { kind: 'undeclared' };
  const codes = pack.declaredCodes.codes;
  const tier = Object.hasOwn(codes, facts.declaredCode) ? codes[facts.declaredCode] : undefined;
  return tier === undefined
    ? { kind: 'unknown-code', code: facts.declaredCode }
    : { kind: 'tier', tier, code: facts.declaredCode };
}
