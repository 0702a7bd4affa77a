import type { CompiledPack } from '../domain/compiled.js';
import type { Facts, Finding } from '../domain/facts.js';
import type { Lowering } from '../domain/lowering/lowering.js';
import { columnRoles } from '../domain/lowering/roles.js';
import type { Step } from '../domain/lowering/steps.js';
import { type NotAssessed, notAssessed, type Risk } from '../domain/risk/risk.js';
import { assessRisk } from '../measure/assess-risk.js';
import { budgetOf, isMissing } from '../measure/budget.js';
import type { MemoryTable } from '../reader/memory-table.js';
import type { RowSink } from '../reader/rows.js';
import { type ReadBefore, readAgain, tableOfColumns } from './column-table.js';
import { loweringOf } from './lower-file.js';
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

/**
 * Risk and advice for a file that was read before, from a second reading of the columns that matter and a third of the
 * changed table. The file has to be the same each time. What could not be measured says why.
 */
export async function contentRisk({
  before,
  facts,
  compiled,
  recogniser,
  budget,
}: ContentQuestion): Promise<ContentRisk> {
  const allowed = budgetOf(budget);
  const roles = columnRoles(facts.findings ?? []);
  const { quasiIdentifiers, sensitive } = roles;
  const table = await tableFor(
    before,
    quasiIdentifiers.length === 0 ? [] : [...new Set([...quasiIdentifiers, ...sensitive])],
  );
  const findingsAfter = async (steps: readonly Step[]): Promise<readonly Finding[] | NotAssessed> => {
    const changedTable = recogniser();
    return (await readAgain(before, changedRows(before.columns, steps, changedTable))) ?? changedTable.findings();
  };
  const asked = isMissing(table) ? null : table;
  try {
    const question = { sets: [quasiIdentifiers], attributes: sensitive, origin: 'findings' } as const;
    const risk = asked === null ? (table as NotAssessed) : await assessRisk(asked, question, allowed);
    const situation = {
      facts,
      compiled,
      roles,
      columns: before.columns,
      fileHash: before.sha256,
      table: asked,
      budget: allowed,
      findingsAfter,
    };
    const unread = isMissing(table) && table.reason !== 'no-quasi-identifiers';
    return { risk, lowering: unread ? [] : await loweringOf(situation) };
  } finally {
    await asked?.close();
  }
}
