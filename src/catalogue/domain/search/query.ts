import type { Field } from '../../../kernel/fields.js';
import type { Id } from '../../../kernel/ids.js';
import type { Tier } from '../../../kernel/tier.js';
import type { Instant } from '../../../kernel/time.js';
import type { DatasetState } from '../dataset.js';
import type { Sight } from './sight.js';

/** What is looked for. Every term and every filter must hold. */
export interface SearchQuery {
  readonly text: string;
  readonly fields: readonly Field[];
  readonly tiers: readonly Tier[];
  readonly states: readonly DatasetState[];
  readonly publisher: Id | null;
  readonly source: string | null;
  /** Records changed at or after this instant. */
  readonly updatedSince: Instant | null;
  readonly sight: Sight;
}

/** The last record of the page before: its score, the beginning of its title key, and its id. */
export interface SearchMark {
  readonly score: number;
  readonly titleKey: string;
  readonly id: Id;
}

export interface SearchPage {
  readonly ids: readonly Id[];
  /** `null` at the end. */
  readonly next: SearchMark | null;
  readonly total: number;
}

/** How many visible records each value has, under all other filters than its own. */
export interface FacetCounts {
  readonly total: number;
  readonly fields: ReadonlyMap<Field, number>;
  readonly tiers: ReadonlyMap<Tier, number>;
  readonly states: ReadonlyMap<DatasetState, number>;
  /** Each field by tier, under all filters but field and tier. */
  readonly fieldTiers: ReadonlyMap<Field, ReadonlyMap<Tier, number>>;
  readonly publishers: ReadonlyMap<Id, number>;
  readonly sources: ReadonlyMap<string, number>;
}
