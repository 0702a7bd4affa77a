import type { Tier } from '../../kernel/tier.js';
import { assess } from '../domain/assess.js';
import { compile } from '../domain/compiled.js';
import type { Facts } from '../domain/facts.js';
import { carry, type Decided, FEWEST, learn, type PublisherModel } from '../domain/learning/publisher-model.js';
import { termsOf } from '../domain/learning/terms.js';
import type { Pack } from '../domain/pack.js';

/** A record that a person decided, with the facts they had before them. */
export interface Reviewed {
  readonly dataset: string;
  readonly publisher: string;
  readonly facts: Facts;
  readonly tier: Tier;
}

/** A model and the records whose decisions taught it: of those it is never asked. */
export interface Taught {
  readonly model: PublisherModel;
  readonly from: readonly string[];
}

/** Stands for every publisher of whom too little was decided. */
export const ANYBODY = '*';

function decidedOf(pack: Pack, reviewed: readonly Reviewed[]): Decided[] {
  const compiled = compile(pack);
  return reviewed.map(({ dataset, publisher, facts: { learned: _learned, ...facts }, tier }) => {
    const answer = assess(facts, compiled);
    const floor = answer.kind === 'secret' ? 'restricted' : answer.floor;
    return { id: dataset, publisher, tier, floor, terms: termsOf(facts, 'with-reason', compiled.matchers) };
  });
}

/**
 * Trains a model for each publisher that has decided enough, and one for all others where decisions prove to carry over.
 * Pure: the same decisions give the same models. Publishers without a model are absent.
 */
export function trainAll(pack: Pack, reviewed: readonly Reviewed[]): ReadonlyMap<string, Taught> {
  const decided = decidedOf(pack, reviewed);
  const carried = carry(decided);
  const counts = new Map<string, number>();
  for (const { publisher } of decided) counts.set(publisher, (counts.get(publisher) ?? 0) + 1);
  const enough = [...counts].filter(([, count]) => count >= FEWEST).map(([publisher]) => publisher);
  return new Map(
    [...enough.sort(), ANYBODY].flatMap((publisher) => {
      const model = learn(decided, publisher, carried);
      const from = carried.proven ? decided : decided.filter((one) => one.publisher === publisher);
      return model === null ? [] : [[publisher, { model, from: from.map(({ id }) => id).sort() }] as const];
    }),
  );
}
