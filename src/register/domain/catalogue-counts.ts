import type { Field } from '../../kernel/fields.js';
import type { Id } from '../../kernel/ids.js';
import type { Tier } from '../../kernel/tier.js';

export type ByTier = Readonly<Record<Tier, number>>;

/** The catalogue as everyone may see it: what is restricted is counted where its publisher lists it. */
export interface CatalogueCounts {
  readonly tiers: ByTier;
  readonly fields: readonly { readonly field: Field; readonly tiers: ByTier }[];
  readonly holders: readonly { readonly holder: Id; readonly tiers: ByTier }[];
}
