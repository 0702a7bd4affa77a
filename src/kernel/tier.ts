import type { Text } from './text.js';

/** The three opening tiers, least strict first (Shanghai Data Regulations, art. 41). */
export const TIERS = ['open', 'conditional', 'restricted'] as const;
export type Tier = (typeof TIERS)[number];
/** As people know them. */
export const TIER_WORDS = {
  open: { zh: '无条件开放', en: 'Open' },
  conditional: { zh: '有条件开放', en: 'Conditionally open' },
  restricted: { zh: '非开放', en: 'Not open' },
} as const satisfies Readonly<Record<Tier, Text>>;
export const strictness = (tier: Tier): number => TIERS.indexOf(tier);
export const stricter = (a: Tier, b: Tier): Tier => (strictness(a) >= strictness(b) ? a : b);

/** What of a dataset may be had at a milder tier than its own, by names of items; the conditional view holds the open one. */
export interface Views {
  readonly open: readonly string[];
  readonly conditional: readonly string[];
}

/** The views of what is stricter than some of its items, if any; of two items with one name the stricter counts. */
export function viewsOfItems(
  tier: Tier,
  items: readonly { readonly name: string; readonly tier: Tier }[],
): Views | undefined {
  const tiers = new Map<string, Tier>();
  for (const item of items) tiers.set(item.name, stricter(item.tier, tiers.get(item.name) ?? 'open'));
  const upTo = (most: Tier): string[] =>
    strictness(most) < strictness(tier)
      ? [...tiers].flatMap(([name, own]) => (strictness(own) <= strictness(most) ? [name] : []))
      : [];
  const views = { open: upTo('open'), conditional: upTo('conditional') };
  return views.open.length + views.conditional.length === 0 ? undefined : views;
}

/** The tier that governs when these items are asked for; the dataset's own where none is named, or one is in no view. */
export function tierOfItems(tier: Tier, views: Views | undefined, items: readonly string[]): Tier {
  const within = (view: readonly string[] = []): boolean =>
    items.length > 0 && items.every((item) => view.includes(item));
  if (within(views?.open)) return 'open';
  return within(views?.conditional) ? 'conditional' : tier;
}

/** Sharing between public bodies is an attribute of its own and never grants opening. */
export const SHARING_TIERS = ['unconditional', 'conditional', 'not-shared'] as const;
export type SharingTier = (typeof SHARING_TIERS)[number];
