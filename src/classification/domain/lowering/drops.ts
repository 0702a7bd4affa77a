import { strictness, type Tier } from '../../../kernel/tier.js';
import { assess } from '../assess.js';
import type { CompiledPack } from '../compiled.js';
import type { Facts } from '../facts.js';
import { setsOfSize } from '../risk/unique-sets.js';
import { type Ground, groundsFrom } from './lowering.js';

/** What becomes of columns: `dropped` ones are gone; of `coarser` ones the name stays and no value is recognised. */
export interface Treated {
  readonly dropped: ReadonlySet<string>;
  readonly coarser: ReadonlySet<string>;
}

/** The facts as they would be after the steps; what is really recognised afterwards is for the data to say. */
export const factsAfter = (facts: Facts, { dropped, coarser }: Treated): Facts => ({
  ...facts,
  items: (facts.items ?? []).filter(({ name }) => !dropped.has(name)),
  findings: (facts.findings ?? []).filter(({ item }) => !dropped.has(item) && !coarser.has(item)),
});

export interface Demand {
  readonly floor: Tier;
  /** Grounds for that floor. */
  readonly grounds: readonly Ground[];
}

/** What the rules demand; a secrecy mark counts as restricted and cannot be lifted. */
export function demandOf(facts: Facts, compiled: CompiledPack): Demand {
  const answer = assess(facts, compiled);
  if (answer.kind === 'secret')
    return { floor: 'restricted', grounds: [{ rule: answer.rule, weight: 'floor', tier: 'restricted', items: [] }] };
  const grounds = groundsFrom(answer.rules, (tier) => strictness(tier) >= strictness(answer.floor));
  return { floor: answer.floor, grounds };
}

/** Largest number of further columns that are tried in every combination. */
const TRIED_TOGETHER = 3;

function* dropsToTry(candidates: readonly string[]): Generator<readonly string[]> {
  for (let size = 0; size <= Math.min(TRIED_TOGETHER, candidates.length); size += 1)
    for (const set of setsOfSize(candidates.length, size)) yield set.flatMap((index) => candidates[index] ?? []);
  yield candidates;
}

/**
 * The fewest columns that have to go so that the rules demand less, beside those that must go anyway because they name
 * people. Null when no set of columns does it.
 */
export function fewestDrops(
  facts: Facts,
  compiled: CompiledPack,
  must: readonly string[],
  coarser: readonly string[],
): ReadonlySet<string> | null {
  const before = demandOf(facts, compiled);
  const named = before.grounds.flatMap(({ items }) => items);
  const candidates = [...new Set(named)].filter((item) => !must.includes(item));
  for (const more of dropsToTry(candidates)) {
    const dropped = new Set([...must, ...more]);
    const { floor } = demandOf(factsAfter(facts, { dropped, coarser: new Set(coarser) }), compiled);
    if (strictness(floor) < strictness(before.floor)) return dropped;
  }
  return null;
}
