import { stricter, strictness, type Tier } from '../../kernel/tier.js';
import type { DatasetRecord } from './dataset.js';

/** What of a dataset may be had at a milder tier than its own, by names of items; the conditional view holds the open one. */
export interface Views {
  readonly open: readonly string[];
  readonly conditional: readonly string[];
}

type Viewed = Pick<DatasetRecord, 'tier' | 'tierStatus' | 'items' | 'listedWhenRestricted'>;

/**
 * The views of a dataset that is stricter than some of its items. Where a person still has to look at the tier, or the
 * publisher does not list the record, there are none: what is not known for sure opens nothing.
 */
export function viewsOf({ tier, tierStatus, items, listedWhenRestricted }: Viewed): Views | undefined {
  if (tierStatus === 'pending-review' || (tier === 'restricted' && !listedWhenRestricted)) return undefined;
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
