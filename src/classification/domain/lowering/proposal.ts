import type { Ladder, Choice } from './lattice.js';
import type { Step } from './steps.js';

/** What a plan is made of: columns that go, how coarse the rest becomes, and whether rare combinations are withheld. */
export interface Proposal {
  readonly columns: readonly string[];
  readonly dropped: ReadonlySet<string>;
  readonly ladders: readonly Ladder[];
  readonly choice: Choice;
  /** Smallest class shown, when rarer ones are to be withheld. */
  readonly withholdBelow: number | null;
}

/** The steps of a plan, in the order of the table's columns; withholding comes last because it counts what is left. */
export function stepsOf({ columns, dropped, ladders, choice, withholdBelow }: Proposal): Step[] {
  const chosen = new Map(ladders.map(({ column, rungs }, index) => [column, rungs[choice[index] ?? 0]?.to ?? 'as-is']));
  const steps = columns.flatMap((column): Step[] => {
    const to = chosen.get(column) ?? 'as-is';
    if (dropped.has(column) || to === 'drop') return [{ kind: 'drop', column }];
    return to === 'as-is' ? [] : [{ kind: 'generalise', column, to }];
  });
  const left = columns.filter((column) => !dropped.has(column) && chosen.has(column) && chosen.get(column) !== 'drop');
  if (withholdBelow === null || left.length === 0) return steps;
  return [...steps, { kind: 'withhold', columns: left, least: withholdBelow }];
}

/** Mean over all columns of what is left of each: nothing of dropped ones, all of those no step touches. */
export function informationKept({ columns, dropped, ladders, choice }: Proposal, withheld: number): number {
  const kept = new Map(
    ladders.map(({ column, rungs }, index) => [column, (rungs[choice[index] ?? 0]?.kept ?? 1) * (1 - withheld)]),
  );
  const sum = columns.reduce((whole, column) => whole + (dropped.has(column) ? 0 : (kept.get(column) ?? 1)), 0);
  return columns.length === 0 ? 0 : Math.round((sum / columns.length) * 1e6) / 1e6;
}
