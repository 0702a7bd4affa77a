import { type Change, combinationOf, withheldIn } from '../domain/lowering/change.js';

/** Different combinations that are counted at most; more than that are nearly all rare anyway. */
const COMBINATIONS = 2_000_000;

/** Counts how often combinations occur, so that rare ones can be withheld in a second reading. */
export class RareCombinations {
  private readonly counts: Map<string, number>[];
  /** True when there were too many to count. */
  full = false;

  constructor(private readonly change: Change) {
    this.counts = change.withholdings.map(() => new Map<string, number>());
  }

  get needed(): boolean {
    return this.change.withholdings.length > 0;
  }

  count(row: readonly string[]): void {
    for (const [index, { at }] of this.change.withholdings.entries()) {
      const counts = this.counts[index] as Map<string, number>;
      const key = combinationOf(row, at);
      const before = counts.get(key) ?? 0;
      if (before === 0 && counts.size >= COMBINATIONS) this.full = true;
      else counts.set(key, before + 1);
    }
  }

  /** The row as it may be shown. */
  shown(row: string[]): { readonly cells: string[]; readonly withheld: boolean } {
    let cells = row;
    for (const [index, withholding] of this.change.withholdings.entries()) {
      const times = this.counts[index]?.get(combinationOf(row, withholding.at)) ?? 0;
      if (times < withholding.least) cells = withheldIn(cells, withholding);
    }
    return { cells, withheld: cells !== row };
  }
}
