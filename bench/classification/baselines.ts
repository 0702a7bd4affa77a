import type { Tier } from '../../src/kernel/tier.js';
import { mostLikely, score, train } from '../../src/classification/domain/learning/linear-model.js';
import type { Facts } from '../../src/classification/domain/facts.js';
import { termsOf, type Track } from '../../src/classification/domain/learning/terms.js';
import type { Labelled } from './metadata.js';
import type { Scored } from './scores.js';

/** A way to guess tiers: learns from some records, says a tier for others. Simple ones are what the engine is held against. */
export type Method = (known: readonly Labelled[], track: Track) => (record: Labelled) => Tier;

/** Says for every record what most records are. */
export const majority: Method = (known) => {
  const counts = new Map<Tier, number>();
  for (const { truth } of known) counts.set(truth, (counts.get(truth) ?? 0) + 1);
  const [most] = [...counts].sort(([, a], [, b]) => b - a);
  return () => most?.[0] ?? 'open';
};

const RESTRICTED =
  /\b(personal(ly)?|pii|privacy|private|ssn|social security number|confidential|case files?|investigat\w+|patients?|medical records?|criminal|security clearance|law enforcement|trade secret|employees?|personnel)\b/i;
const CONDITIONAL = /\b(restricted|sensitive|internal|licensed|proprietary|by request|upon request|government use)\b/i;

/** A dozen words written from the head, before the records were looked at. */
export const keywords: Method = (_known, track) => (record) => {
  const { title, abstract, keywords: words, rights } = record.facts;
  const text = [title.en, abstract?.en, ...(words ?? []), track === 'with-reason' ? rights : ''].join(' ');
  return RESTRICTED.test(text) ? 'restricted' : CONDITIONAL.test(text) ? 'conditional' : 'open';
};

/** Words only: neither the pack's lexicon nor the update frequency. */
const plainTerms = ({ updateFrequency: _frequency, ...facts }: Facts, track: Track): string[] =>
  termsOf(facts, track, new Map());

/** Terms weighted by rarity and a logistic regression, as a textbook has it; what other publishers decided is all it knows. */
export const regression: Method = (known, track) => {
  const model = train(
    known.map(({ facts, truth }, index) => ({
      id: String(index).padStart(6, '0'),
      terms: plainTerms(facts, track),
      tier: truth,
    })),
  );
  return ({ facts }) => mostLikely(score(model, plainTerms(facts, track)));
};

export const BASELINES: Readonly<Record<string, Method>> = {
  majority,
  keywords,
  'regression learned elsewhere': regression,
};

/** A split of records: what may be learned from, and what is scored. */
export interface Fold {
  readonly known: readonly Labelled[];
  readonly held: readonly Labelled[];
}

/** Runs a method over every fold; each record is scored once, by what never saw it. */
export const over = (folds: readonly Fold[], method: Method, track: Track): Scored[] =>
  folds.flatMap(({ known, held }) => {
    const say = method(known, track);
    return held.map((record) => ({ truth: record.truth, said: say(record) }));
  });

/** Each of several sources held out once. */
export const leaveOneOut = (sources: readonly (readonly Labelled[])[]): Fold[] =>
  sources.map((held) => ({ held, known: sources.filter((source) => source !== held).flat() }));

/** Folds that never part a publisher. */
export function byPublisher(records: readonly Labelled[], count: number): Fold[] {
  const names = [...new Set(records.map(({ facts }) => facts.publisher ?? ''))].sort();
  const foldOf = new Map(names.map((name, index) => [name, index % count]));
  const inFold = (record: Labelled, fold: number): boolean => foldOf.get(record.facts.publisher ?? '') === fold;
  return Array.from({ length: count }, (_, fold) => ({
    known: records.filter((record) => !inFold(record, fold)),
    held: records.filter((record) => inFold(record, fold)),
  }));
}
