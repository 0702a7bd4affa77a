import { type Choice, betterChoices, type Ladder, nothingLeft } from '../domain/lowering/lattice.js';
import type { Tabular, TabularColumn } from '../reader/tabular.js';
import type { Budget } from './budget.js';
import { classCounts } from './class-counts.js';
import { coarserColumn } from './coarser.js';

/** What is asked of the result. */
export interface Aim {
  /** Smallest class that may be shown. */
  readonly least: number;
  /** Share of records that may be withheld as too rare, 0 to 1. */
  readonly withholding: number;
}

/** The choice that keeps most of what was tried. */
export interface Coarsened {
  readonly choice: Choice;
  /** Share of records in classes that are too small, to be withheld. */
  readonly rare: number;
  readonly search: 'complete' | 'local';
}

/** The columns as a choice leaves them; dropped ones are gone. */
export function columnsAt(
  table: Tabular,
  columns: readonly TabularColumn[],
  ladders: readonly Ladder[],
  choice: Choice,
): TabularColumn[] {
  return columns.flatMap((column, index) => {
    const to = ladders[index]?.rungs[choice[index] ?? 0]?.to ?? 'as-is';
    if (to === 'drop') return [];
    return to === 'as-is' ? [column] : [coarserColumn(table, column, to)];
  });
}

/** Choices tried one after another; beyond, the search is called local. */
const TRIES = 256;

class Search {
  constructor(
    private readonly table: Tabular,
    private readonly columns: readonly TabularColumn[],
    private readonly ladders: readonly Ladder[],
    private readonly aim: Aim,
  ) {}

  /** Share of records that would have to be withheld; null when it is more than may be, or nothing would be left. */
  async rare(choice: Choice): Promise<number | null> {
    const left = columnsAt(this.table, this.columns, this.ladders, choice);
    if (left.length === 0) return 0;
    const { records, exposed } = await classCounts(this.table, left, this.aim.least);
    if (records === 0) return 0;
    return exposed === records || exposed > records * this.aim.withholding ? null : exposed / records;
  }

  /** From everything dropped, each column in turn gets back as much as it may. */
  async restored(): Promise<Coarsened> {
    let best: Coarsened = { choice: nothingLeft(this.ladders), rare: 0, search: 'local' };
    for (const index of this.ladders.keys()) {
      for (let rung = 0; rung < (best.choice[index] ?? 0); rung += 1) {
        const choice = best.choice.map((own, at) => (at === index ? rung : own));
        const rare = await this.rare(choice);
        if (rare === null) continue;
        best = { choice, rare, search: 'local' };
        break;
      }
    }
    return best;
  }

  /** What keeps more than the best so far, most first, until one does. */
  async improved(best: Coarsened, budget: Budget): Promise<Coarsened> {
    const better = betterChoices(this.ladders, best.choice);
    if (better === null) return best;
    for (const [tried, choice] of better.entries()) {
      if (tried >= TRIES || budget.spent()) return best;
      const rare = await this.rare(choice);
      if (rare !== null) return { choice, rare, search: 'complete' };
    }
    return { ...best, search: 'complete' };
  }
}

/**
 * Finds how coarse the columns have to become so that no class is smaller than asked, keeping as much information as it
 * can. Dropping all of them always suffices.
 */
export async function coarsen(
  table: Tabular,
  columns: readonly TabularColumn[],
  ladders: readonly Ladder[],
  aim: Aim,
  budget: Budget,
): Promise<Coarsened> {
  const search = new Search(table, columns, ladders, aim);
  return search.improved(await search.restored(), budget);
}
