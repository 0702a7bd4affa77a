import type { Role } from '../../kernel/roles.js';
import type { Tier } from '../../kernel/tier.js';

const APPLICANTS: readonly Role[] = ['handler', 'citizen'];

/**
 * What a tier alone says, for an instance whose decision plane is not there: open data is for everyone, everything else
 * is denied. Errs on the strict side.
 */
export function plainAdvice(
  tier: Tier,
  state: string,
  caller: { readonly anonymous: boolean; readonly roles: readonly Role[] },
): { readonly permit: boolean; readonly code: string } {
  if (state === 'suspended') return { permit: false, code: 'wait' };
  if (state !== 'listed') return { permit: false, code: 'none' };
  if (tier === 'open') return { permit: true, code: 'none' };
  if (tier === 'restricted') return { permit: false, code: 'demand' };
  if (caller.anonymous) return { permit: false, code: 'sign-in' };
  return { permit: false, code: caller.roles.some((role) => APPLICANTS.includes(role)) ? 'apply' : 'none' };
}
