import { effectiveDelivery, type Grant } from './domain/grant.js';
import type { Id } from '../kernel/ids.js';
import type { Text } from '../kernel/text.js';

export interface LinkedDistribution {
  readonly id: Id;
  readonly title: Text;
  readonly kind: 'file' | 'api';
  readonly url: string | null;
}

/**
 * Where the data is: the distributions that fit the granted delivery, behind the check. Others would only be refused; a
 * secure environment is no address, and whoever holds the data opens it.
 */
export function reachOf(grant: Grant, own: boolean, distributions: readonly LinkedDistribution[]) {
  if (!own || grant.agreement === null || grant.ending !== null) return { links: [], noLinks: null };
  const delivery = effectiveDelivery(grant);
  const kind = delivery === 'api' ? 'api' : 'file';
  const fitting = delivery === 'sandbox' ? [] : distributions.filter((distribution) => distribution.kind === kind);
  const links = fitting.map(({ id, title, url }) => ({
    distribution: id,
    title,
    href: url ?? `/files/${encodeURIComponent(id)}`,
  }));
  if (links.length > 0) return { links, noLinks: null };
  return { links, noLinks: delivery === 'sandbox' ? 'sandbox' : 'not-offered' };
}
