import type { Id } from '../../../kernel/ids.js';
import type { Principal } from '../../../kernel/principal.js';
import type { Role } from '../../../kernel/roles.js';
import type { Tier } from '../../../kernel/tier.js';
import type { DatasetState } from '../dataset.js';

/** Whose records a caller sees in full: all, those of one body, or only what is public. */
export interface Sight {
  readonly all: boolean;
  readonly own: Id | null;
}
export const PUBLIC_SIGHT: Sight = { all: false, own: null };

const SEES_ALL: readonly Role[] = ['officer', 'approver', 'supervisor', 'auditor', 'admin'];
const SEES_OWN: readonly Role[] = ['steward', 'reviewer'];

export function sightOf(principal: Principal): Sight {
  if (principal.roles.some((role) => SEES_ALL.includes(role))) return { all: true, own: null };
  const own = principal.roles.some((role) => SEES_OWN.includes(role)) ? (principal.organisation?.id ?? null) : null;
  return { all: false, own };
}

/** `redacted`: the caller learns that the record exists, its title, publisher, field and tier, nothing else. */
export type Visibility = 'full' | 'redacted' | 'none';

/** What of a record a caller may see. The one place that says so: index, lists and pages ask here. */
export function visibilityOf(
  record: {
    readonly tier: Tier;
    readonly state: DatasetState;
    readonly publisher: string;
    readonly listedWhenRestricted: boolean;
  },
  sight: Sight,
): Visibility {
  if (sight.all || record.publisher === sight.own) return 'full';
  if (record.state !== 'listed' && record.state !== 'suspended') return 'none';
  if (record.tier !== 'restricted') return 'full';
  return record.listedWhenRestricted ? 'redacted' : 'none';
}
