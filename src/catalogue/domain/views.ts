import { stricter, strictness, type Tier, type Views } from '../../kernel/tier.js';
import type { DatasetRecord } from './dataset.js';

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
