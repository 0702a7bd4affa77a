/** The three opening tiers, least strict first (Shanghai Data Regulations, art. 41). */
export const TIERS = ['open', 'conditional', 'restricted'] as const;
export type Tier = (typeof TIERS)[number];
export const strictness = (tier: Tier): number => TIERS.indexOf(tier);
export const stricter = (a: Tier, b: Tier): Tier => (strictness(a) >= strictness(b) ? a : b);

/** Sharing between public bodies is an attribute of its own and never grants opening. */
export const SHARING_TIERS = ['unconditional', 'conditional', 'not-shared'] as const;
export type SharingTier = (typeof SHARING_TIERS)[number];
