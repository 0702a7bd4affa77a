import type { Tier } from '../../kernel/tier.js';
import type { DatasetState, Held } from './dataset.js';

/** What of a record the public catalogue hands out: nothing, the record, or the record with its data. */
export const EXPOSURES = ['none', 'record', 'data'] as const;
export type Exposure = (typeof EXPOSURES)[number];

/** What the exports of the public catalogue hold of a record. */
export function exposureOf({
  state,
  tier,
  held,
}: {
  readonly state: DatasetState;
  readonly tier: Tier;
  readonly held?: Held;
}): Exposure {
  if (state !== 'listed' || tier === 'restricted') return 'none';
  // Items of it rest, and its files hold them.
  return tier === 'open' && held === undefined ? 'data' : 'record';
}

/** `deleted`: whoever harvested it drops what is `gone`. `returned`: it is as public again as it ever was. */
export const TOMBSTONE_STATES = ['deleted', 'returned'] as const;
export type TombstoneState = (typeof TOMBSTONE_STATES)[number];
export const GONE_PARTS = ['data', 'record'] as const;
export const BURIAL_CAUSES = ['tier-raised', 'suspended', 'withdrawn'] as const;
export type BurialCause = (typeof BURIAL_CAUSES)[number];

/** What is told of a dataset that is less public than it was. */
export interface Grave {
  readonly state: TombstoneState;
  /** The most of it that was ever public since it last was whole. */
  readonly was: Exposure;
  /** `data`: its record stays in the catalogue, its files must not be kept. `record`: nothing of it may be kept. */
  readonly gone: (typeof GONE_PARTS)[number] | null;
}

const rank = (exposure: Exposure): number => EXPOSURES.indexOf(exposure);

/** What harvesters are told after a change of what is public; `null` where they have nothing to drop and nothing to take back. */
export function graveAfter(standing: Grave | null, before: Exposure, after: Exposure): Grave | null {
  const missed = standing?.state === 'deleted' ? standing : null;
  const was = missed === null || rank(before) > rank(missed.was) ? before : missed.was;
  if (rank(after) < rank(was)) {
    const gone = after === 'record' ? 'data' : 'record';
    return missed?.gone === gone && missed.was === was ? null : { state: 'deleted', was, gone };
  }
  return missed === null ? null : { state: 'returned', was: after, gone: null };
}
