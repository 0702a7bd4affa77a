import { TIERS, type Tier } from '../../../kernel/tier.js';
import { descend, type Row } from './descent.js';
import { TERMS_VERSION } from './terms.js';

/** Logits by tier, in the order of {@link TIERS}. */
export type Scores = readonly [open: number, conditional: number, restricted: number];

/** A record whose tier people have decided, as terms. `base`: what was believed of it before anything was learned. */
export interface Example {
  readonly id: string;
  readonly terms: readonly string[];
  readonly tier: Tier;
  readonly base?: Scores;
  /** How much it counts beside others; 1 where nothing is said. */
  readonly weight?: number;
}

/** What a term says for each tier, and how rare it is among the examples. */
export type TermWeights = readonly [open: number, conditional: number, restricted: number, rarity: number];

/** A linear model as plain data, so that every weight can be stored, shown and run again. */
export interface LinearModel {
  /** Version of the reading of terms, see {@link TERMS_VERSION}. */
  readonly terms: number;
  readonly examples: number;
  readonly bias: Scores;
  readonly weights: Readonly<Record<string, TermWeights>>;
}

export interface Training {
  /** Terms in fewer examples than this are left out. */
  readonly rarest: number;
  /** The pull of every weight towards zero: the fewer the decisions, the more the base decides. */
  readonly ridge: number;
  readonly steps: number;
}
export const TRAINING: Training = { rarest: 2, ridge: 0.004, steps: 200 };

const ZERO: Scores = [0, 0, 0];

/** Four digits: what is stored is what is scored with, and the same on every machine. */
const rounded = (value: number): number => Math.round(value * 10_000) / 10_000 + 0;

type Vocabulary = ReadonlyMap<string, { readonly at: number; readonly rarity: number }>;

function vocabularyOf(examples: readonly Example[], rarest: number): Vocabulary {
  const counts = new Map<string, number>();
  for (const { terms } of examples) for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1);
  const kept = [...counts].filter(([, count]) => count >= rarest).sort(([a], [b]) => (a < b ? -1 : 1));
  const rarity = (count: number): number => rounded(1 + Math.log((1 + examples.length) / (1 + count)));
  return new Map(kept.map(([term, count], at) => [term, { at, rarity: rarity(count) }]));
}

/** A tier that was decided rarely counts as much as one decided often. */
function balanceOf(examples: readonly Example[]): readonly number[] {
  const sums = TIERS.map((tier) =>
    examples.reduce((sum, example) => sum + (example.tier === tier ? (example.weight ?? 1) : 0), 0),
  );
  const present = sums.filter((sum) => sum > 0).length;
  return sums.map((sum) => (sum === 0 ? 0 : 1 / (present * sum)));
}

const lengthOf = (rarities: readonly number[]): number =>
  Math.sqrt(rarities.reduce((sum, rarity) => sum + rarity * rarity, 0)) || 1;

function rowsOf(examples: readonly Example[], vocabulary: Vocabulary): Row[] {
  const balance = balanceOf(examples);
  return examples.map(({ terms, tier, base, weight = 1 }) => {
    const known = terms.flatMap((term) => vocabulary.get(term) ?? []);
    const length = lengthOf(known.map(({ rarity }) => rarity));
    const places = Int32Array.from(known, ({ at }) => at);
    const values = Float64Array.from(known, ({ rarity }) => rarity / length);
    const target = TIERS.indexOf(tier);
    return { places, values, target, weight: weight * (balance[target] ?? 0), base: base ?? ZERO };
  });
}

const byId = (a: Example, b: Example): number => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

/** Learns from decided records. The same examples give the same bytes, in whatever order they come. */
export function train(unordered: readonly Example[], { rarest, ridge, steps }: Training = TRAINING): LinearModel {
  const examples = [...unordered].sort(byId);
  const vocabulary = vocabularyOf(examples, rarest);
  const learned = descend(rowsOf(examples, vocabulary), vocabulary.size, { ridge, steps });
  const at = (place: number): Scores => [0, 1, 2].map((k) => rounded(learned[3 * place + k] ?? 0)) as never;
  return {
    terms: TERMS_VERSION,
    examples: examples.length,
    bias: at(vocabulary.size),
    weights: Object.fromEntries([...vocabulary].map(([term, { at: place, rarity }]) => [term, [...at(place), rarity]])),
  };
}

/** What one term of a record adds to the logits. */
export interface Contribution {
  readonly term: string;
  readonly adds: Scores;
}

/** Every known term of a record with what it adds; the record's length is divided out. */
export function contributionsOf(model: LinearModel, terms: readonly string[]): Contribution[] {
  const known = terms.flatMap((term) => {
    const weights = Object.hasOwn(model.weights, term) ? model.weights[term] : undefined;
    return weights === undefined ? [] : [{ term, weights }];
  });
  const length = lengthOf(known.map(({ weights }) => weights[3]));
  return known.map(({ term, weights: [open, conditional, restricted, rarity] }) => {
    const value = rarity / length;
    return { term, adds: [open * value, conditional * value, restricted * value] };
  });
}

const plus = (a: Scores, b: Scores): Scores => [a[0] + b[0], a[1] + b[1], a[2] + b[2]];

/** The record's logits: what was believed before, and what was learned. */
export const score = (model: LinearModel, terms: readonly string[], base: Scores = ZERO): Scores =>
  contributionsOf(model, terms).reduce((sum, { adds }) => plus(sum, adds), plus(base, model.bias));

/** The tier with the highest logit; the stricter one of two that are equal. */
export function mostLikely(scores: Scores): Tier {
  const [open, conditional, restricted] = scores;
  if (restricted >= open && restricted >= conditional) return 'restricted';
  return conditional >= open ? 'conditional' : 'open';
}
