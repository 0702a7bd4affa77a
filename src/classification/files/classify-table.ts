import { columnRules } from '../domain/columns/column-rules.js';
import { recognised } from '../domain/columns/recognised.js';
import { columnRoles } from '../domain/columns/roles.js';
import type { CompiledPack } from '../domain/compiled.js';
import { assessRisk } from '../measure/assess-risk.js';
import { budgetOf } from '../measure/budget.js';
import { sha256 } from '../packs/load.js';
import { type Counted, countColumns } from '../reader/database/count-columns.js';
import { openServerTable } from '../reader/database/open-server-table.js';
import { type ServerAddress, ServerRefused, type ServerTable } from '../reader/database/server-table.js';
import { OutOfMemory, TimeUp, Watch } from '../reader/limits.js';
import { PLAIN, type Reading } from '../reader/reading.js';
import type { TableFault } from '../reader/rows.js';
import { columnsOf, type Content, factsOf, markOf, reportOf, withRisk } from './assess-content.js';
import { type ClassifyOptions, compiledOf, RISK_BUDGET } from './classify-options.js';
import { fileRefusal, noSuchColumn, type Report } from './report.js';

/** A table has no bytes to hash: the hash is of what was counted, so that another count is another evidence. */
function readingOf(table: ServerTable, counted: Counted): Reading {
  const hash = sha256(JSON.stringify([table.columns.map(({ name }) => name), table.rows, counted.tallies]));
  const counts = { rows: table.rows, brokenRows: 0, brokenCharacters: 0 };
  return { ...PLAIN, ...counts, format: 'database', sha256: hash, bytes: 0 };
}

/** What of an error is an answer; a cancellation is thrown on. */
function faultOf(error: unknown): TableFault {
  if (error instanceof TimeUp) return { code: 'time-up', detail: 'the time given was spent before all was counted' };
  if (error instanceof OutOfMemory)
    return { code: 'out-of-memory', detail: 'the counts are larger than the memory given' };
  if (error instanceof ServerRefused) return { code: 'not-answered', detail: error.code };
  throw error;
}

/**
 * The engine on a table where it lies, in MySQL or MariaDB: every question is put to the server, in one transaction that can
 * only read; nothing but counts and names of columns comes out. Ways of recognising that have no form in SQL are named in
 * the report, and leave an opening to a person. Refuses like `classifyFile`.
 */
export async function classifyTable(
  address: ServerAddress,
  name: string,
  options: ClassifyOptions = {},
): Promise<Report> {
  const compiled = compiledOf(options);
  const watch = new Watch(options.allowance);
  try {
    const table = await openServerTable(address, name, { watch, mark: markOf(compiled) });
    if ('code' in table) return fileRefusal(table.code, table.detail);
    try {
      const names = table.columns.map((column) => column.name);
      const unknown = noSuchColumn(options.quasiIdentifiers ?? [], names);
      if (unknown !== null) return unknown;
      return await judged(table, `${address.database}.${name}`, compiled, options, watch);
    } finally {
      await table.close();
    }
  } catch (error) {
    const { code, detail } = faultOf(error);
    return fileRefusal(code, detail);
  }
}

async function judged(
  table: ServerTable,
  name: string,
  compiled: CompiledPack,
  options: ClassifyOptions,
  watch: Watch,
): Promise<Report> {
  const { columns } = compiled.pack;
  const rules = columnRules(columns);
  const counted = await countColumns(table, rules, columns.lists);
  const found = columnsOf(counted.tallies, recognised(counted.tallies, rules));
  const content: Content = { reading: readingOf(table, counted), columns: found, notAsked: counted.notAsked };
  const facts = factsOf(name, content, options);
  const report = reportOf(name, compiled, content, facts);
  const { riskBudget = Math.min(RISK_BUDGET, watch.left), quasiIdentifiers: named = [] } = options;
  if (report.kind === 'refused' || riskBudget <= 0) return report;
  const { quasiIdentifiers, sensitive } = columnRoles(facts.findings ?? [], columns);
  const question = { sets: [[...new Set([...quasiIdentifiers, ...named])]], attributes: sensitive };
  const origin = named.length === 0 ? 'findings' : 'named';
  const risk = await assessRisk(table, { ...question, origin }, budgetOf(riskBudget));
  return withRisk(report, { risk, lowering: report.lowering });
}
