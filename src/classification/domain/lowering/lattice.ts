import type { Coarser } from './steps.js';

/** One way a column may stay: as it is, coarser, or not at all; with the share of its information that is left. */
export interface Rung {
  readonly to: Coarser | 'as-is' | 'drop';
  readonly kept: number;
}

/** The ways of a column, from all of its information to none. The last one is always `drop`. */
export interface Ladder {
  readonly column: string;
  readonly rungs: readonly Rung[];
}

/** A choice of one rung for each ladder, by position. */
export type Choice = readonly number[];

export const keptBy = (ladders: readonly Ladder[], choice: Choice): number =>
  ladders.reduce((sum, { rungs }, index) => sum + (rungs[choice[index] ?? 0]?.kept ?? 0), 0);

/** Everything dropped: what always suffices. */
export const nothingLeft = (ladders: readonly Ladder[]): Choice => ladders.map(({ rungs }) => rungs.length - 1);

/** How many choices there are at most before they are no longer all listed. */
export const CHOICES = 4096;

function allChoices(ladders: readonly Ladder[]): Choice[] | null {
  const count = ladders.reduce((product, { rungs }) => product * rungs.length, 1);
  if (count > CHOICES) return null;
  return ladders.reduce<Choice[]>(
    (choices, { rungs }) => choices.flatMap((choice) => rungs.map((_, rung) => [...choice, rung])),
    [[]],
  );
}

const changes = (choice: Choice): number => choice.filter((rung) => rung > 0).length;

/**
 * Choices that keep more than `than`, those that keep most first, and among equals those that change fewer columns; null
 * when there are too many to list.
 */
export function betterChoices(ladders: readonly Ladder[], than: Choice): Choice[] | null {
  const floor = keptBy(ladders, than);
  const rated = allChoices(ladders)
    ?.map((choice) => ({ choice, kept: keptBy(ladders, choice) }))
    .filter(({ kept }) => kept > floor);
  return (
    rated?.sort((a, b) => b.kept - a.kept || changes(a.choice) - changes(b.choice)).map(({ choice }) => choice) ?? null
  );
}
