import type { DatasetFacts } from './dataset-entry.js';
import type { Blocks, ToldGrants } from './packed-grants.js';
import type { OrganisationFacts, PersonFacts } from './party-facts.js';
import type { SanctionFacts } from './restrictions.js';

/** Entries in the order of their numbers; an id that a grant names may have no facts. */
export interface PackedEntries<T> {
  readonly ids: readonly string[];
  readonly facts: readonly T[];
}

/** What of a world can be said in JSON. */
export interface ToldWorld {
  readonly organisations: PackedEntries<OrganisationFacts>;
  readonly people: PackedEntries<PersonFacts>;
  readonly datasets: PackedEntries<DatasetFacts>;
  readonly itemSets: readonly (readonly string[])[];
  readonly agreements: readonly { readonly template: string; readonly version: string }[];
  readonly currentAgreements: readonly (readonly [template: string, version: string])[];
  readonly sanctions: readonly PackedSanction[];
  readonly grants: ToldGrants;
}

/** JSON knows no infinity. */
export type PackedSanction = Omit<SanctionFacts, 'until'> & { readonly until: number | 'ever' | 'never' };

export const packedSanction = ({ until, ...one }: SanctionFacts): PackedSanction => {
  if (Number.isFinite(until)) return { ...one, until };
  return { ...one, until: until > 0 ? 'ever' : 'never' };
};

export const sanctionOf = ({ until, ...one }: PackedSanction): SanctionFacts => {
  if (typeof until === 'number') return { ...one, until };
  return { ...one, until: until === 'ever' ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY };
};

/** A world to be put away and taken up again: what a start would otherwise read and prove row by row. */
export interface PackedWorld {
  readonly told: ToldWorld;
  readonly blocks: Blocks;
}
