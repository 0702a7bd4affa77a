import type { Id } from '../../../kernel/ids.js';
import type { Principal } from '../../../kernel/principal.js';
import type { Role } from '../../../kernel/roles.js';
import type { SharingTier, Tier } from '../../../kernel/tier.js';
import type { DatasetState } from '../dataset.js';

/** Whose records a caller sees in full: all, those of one body, or only what is public. */
export interface Sight {
  readonly all: boolean;
  readonly own: Id | null;
  /** Asks for data on behalf of a public body, and so learns what may be asked of other bodies. */
  readonly body?: boolean;
}
export const PUBLIC_SIGHT: Sight = { all: false, own: null };

const SEES_ALL: readonly Role[] = ['officer', 'approver', 'supervisor', 'auditor', 'admin'];
const SEES_OWN: readonly Role[] = ['steward', 'reviewer'];
const ASKS: readonly Role[] = ['handler', 'signatory'];

export function sightOf(principal: Principal): Sight {
  if (principal.roles.some((role) => SEES_ALL.includes(role))) return { all: true, own: null };
  const own = principal.roles.some((role) => SEES_OWN.includes(role)) ? (principal.organisation?.id ?? null) : null;
  const body = principal.organisation?.kind === 'public-body' && principal.roles.some((role) => ASKS.includes(role));
  return body ? { all: false, own, body } : { all: false, own };
}

/**
 * `redacted`: the caller learns that the record exists, its title, publisher, field and tier, and which items are milder
 * and may be had all the same (views.ts), nothing else. `shared`: also
 * what it holds and how it is shared, for that is what a body decides by whether to ask; never where the data is.
 */
export type Visibility = 'full' | 'shared' | 'redacted' | 'none';

/** What of a record a caller may see. The one place that says so: index, lists and pages ask here. */
export function visibilityOf(
  record: {
    readonly tier: Tier;
    readonly state: DatasetState;
    readonly publisher: string;
    readonly listedWhenRestricted: boolean;
    readonly sharingTier?: SharingTier;
  },
  sight: Sight,
): Visibility {
  if (sight.all || record.publisher === sight.own) return 'full';
  if (record.state !== 'listed' && record.state !== 'suspended') return 'none';
  if (record.tier !== 'restricted') return 'full';
  if (sight.body === true && isShareable(record)) return 'shared';
  return record.listedWhenRestricted ? 'redacted' : 'none';
}

/** What is not known is not shared. */
const isShareable = ({ sharingTier = 'not-shared' }: { readonly sharingTier?: SharingTier }): boolean =>
  sharingTier !== 'not-shared';
