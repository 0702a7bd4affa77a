import { basename } from 'node:path';
import { ColumnProfile, type ColumnRules, columnRules, findingsOf } from '../domain/columns/profile.js';
import type { Finding } from '../domain/facts.js';
import { Watch } from '../reader/limits.js';
import { isFault, readSource } from '../reader/read-source.js';
import type { RowSink } from '../reader/rows.js';
import { columnsOf, factsOf, markOf, reportOf, withRisk } from './assess-content.js';
import { type ClassifyOptions, compiledOf, RISK_BUDGET } from './classify-options.js';
import { contentRisk } from './content-risk.js';
import { fileRefusal, noSuchColumn, type Report } from './report.js';

/** Counts what the columns look like while they are read. */
class Profiles implements RowSink {
  readonly columns: ColumnProfile[] = [];
  constructor(private readonly rules: ColumnRules) {}

  column(name: string): void {
    this.columns.push(new ColumnProfile(name, this.rules));
  }

  row(cells: readonly string[]): void {
    for (let at = 0; at < this.columns.length; at += 1) this.columns[at]?.add(cells[at] ?? '');
  }

  findings(): Finding[] {
    return findingsOf(this.columns).flat();
  }
}

/**
 * The engine without a server: reads a file of any format where it lies, counts what its columns look like, and gives the
 * pack's verdict with reasons. Memory is bounded; nothing is written anywhere; the report holds no cell of the file.
 * A file that is no table gives a refusal with a code and a remedy, never an exception.
 */
export async function classifyFile(path: string, options: ClassifyOptions = {}): Promise<Report> {
  const compiled = compiledOf(options);
  const watch = new Watch(options.allowance);
  const mark = markOf(compiled);
  const rules = columnRules(compiled.pack.columns);
  const profiles = new Profiles(rules);
  const { header = true, sheet } = options;
  const source = { path, header, ...(sheet === undefined ? {} : { sheet }) };
  const reading = await readSource(source, profiles, { ...options.allowance, mark });
  if (isFault(reading)) return fileRefusal(reading.code, reading.detail);
  const content = { reading, columns: columnsOf(profiles.columns, findingsOf(profiles.columns)) };
  const facts = factsOf(basename(path), content, options);
  const report = reportOf(basename(path), compiled, content, facts);
  const left = Math.min(RISK_BUDGET, watch.left);
  const { riskBudget = left, quasiIdentifiers: named = [] } = options;
  if (report.kind === 'refused') return report;
  const columns = profiles.columns.map(({ item }) => item);
  const unknown = noSuchColumn(named, columns);
  if (unknown !== null) return unknown;
  if (riskBudget <= 0) return report;
  options.onVerdict?.(report);
  const before = {
    source,
    sha256: reading.sha256,
    columns,
    // The same bytes, or no answer: there is no mark in them.
    options: { ...(watch.signal === undefined ? {} : { signal: watch.signal }), budget: riskBudget },
  };
  const recogniser = (): Profiles => new Profiles(rules);
  return withRisk(report, await contentRisk({ before, facts, compiled, recogniser, named, budget: riskBudget }));
}
