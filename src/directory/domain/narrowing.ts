import type { Delivery } from '../../kernel/purpose.js';
import type { Day } from '../../kernel/time.js';

/** What was asked for of one dataset, or given of it. */
export interface Extent {
  /** Empty means the whole dataset. */
  readonly items: readonly string[];
  readonly delivery: Delivery;
  readonly period: { readonly from: Day; readonly to: Day };
}

export interface Given extends Extent {
  readonly quota: number | null;
  readonly conditions: readonly { readonly kind: string; readonly text: string }[];
}

/** What an approval in part took away or added; null where nothing of the kind. */
export interface Narrowing {
  /** How many items were asked for (null: all of the dataset), and how many given. */
  readonly items: { readonly asked: number | null; readonly given: number } | null;
  readonly delivery: { readonly asked: Delivery; readonly given: Delivery } | null;
  readonly period: { readonly asked: Extent['period']; readonly given: Extent['period'] } | null;
  readonly quota: number | null;
  readonly conditions: Given['conditions'];
}

/** How what was given falls short of what was asked for. */
export function narrowingOf(asked: Extent, given: Given): Narrowing {
  const fewer = given.items.length > 0 && given.items.length !== asked.items.length;
  const samePeriod = asked.period.from === given.period.from && asked.period.to === given.period.to;
  return {
    items: fewer ? { asked: asked.items.length === 0 ? null : asked.items.length, given: given.items.length } : null,
    delivery: asked.delivery === given.delivery ? null : { asked: asked.delivery, given: given.delivery },
    period: samePeriod ? null : { asked: asked.period, given: given.period },
    quota: given.quota,
    conditions: given.conditions,
  };
}
