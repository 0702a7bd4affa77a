import type { Id } from '../../kernel/ids.js';
import type { Instant } from '../../kernel/time.js';
import type { Fusion } from './risk/fusion.js';
import type { NotAssessed } from './risk/risk.js';
import type { SharedIdentifiers } from './risk/shared-identifiers.js';
import type { SampleState } from './sample.js';

/** Datasets that one assessment compares, each with each. */
export const FEWEST_FUSED = 2;
export const MOST_FUSED = 5;

/** A dataset that is compared, and the assessment that explained its tier then. */
export interface FusedDataset {
  readonly dataset: Id;
  readonly publisher: Id;
  readonly assessment: Id | null;
  /** A file of it was sent. */
  readonly sampled: boolean;
}

/** Exact figures of two files, and the fusion assessment they were counted for. */
export interface ExactFusion {
  readonly fusion: Id;
  readonly at: Instant;
  readonly figures: Fusion | NotAssessed;
}

/** Two of the datasets: on what they could be joined, and what joining files of both showed where that was done. */
export interface FusionPair {
  readonly first: Id;
  readonly second: Id;
  readonly shared: SharedIdentifiers;
  readonly exact: ExactFusion | null;
}

/** Why files gave no figures; `dataset`: whose file it was, where it was one. */
export interface FusionFailure {
  readonly code: string;
  readonly detail: string;
  readonly dataset?: Id;
}

/** What datasets tell when somebody holds several of them. Files are gone once it has ended. */
export interface FusionAssessment {
  readonly id: Id;
  readonly version: number;
  readonly state: SampleState;
  readonly datasets: readonly FusedDataset[];
  /** Empty until it is done. */
  readonly pairs: readonly FusionPair[];
  /** Of all files together. */
  readonly bytes: number;
  readonly host: string;
  readonly processId: number;
  readonly submittedBy: Id;
  readonly failure: FusionFailure | null;
  readonly createdAt: Instant;
  readonly deadlineAt: Instant;
  readonly endedAt: Instant | null;
}

/** Two datasets whatever their order. */
export const pairKey = (first: Id, second: Id): string => [first, second].sort().join(' ');

/** Each dataset with each after it. */
export const pairsOf = <One>(list: readonly One[]): (readonly [One, One])[] =>
  list.flatMap((first, at) => list.slice(at + 1).map((second) => [first, second] as const));

/** Whether files of the two showed that together they single records out. */
export const links = ({ exact }: Pick<FusionPair, 'exact'>): boolean =>
  exact?.figures.status === 'assessed' && exact.figures.links;

/** The datasets that together with another one single records out, by the figures of this assessment itself. */
export const linkedDatasets = ({ id, pairs }: Pick<FusionAssessment, 'id' | 'pairs'>): Id[] => [
  ...new Set(
    pairs.filter((pair) => pair.exact?.fusion === id && links(pair)).flatMap(({ first, second }) => [first, second]),
  ),
];

/** Whether figures of two datasets are still of the assessments that explain their tiers now. */
export function isCurrent(
  { datasets }: Pick<FusionAssessment, 'datasets'>,
  pair: readonly [Id, Id],
  now: ReadonlyMap<Id, Id>,
): boolean {
  const then = new Map(datasets.map(({ dataset, assessment }) => [dataset, assessment]));
  return pair.every((dataset) => (then.get(dataset) ?? null) === (now.get(dataset) ?? null));
}

/** The same figures seen from the other dataset. */
export function turned(figures: Fusion | NotAssessed): Fusion | NotAssessed {
  if (figures.status !== 'assessed') return figures;
  const swap = <Pair extends { readonly first: string; readonly second: string }>(pair: Pair): Pair => ({
    ...pair,
    first: pair.second,
    second: pair.first,
  });
  return {
    ...figures,
    shared: figures.shared.map(swap),
    leftOut: figures.leftOut.map(swap),
    first: figures.second,
    second: figures.first,
  };
}
