import type { Matcher } from '../domain/lexicon.js';
import type { Facts, LearnedFacts } from '../domain/facts.js';
import { ask } from '../domain/learning/publisher-model.js';
import { TERMS_VERSION, termsOf } from '../domain/learning/terms.js';
import { ANYBODY, type Taught } from './train-all.js';

/** A model in force, under the name that assessments keep. */
interface InForce {
  readonly name: string;
  readonly taught: Taught;
  readonly from: ReadonlySet<string>;
}

/** What is asked about. */
export interface Question {
  readonly pack: string;
  readonly publisher: string;
  readonly dataset: string;
  readonly matchers: ReadonlyMap<string, Matcher>;
}

const keyOf = (pack: string, publisher: string): string => `${pack}\n${publisher}`;

/** The models in force, in memory: judging asks them without a database. */
export class LearnedModels {
  #models: ReadonlyMap<string, InForce> = new Map();

  replace(rows: readonly { pack: string; publisher: string; version: number; hash: string; model: Taught }[]): void {
    this.#models = new Map(
      rows
        .filter(({ model }) => model.model.linear.terms === TERMS_VERSION)
        .map(({ pack, publisher, version, hash, model }) => [
          keyOf(pack, publisher),
          { name: `${publisher}/${version}#${hash.slice(0, 12)}`, taught: model, from: new Set(model.from) },
        ]),
    );
  }

  /**
   * What was learned about a record like this one; nothing of a record whose own decision taught the model, and nothing
   * where there is no model.
   */
  about(facts: Facts, { pack, publisher, dataset, matchers }: Question): LearnedFacts | null {
    const found = this.#models.get(keyOf(pack, publisher)) ?? this.#models.get(keyOf(pack, ANYBODY));
    if (found === undefined || found.from.has(dataset)) return null;
    const { model } = found.taught;
    const said = ask(model, termsOf(facts, 'with-reason', matchers));
    return { model: found.name, own: model.own, others: model.others, ...said };
  }
}
