import { strictness, type Tier } from '../../kernel/tier.js';
import type { Governance, GrantFate, Pack } from './pack.js';

/** Of a pack that says nothing: whatever the raise, nobody goes on using data on terms nobody has looked at. */
export const CAUTIOUS: Governance = {
  raised: { conditional: { grants: 're-review' }, restricted: { grants: 'suspend' } },
  reviewMonths: { open: 12, conditional: 12, restricted: 12 },
};

/** How the pack governs tiers over time; the cautious way where it says nothing. */
export const governanceOf = ({ governance }: Pick<Pack, 'governance'>): Governance => governance ?? CAUTIOUS;

export const isRaise = (from: Tier, to: Tier): boolean => strictness(to) > strictness(from);

/** What the pack does to live grants when a tier goes from one to the other; null where the change is no raise. */
export function fateOf({ raised }: Governance, from: Tier, to: Tier): GrantFate | null {
  if (!isRaise(from, to)) return null;
  return to === 'restricted' ? raised.restricted.grants : raised.conditional.grants;
}
