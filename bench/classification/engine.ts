import { assess } from '../../src/classification/domain/assess.js';
import type { CompiledPack } from '../../src/classification/domain/compiled.js';
import type { Facts } from '../../src/classification/domain/facts.js';
import { ask, carry, type Decided, learn } from '../../src/classification/domain/learning/publisher-model.js';
import { termsOf, type Track } from '../../src/classification/domain/learning/terms.js';
import { requirePacks } from '../../src/classification/packs/load.js';
import type { Tier } from '../../src/kernel/tier.js';
import type { Method } from './baselines.js';
import type { Labelled } from './metadata.js';

let loaded: CompiledPack | null = null;

/** The pack of the real inventories, in the version in force. */
export function podPack(): CompiledPack {
  loaded ??= requirePacks().current('us-pod');
  if (loaded === null) throw new Error('no pack us-pod');
  return loaded;
}

/**
 * What the engine may see of a record: never its declared tier and never its distributions, which follow from the
 * answer; the stated reason only on the track that says so.
 */
export function seen(facts: Facts, track: Track): Facts {
  const { rights, distributions: _, declaredCode: _c, declaredTier: _t, ...plain } = facts;
  return track === 'with-reason' && rights !== undefined ? { ...plain, rights } : plain;
}

/** What the rules alone demand; a refused secret counts as not open. */
export function floorOf(facts: Facts, track: Track): Tier {
  const answer = assess(seen(facts, track), podPack());
  return answer.kind === 'secret' ? 'restricted' : answer.floor;
}

/** Records of `publisher` as decided ones, as the product would learn from them. */
export const decidedOf = (records: readonly Labelled[], track: Track, source = ''): Decided[] =>
  records.map(({ facts, truth }, index) => ({
    id: `${source}${String(index).padStart(6, '0')}`,
    publisher: source === '' ? (facts.publisher ?? '') : source,
    terms: termsOf(seen(facts, track), track, podPack().matchers),
    tier: truth,
    floor: floorOf(facts, track),
  }));

/** The engine's rules alone, forced to choose: what they find no ground in counts as open. */
export const rules: Method = (_known, track) => (record) => floorOf(record.facts, track);

/** The engine for a publisher of whom nothing was decided: rules, and what others decided where that proves to carry over. */
export const engine: Method = (known, track) => {
  const decided = decidedOf(known, track);
  const model = learn(decided, 'nobody decided yet', carry(decided));
  return (record) => {
    const floor = floorOf(record.facts, track);
    return model === null ? floor : ask(model, termsOf(seen(record.facts, track), track, podPack().matchers)).tier;
  };
};
