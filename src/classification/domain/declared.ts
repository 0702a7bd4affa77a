import type { Tier } from '../../kernel/tier.js';
import type { Facts } from './facts.js';
import type { Pack } from './pack.js';

/** What the publisher declared, as the pack reads it. A code that is not in the map is never guessed. */
export type Declared =
  | { readonly kind: 'tier'; readonly tier: Tier; readonly code: string }
  | { readonly kind: 'unknown-code'; readonly code: string }
  | { readonly kind: 'undeclared' };

export function declaredOf(facts: Pick<Facts, 'declaredTier' | 'declaredCode'>, pack: Pack): Declared {
  const { declaredTier, declaredCode: code } = facts;
  if (declaredTier !== undefined && declaredTier !== null)
    return { kind: 'tier', tier: declaredTier, code: code ?? declaredTier };
  if (code === undefined) return { kind: 'undeclared' };
  const { codes } = pack.declaredCodes;
  const tier = declaredTier === undefined && Object.hasOwn(codes, code) ? codes[code] : undefined;
  return tier === undefined ? { kind: 'unknown-code', code } : { kind: 'tier', tier, code };
}
