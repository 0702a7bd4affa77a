import { type Views, viewsOfItems } from '../../kernel/tier.js';
import type { DatasetRecord } from './dataset.js';

type Viewed = Pick<DatasetRecord, 'tier' | 'tierStatus' | 'items' | 'listedWhenRestricted'>;

/**
 * The views of a dataset that is stricter than some of its items. Where a person still has to look at the tier, or the
 * publisher does not list the record, there are none: what is not known for sure opens nothing.
 */
export function viewsOf({ tier, tierStatus, items, listedWhenRestricted }: Viewed): Views | undefined {
  if (tierStatus === 'pending-review' || (tier === 'restricted' && !listedWhenRestricted)) return undefined;
  return viewsOfItems(tier, items);
}
