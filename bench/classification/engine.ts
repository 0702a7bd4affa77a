import { assess } from '../../src/classification/domain/assess.js';
import type { CompiledPack } from '../../src/classification/domain/compiled.js';
import type { Facts } from '../../src/classification/domain/facts.js';
import type { Track } from '../../src/classification/domain/learning/terms.js';
import { requirePacks } from '../../src/classification/packs/load.js';
import type { Method } from './baselines.js';

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

/** The engine's rules, forced to choose: what it would abstain from counts as open. */
export const rules: Method = (_known, track) => {
  const pack = podPack();
  return ({ facts }) => {
    const answer = assess(seen(facts, track), pack);
    return answer.kind === 'secret' ? 'restricted' : (answer.proposed ?? 'open');
  };
};
