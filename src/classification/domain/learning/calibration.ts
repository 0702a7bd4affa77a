import { TIERS, type Tier } from '../../../kernel/tier.js';

/** A decided record as a model said it that had not seen it: the share it gave to each tier, and what people decided. */
export interface Tried {
  readonly shares: readonly [number, number, number];
  readonly truth: Tier;
}

/** The least share with which each tier is proposed with confidence; null: never, too little is known. */
export type Thresholds = Readonly<Record<Tier, number | null>>;

/** How often a confident proposal may be milder than what people decide, and how often one may be stricter. */
export interface Tolerance {
  readonly tooMild: number;
  readonly tooStrict: number;
}
export const TOLERANCE: Tolerance = { tooMild: 0.02, tooStrict: 0.1 };

/**
 * Split-conformal: of the records that people put otherwise, all but `tolerance` stay below the threshold, counting the
 * next record as one that was seen (so that n wrong candidates are needed before 1/(n+1) fits). Null where they are too
 * few to say so.
 */
function leastShare(candidates: readonly number[], tolerance: number): number | null {
  const allowed = Math.floor(tolerance * (candidates.length + 1)) - 1;
  if (allowed < 0) return null;
  const falling = [...candidates].sort((a, b) => b - a);
  return falling[allowed] ?? 0;
}

/**
 * While the promise cannot be kept by counting, opening is proposed with confidence only above this share and above
 * every share that a record that is not open was given, and only once some of those were decided. A rule of thumb, not
 * a promise: both numbers were chosen on the same three catalogues that the table of docs/learning.md scores.
 */
const EARLY = { share: 0.9, closed: 8 };

function openingShare(wrong: readonly number[], tolerance: number): number | null {
  const least = leastShare(wrong, tolerance);
  if (least !== null) return least;
  return wrong.length < EARLY.closed ? null : Math.max(EARLY.share, ...wrong);
}

const isMilder = (tier: Tier, than: Tier): boolean => TIERS.indexOf(tier) < TIERS.indexOf(than);

/**
 * Thresholds from decided records that the model had not seen. A tier is proposed with confidence only above the share
 * it gave, wrongly, to records that people decided otherwise: for opening, among all records that are not open.
 */
export function calibrate(tried: readonly Tried[], { tooMild, tooStrict }: Tolerance = TOLERANCE): Thresholds {
  const of = (tier: Tier): number | null => {
    const at = TIERS.indexOf(tier);
    const share = (one: Tried): number => one.shares[at] ?? 0;
    const mildest = tier === 'open' ? openingShare : leastShare;
    const mild =
      tier === 'restricted' ? 0 : mildest(tried.filter(({ truth }) => isMilder(tier, truth)).map(share), tooMild);
    const strict =
      tier === 'open' ? 0 : leastShare(tried.filter(({ truth }) => isMilder(truth, tier)).map(share), tooStrict);
    return mild === null || strict === null ? null : Math.max(mild, strict);
  };
  return { open: of('open'), conditional: of('conditional'), restricted: of('restricted') };
}

/** Whether a share is enough for a confident proposal: strictly more than any that was wrong too often. */
export const isEnough = (thresholds: Thresholds, tier: Tier, share: number): boolean => {
  const least = thresholds[tier];
  return least !== null && share > least;
};
