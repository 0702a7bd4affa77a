import type { Id } from '../kernel/ids.js';
import type { Tier } from '../kernel/tier.js';
import type { Instant } from '../kernel/time.js';
import type { Reader } from '../persistence/index.js';
import { AT, CODE } from './domain/facts.js';
import { unpack } from './domain/packed.js';
import type { AccessPolicy } from './domain/policy.js';

/** How many recorded answers had the same facts. */
export interface AnswersAlike {
  readonly dataset: Id;
  readonly low: number;
  readonly high: number;
  readonly permit: boolean;
  /** Whether they rested on the tiers of the items asked for. */
  readonly byItems: boolean;
  readonly count: number;
}

/** Where a dataset would stand. */
export interface Standpoint {
  readonly tier: Tier;
  /** Whether that is stricter than now. */
  readonly raised: boolean;
  /** Whether items that are milder than it might still be asked for alone: which tiers they had then is not known here. */
  readonly views: boolean;
}

/** What recorded answers about a dataset would have been with its tier changed and all other facts as they were. */
export interface RehearsedAnswers {
  readonly dataset: Id;
  readonly looked: number;
  readonly denied: number;
  readonly permitted: number;
}

export interface AnswersStore {
  /** Recorded answers about these datasets since an instant, those with the same facts counted together. */
  alike(reader: Reader, datasets: readonly Id[], since: Instant): Promise<readonly AnswersAlike[]>;
}

/**
 * Runs recorded answers again, each with the tier its dataset would have; datasets nobody asked about are left out. Where
 * no item could be asked for alone any more, the dataset's tier governs those too that rested on their items' tiers.
 */
export async function rehearseAnswers(
  reader: Reader,
  store: AnswersStore,
  policy: AccessPolicy,
  tiers: ReadonlyMap<Id, Standpoint>,
  since: Instant,
): Promise<readonly RehearsedAnswers[]> {
  const found = new Map<Id, { looked: number; denied: number; permitted: number }>();
  for (const { dataset, low, high, permit, byItems, count } of await store.alike(reader, [...tiers.keys()], since)) {
    const stands = tiers.get(dataset);
    if (stands === undefined || (byItems ? stands.views : !stands.raised)) continue;
    const sum = found.get(dataset) ?? { looked: 0, denied: 0, permitted: 0 };
    found.set(dataset, sum);
    const vector = unpack(low, high);
    // What was served between bodies does not rest on the tier of opening.
    if (vector[AT.tier] !== CODE.tier.shared) vector[AT.tier] = CODE.tier[stands.tier];
    const permits = policy.permits(policy.rowFor(vector));
    sum.looked += count;
    if (permit && !permits) sum.denied += count;
    if (!permit && permits) sum.permitted += count;
  }
  return [...found].map(([dataset, sum]) => ({ dataset, ...sum }));
}
