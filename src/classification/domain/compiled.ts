import { type Matcher, matchersOf } from './lexicon.js';
import type { Condition, Pack } from './pack.js';

/** A pack with its word lists made ready; compile once, assess many. */
export interface CompiledPack {
  readonly pack: Pack;
  readonly matchers: ReadonlyMap<string, Matcher>;
}

export const compile = (pack: Pack): CompiledPack => ({ pack, matchers: matchersOf(pack.lexicon) });

/** Every condition inside a condition, itself first. */
export function conditionsIn(condition: Condition): Condition[] {
  const inner = 'all' in condition ? condition.all : 'any' in condition ? condition.any : [];
  return [condition, ...inner.flatMap(conditionsIn)];
}
