import { diversityOf, figuresOf } from '../domain/risk/figures.js';
import {
  type DiversityOf,
  LEAST,
  type MinimalUniques,
  type NotAssessed,
  type NotSearched,
  notAssessed,
  type Risk,
  type RiskOfSet,
} from '../domain/risk/risk.js';
import type { Tabular, TabularColumn } from '../reader/tabular.js';
import { type Budget, isMissing, within } from './budget.js';
import { classCounts, valueCounts } from './class-counts.js';
import { minimalUniques, UNIQUE_SETS_TO } from './unique-sets.js';

/** What is asked about a table: which columns let someone recognise a person, and which tell something about them. */
export interface RiskQuestion {
  /** Sets of columns to judge, each on its own. */
  readonly sets: readonly (readonly string[])[];
  /** Sensitive attributes, for l-diversity. */
  readonly attributes?: readonly string[];
  readonly origin?: 'findings' | 'named';
  /** Classes smaller than this count as at risk; 5 when absent. */
  readonly least?: number;
  /** Largest size of minimal unique sets looked for, from 1; 4 when absent. */
  readonly uniqueSetsTo?: number;
}

/** Columns of one set and attributes that one assessment takes; what is over is named as not searched. */
export const RISK_LIMITS = { columns: 16, attributes: 16 } as const;

interface Chosen {
  readonly columns: readonly TabularColumn[];
  readonly attributes: readonly TabularColumn[];
  readonly least: number;
  readonly uniqueSetsTo: number;
}

const named = (table: Tabular, names: readonly string[]): readonly TabularColumn[] | null => {
  const found = names.map((name) => table.columns.find((column) => column.name === name));
  return found.every((column) => column !== undefined) ? found : null;
};

async function diversityIn(table: Tabular, chosen: Chosen, budget: Budget): Promise<DiversityOf[]> {
  const found: DiversityOf[] = [];
  for (const attribute of chosen.attributes) {
    if (chosen.columns.some(({ name }) => name === attribute.name)) continue;
    const counts = await within(budget, () => valueCounts(table, chosen.columns, attribute));
    found.push({ attribute: attribute.name, diversity: isMissing(counts) ? counts : diversityOf(counts) });
  }
  return found;
}

async function riskOfSet(table: Tabular, chosen: Chosen, budget: Budget): Promise<RiskOfSet> {
  const columns = chosen.columns.map(({ name }) => name);
  const counts = await within(budget, () => classCounts(table, chosen.columns, chosen.least));
  const figures = isMissing(counts) ? counts : figuresOf(counts);
  if (isMissing(figures)) return { columns, figures, diversity: [], uniques: figures };
  const diversity = await diversityIn(table, chosen, budget);
  return { columns, figures, diversity, uniques: await uniquesIn(table, chosen, figures.uniqueness, budget) };
}

/** Where nobody is alone by all columns, nobody is alone by fewer. */
async function uniquesIn(
  table: Tabular,
  { columns, uniqueSetsTo }: Chosen,
  uniqueness: number,
  budget: Budget,
): Promise<MinimalUniques | NotAssessed> {
  if (uniqueness > 0) return minimalUniques(table, columns, budget, uniqueSetsTo);
  const contributions = columns.map(({ name }) => ({ column: name, share: 0 }));
  return { status: 'assessed', searchedTo: columns.length, stopped: null, sets: [], contributions };
}

function leftOut({ sets, attributes = [] }: RiskQuestion): NotSearched[] {
  const over = (what: NotSearched['what'], names: readonly string[]): NotSearched[] =>
    names.length === 0 ? [] : [{ what, reason: 'too-many-columns', names }];
  return [
    ...sets.flatMap((set) => over('columns', set.slice(RISK_LIMITS.columns))),
    ...over('attributes', attributes.slice(RISK_LIMITS.attributes)),
  ];
}

/**
 * Measures how far a table singles people out, set by set. Every count is exact. What the budget or the limits leave out
 * is said; nothing that was not counted gets a figure. Throws only where the table itself fails.
 */
export async function assessRisk(table: Tabular, question: RiskQuestion, budget: Budget): Promise<Risk> {
  const { least = LEAST, uniqueSetsTo = UNIQUE_SETS_TO, origin = 'named' } = question;
  const asked = question.sets.filter((set) => set.length > 0);
  if (asked.length === 0) return notAssessed('no-quasi-identifiers');
  if (table.rows === 0) return notAssessed('no-records');
  const attributes = named(table, question.attributes ?? []);
  const sets: RiskOfSet[] = [];
  for (const set of asked) {
    const columns = named(table, set);
    if (columns === null || attributes === null) return notAssessed('unknown-column');
    const chosen = {
      columns: columns.slice(0, RISK_LIMITS.columns),
      attributes: attributes.slice(0, RISK_LIMITS.attributes),
    };
    sets.push(await riskOfSet(table, { ...chosen, least, uniqueSetsTo }, budget));
  }
  return { status: 'assessed', origin, least, sets, notSearched: leftOut(question) };
}
