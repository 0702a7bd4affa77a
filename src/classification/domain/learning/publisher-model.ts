import { TIERS, type Tier } from '../../../kernel/tier.js';
import { calibrate, isEnough, type Thresholds, type Tried } from './calibration.js';
import { sharesOf } from './descent.js';
import { type Contribution, contributionsOf, type Example, type LinearModel, score, train } from './linear-model.js';

/** A decided record: whose it is, its terms, and the tier that people set. */
export interface Decided extends Example {
  readonly publisher: string;
  /** What the rules alone demand of it. */
  readonly floor: Tier;
}

/** What was learned for one publisher; plain data, the same bytes for the same decisions. */
export interface PublisherModel {
  readonly linear: LinearModel;
  readonly thresholds: Thresholds;
  /** Decisions of the publisher itself, and of others that were let in. */
  readonly own: number;
  readonly others: number;
}

/** Decisions of one publisher below this number say nothing yet. */
export const FEWEST = 8;
/** A decision of another publisher beside one's own. */
const FOREIGN = 0.25;
const FOLDS = 5;

type Shares = readonly [number, number, number];

export const sharesFor = (linear: LinearModel, terms: readonly string[]): Shares => sharesOf(score(linear, terms));

/** Folds by a number made of the id, so that the same decisions part alike wherever they are trained. */
function foldOf(id: string): number {
  let sum = 7;
  for (const character of id) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 1_000_003;
  return sum % FOLDS;
}

/** Every own decision as a model says it that was trained without it. */
function triedOf(own: readonly Decided[], others: readonly Decided[]): Tried[] {
  return Array.from({ length: FOLDS }, (_, fold) => {
    const held = own.filter(({ id }) => foldOf(id) === fold);
    if (held.length === 0) return [];
    const linear = train([...own.filter(({ id }) => foldOf(id) !== fold), ...others]);
    return held.map(({ terms, tier }): Tried => ({ shares: sharesFor(linear, terms), truth: tier }));
  }).flat();
}

/** What is known of learning across publishers: how it did on those left out, and whether that is to be believed. */
export interface Carried {
  readonly tried: readonly Tried[];
  readonly proven: boolean;
}

/**
 * Learns for one publisher: its own decisions, and those of others where they proved to carry over (see {@link carry}),
 * which count less. Null where nothing can be said yet.
 */
export function learn(decided: readonly Decided[], publisher: string, carried: Carried): PublisherModel | null {
  const own = decided.filter((one) => one.publisher === publisher);
  const foreign = carried.proven ? decided.filter((one) => one.publisher !== publisher) : [];
  if (own.length < FEWEST && foreign.length === 0) return null;
  const others = foreign.map((one) => ({ ...one, weight: own.length === 0 ? 1 : FOREIGN }));
  const thresholds = calibrate(own.length < FEWEST ? carried.tried : triedOf(own, others));
  return { linear: train([...own, ...others]), thresholds, own: own.length, others: others.length };
}

const publishersOf = (decided: readonly Decided[]): string[] =>
  [...new Set(decided.map(({ publisher }) => publisher))].sort();

/** Every decision as a model says it that saw no decision of its publisher: whole publishers left out, in five turns. */
function leftOut(decided: readonly Decided[]): (Tried & { readonly floor: Tier })[] {
  const fold = new Map(publishersOf(decided).map((publisher, index) => [publisher, index % FOLDS]));
  return Array.from({ length: FOLDS }, (_, turn) => {
    const held = decided.filter(({ publisher }) => fold.get(publisher) === turn);
    if (held.length === 0 || held.length === decided.length) return [];
    const linear = train(decided.filter(({ publisher }) => fold.get(publisher) !== turn));
    return held.map(({ terms, tier, floor }) => ({ shares: sharesFor(linear, terms), truth: tier, floor }));
  }).flat();
}

const likeliest = (shares: Shares): Tier =>
  TIERS.reduce((best, tier, at) => ((shares[at] ?? 0) >= (shares[TIERS.indexOf(best)] ?? 0) ? tier : best), TIERS[0]);

/** The mean over the tiers of how often a record of that tier is found. */
function recallOf(pairs: readonly { readonly said: Tier; readonly truth: Tier }[]): number {
  const present = TIERS.filter((tier) => pairs.some(({ truth }) => truth === tier));
  const found = (tier: Tier): number => {
    const of = pairs.filter(({ truth }) => truth === tier);
    return of.filter(({ said }) => said === tier).length / of.length;
  };
  return present.reduce((sum, tier) => sum + found(tier), 0) / Math.max(1, present.length);
}

/** By how much learning from others has to beat the rules before it is believed. */
const MARGIN = 0.1;
const FEWEST_PUBLISHERS = 3;

/**
 * Whether what one publisher decided says something about another's records here. Federal agencies do not carry over to
 * one another, offices of one city do; so it is tried on these decisions themselves, publishers left out whole, and
 * believed only where it beats the rules clearly.
 */
export function carry(decided: readonly Decided[]): Carried {
  if (publishersOf(decided).length < FEWEST_PUBLISHERS) return { tried: [], proven: false };
  const tried = leftOut(decided);
  const learned = recallOf(tried.map(({ shares, truth }) => ({ said: likeliest(shares), truth })));
  const rules = recallOf(tried.map(({ floor, truth }) => ({ said: floor, truth })));
  return { tried: tried.map(({ shares, truth }) => ({ shares, truth })), proven: learned >= rules + MARGIN };
}

/** What a model says of one record. Evidence: it may propose, never open, and never goes below what the rules demand. */
export interface Learned {
  readonly tier: Tier;
  /** The share the model gives to that tier, 0 to 1. */
  readonly share: number;
  /** Whether the share is enough for a confident proposal, by the thresholds calibrated on held-out decisions. */
  readonly enough: boolean;
  /** The terms that spoke most for the tier, with what each added against the next best tier. */
  readonly terms: readonly { readonly term: string; readonly weight: number }[];
}

const SHOWN = 6;
const rounded = (value: number): number => Math.round(value * 1000) / 1000 + 0;

function speaking(contributions: readonly Contribution[], at: number, against: number): Learned['terms'] {
  return contributions
    .map(({ term, adds }) => ({ term, weight: rounded((adds[at] ?? 0) - (adds[against] ?? 0)) }))
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight || (a.term < b.term ? -1 : 1))
    .slice(0, SHOWN);
}

/** Asks a model about a record. */
export function ask(model: PublisherModel, terms: readonly string[]): Learned {
  const shares = sharesFor(model.linear, terms);
  const tier = likeliest(shares);
  const at = TIERS.indexOf(tier);
  const [against = 0] = [0, 1, 2].filter((index) => index !== at).sort((a, b) => (shares[b] ?? 0) - (shares[a] ?? 0));
  const share = rounded(shares[at] ?? 0);
  const spoke = speaking(contributionsOf(model.linear, terms), at, against);
  return { tier, share, enough: isEnough(model.thresholds, tier, share), terms: spoke };
}
