import { effectiveDelivery, type Grant } from './domain/grant.js';
import type { Id } from '../kernel/ids.js';
import type { Text } from '../kernel/text.js';

export interface LinkedDistribution {
  readonly id: Id;
  readonly title: Text;
  readonly kind: 'file' | 'api';
  readonly url: string | null;
}

/** The secure environment of the body that holds the data. */
export interface SandboxPointer {
  readonly text: Text;
  readonly url: string | null;
}

interface Offered {
  readonly distributions: readonly LinkedDistribution[];
  readonly sandbox: SandboxPointer | null;
}

const NOWHERE = { links: [], noLinks: null, sandbox: null };

/**
 * Where the data is: the distributions that fit the granted delivery, behind the check, or the secure environment. Others
 * would only be refused.
 */
export function reachOf(grant: Grant, own: boolean, offered: Offered | undefined) {
  if (!own || grant.agreement === null || grant.ending !== null) return NOWHERE;
  const delivery = effectiveDelivery(grant);
  if (delivery === 'sandbox') return { links: [], noLinks: 'sandbox' as const, sandbox: offered?.sandbox ?? null };
  const kind = delivery === 'api' ? 'api' : 'file';
  const links = (offered?.distributions ?? [])
    .filter((distribution) => distribution.kind === kind)
    .map(({ id, title, url }) => ({ distribution: id, title, href: url ?? `/files/${encodeURIComponent(id)}` }));
  return { ...NOWHERE, links, noLinks: links.length > 0 ? null : ('not-offered' as const) };
}
