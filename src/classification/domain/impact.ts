import type { Id } from '../../kernel/ids.js';
import type { Text } from '../../kernel/text.js';
import type { Tier } from '../../kernel/tier.js';
import { fateOf, isRaise } from './governance.js';
import type { Governance } from './pack.js';

/** A live grant that rests on the dataset, as it stands before the change. `heldByTier`: an earlier raise holds it. */
export interface RestingGrant {
  readonly id: Id;
  readonly organisation: Id;
  readonly application: Id;
  readonly state: 'pending' | 'active' | 'limited' | 'suspended';
  readonly heldByTier: boolean;
}

/** An application that is a draft or not yet closed, and names the dataset. */
export interface OpenApplication {
  readonly id: Id;
  readonly number: string | null;
  readonly applicant: Id;
  readonly state: string;
}

export interface ServedDistribution {
  readonly id: Id;
  readonly title: Text;
  readonly format: string;
}

/** What rests on a dataset. */
export interface Resting {
  readonly grants: readonly RestingGrant[];
  readonly applications: readonly OpenApplication[];
  readonly distributions: readonly ServedDistribution[];
}

export const GRANT_OUTCOMES = ['kept', 'suspended', 're-review', 'ended', 'released'] as const;
export type GrantOutcome = (typeof GRANT_OUTCOMES)[number];

/**
 * `no-longer-possible`: it is neither submitted, approved nor signed while the tier stands. `looked-at-again`: its terms are to
 * be looked at again. `not-needed`: the data became open to everyone.
 */
export const APPLICATION_OUTCOMES = ['no-longer-possible', 'looked-at-again', 'kept', 'not-needed'] as const;
export type ApplicationOutcome = (typeof APPLICATION_OUTCOMES)[number];

export const DISTRIBUTION_OUTCOMES = ['stops', 'needs-grant', 'opens', 'kept'] as const;
export type DistributionOutcome = (typeof DISTRIBUTION_OUTCOMES)[number];

/** Everything a change of tier touches, and what becomes of each. */
export interface Impact {
  readonly grants: readonly (RestingGrant & { readonly outcome: GrantOutcome })[];
  readonly applications: readonly (OpenApplication & { readonly outcome: ApplicationOutcome })[];
  readonly distributions: readonly (ServedDistribution & { readonly outcome: DistributionOutcome })[];
}

const FATE_OUTCOMES = { keep: 'kept', suspend: 'suspended', 're-review': 're-review', end: 'ended' } as const;

function grantOutcome(grant: RestingGrant, governance: Governance, from: Tier, to: Tier): GrantOutcome {
  const fate = fateOf(governance, from, to);
  if (fate !== null) return FATE_OUTCOMES[fate];
  return grant.heldByTier && from !== to ? 'released' : 'kept';
}

function applicationOutcome(from: Tier, to: Tier): ApplicationOutcome {
  if (to === 'restricted' && from !== to) return 'no-longer-possible';
  if (isRaise(from, to)) return 'looked-at-again';
  return to === 'open' && from !== to ? 'not-needed' : 'kept';
}

function distributionOutcome(from: Tier, to: Tier): DistributionOutcome {
  if (from === to) return 'kept';
  if (to === 'restricted') return 'stops';
  if (to === 'open') return 'opens';
  return from === 'open' ? 'needs-grant' : 'kept';
}

/** What a change of tier does to everything that rests on the dataset, by the rule of its pack. */
export function impactOf(from: Tier, to: Tier, governance: Governance, resting: Resting): Impact {
  return {
    grants: resting.grants.map((grant) => ({ ...grant, outcome: grantOutcome(grant, governance, from, to) })),
    applications: resting.applications.map((one) => ({ ...one, outcome: applicationOutcome(from, to) })),
    distributions: resting.distributions.map((one) => ({ ...one, outcome: distributionOutcome(from, to) })),
  };
}

/** How many of each kind meet with each outcome, for heads of lists. */
export function countsOf(impact: Impact): Readonly<Record<keyof Impact, Readonly<Record<string, number>>>> {
  const count = (list: readonly { readonly outcome: string }[]): Record<string, number> => {
    const counts: Record<string, number> = {};
    for (const { outcome } of list) counts[outcome] = (counts[outcome] ?? 0) + 1;
    return counts;
  };
  return {
    grants: count(impact.grants),
    applications: count(impact.applications),
    distributions: count(impact.distributions),
  };
}
