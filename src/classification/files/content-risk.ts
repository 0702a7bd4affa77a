import type { CompiledPack } from '../domain/compiled.js';
import type { Facts, Finding } from '../domain/facts.js';
import type { Lowering } from '../domain/lowering/lowering.js';
import { type ColumnRoles, columnRoles } from '../domain/columns/roles.js';
import type { Step } from '../domain/lowering/steps.js';
import { type NotAssessed, notAssessed, type Risk } from '../domain/risk/risk.js';
import { assessRisk } from '../measure/assess-risk.js';
import { budgetOf, isMissing } from '../measure/budget.js';
import type { MemoryTable } from '../reader/memory-table.js';
import type { RowSink } from '../reader/rows.js';
import { type ReadBefore, readAgain, tableOfColumns } from './column-table.js';
import { loweringOf, notMeasured } from './lower-file.js';
import { changedRows } from './row-sinks.js';

/** Reads rows and says what their columns look like. */
export interface Recogniser extends RowSink {
  findings(): readonly Finding[];
}

/** What is known of a file after it was read once. */
export interface ContentQuestion {
  readonly before: ReadBefore;
  readonly facts: Facts;
  readonly compiled: CompiledPack;
  readonly recogniser: () => Recogniser;
  /** Columns that the caller knows to help single people out, beside those that are recognised. */
  readonly named: readonly string[];
  /** Milliseconds for risk and advice together. */
  readonly budget: number;
}
export interface ContentRisk {
  readonly risk: Risk;
  readonly lowering: readonly Lowering[];
}

async function tableFor(before: ReadBefore, wanted: readonly string[]): Promise<MemoryTable | NotAssessed> {
  return wanted.length === 0 ? notAssessed('no-quasi-identifiers') : tableOfColumns(before, wanted);
}

/** Roles by what was recognised, and by what the caller names; an identifier stays one whoever calls it otherwise. */
function rolesOf({ before, facts, compiled, named }: ContentQuestion): ColumnRoles {
  const roles = columnRoles(facts.findings ?? [], compiled.pack.columns);
  const more = named.filter((name) => before.columns.includes(name) && !roles.identifiers.includes(name));
  return { ...roles, quasiIdentifiers: [...new Set([...roles.quasiIdentifiers, ...more])] };
}

/**
 * Risk and advice for a file that was read before, from a second reading of the columns that matter and a third of the
 * changed table. The file has to be the same each time. What could not be measured says why.
 */
export async function contentRisk(asked: ContentQuestion): Promise<ContentRisk> {
  const { before, facts, compiled, recogniser } = asked;
  const budget = budgetOf(asked.budget);
  const roles = rolesOf(asked);
  const { quasiIdentifiers, sensitive } = roles;
  const wanted = quasiIdentifiers.length === 0 ? [] : [...new Set([...quasiIdentifiers, ...sensitive])];
  const opened = await tableFor(before, wanted);
  const findingsAfter = async (steps: readonly Step[]): Promise<readonly Finding[] | NotAssessed> => {
    const changedTable = recogniser();
    return (await readAgain(before, changedRows(before.columns, steps, changedTable))) ?? changedTable.findings();
  };
  const known = { facts, compiled, roles, columns: before.columns, fileHash: before.sha256, budget, findingsAfter };
  if (isMissing(opened)) {
    const nothingToAsk = opened.reason === 'no-quasi-identifiers';
    const lowering = nothingToAsk ? await loweringOf({ ...known, table: null }) : notMeasured(known, opened);
    return { risk: opened, lowering };
  }
  try {
    const origin = asked.named.length === 0 ? 'findings' : 'named';
    const risk = await assessRisk(opened, { sets: [quasiIdentifiers], attributes: sensitive, origin }, budget);
    return { risk, lowering: await loweringOf({ ...known, table: opened }) };
  } finally {
    await opened.close();
  }
}
