import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Tier } from '../../kernel/tier.js';
import { assess } from '../domain/assess.js';
import { ColumnProfile, columnRules } from '../domain/columns/profile.js';
import type { CompiledPack } from '../domain/compiled.js';
import type { Facts } from '../domain/facts.js';
import { replayText } from '../domain/replay.js';
import { requirePacks, sha256 } from '../packs/load.js';
import { recognise, type TextFile } from '../reader/encoding.js';
import { beginning, type Counts, delimiterOf, LIMITS, readTable, type TableFault } from '../reader/table.js';
import { type Header, headerOf, isHeaderless } from './header.js';
import { exitCodeOf, type FileAssessment, fileRefusal, type Report } from './report.js';

export interface ClassifyOptions {
  /** The rule pack's id; `cn-shanghai` when absent. */
  readonly pack?: string;
  /** The tier the publisher means to give the table. Without it nothing opens. */
  readonly declared?: Tier;
  /** False when the first line is data already. */
  readonly header?: boolean;
  readonly title?: string;
  readonly abstract?: string;
  readonly keywords?: readonly string[];
  /** A compiled pack to use instead of one on disk (tests, rehearsals). */
  readonly compiled?: CompiledPack;
}

interface Content {
  readonly header: Header;
  readonly delimiter: string;
  readonly counts: Counts;
  readonly profiles: readonly ColumnProfile[];
}

const compiledOf = ({ compiled, pack = 'cn-shanghai' }: ClassifyOptions): CompiledPack => {
  const found = compiled ?? requirePacks().current(pack);
  if (found === null) throw new RangeError(`there is no rule pack "${pack}"`);
  return found;
};

/** Reads the whole table once and counts, column by column. */
async function contentOf(
  path: string,
  file: TextFile,
  compiled: CompiledPack,
  options: ClassifyOptions,
): Promise<Content | TableFault> {
  const delimiter = delimiterOf(await beginning(path, file.encoding));
  const rules = columnRules(compiled.pack.columns);
  const counts: Counts = { rows: 0, brokenRows: 0, brokenCharacters: 0 };
  let header: Header | null = null;
  let profiles: ColumnProfile[] = [];
  const fault = await readTable(path, { encoding: file.encoding, delimiter }, counts, (cells) => {
    if (header === null) {
      if (cells.length > LIMITS.columns)
        return { code: 'too-many-columns', detail: `${cells.length} columns, at most ${LIMITS.columns}` };
      if (options.header !== false && isHeaderless(cells))
        return { code: 'no-header', detail: 'the first line looks like data' };
      header = headerOf(options.header === false ? cells.map(() => '') : cells);
      profiles = header.names.map((name) => new ColumnProfile(name, rules));
      if (options.header !== false) return null;
    }
    counts.rows += 1;
    if (cells.length !== profiles.length) counts.brokenRows += 1;
    for (const [index, profile] of profiles.entries()) profile.add(cells[index] ?? '');
    return null;
  });
  if (fault !== null) return fault;
  if (header === null || counts.rows === 0) return { code: 'no-rows', detail: 'there is no row of data' };
  return { header, delimiter, counts, profiles };
}

const factsOf = (name: string, content: Content, options: ClassifyOptions): Facts => ({
  title: { zh: options.title ?? name },
  ...(options.abstract === undefined ? {} : { abstract: { zh: options.abstract } }),
  ...(options.keywords === undefined ? {} : { keywords: options.keywords }),
  ...(options.declared === undefined ? {} : { declaredTier: options.declared }),
  items: content.header.names.map((item) => ({ name: item })),
  findings: content.profiles.flatMap((profile) => profile.findings()),
});

function reportOf(
  name: string,
  file: TextFile,
  compiled: CompiledPack,
  content: Content,
  options: ClassifyOptions,
): Report {
  const facts = factsOf(name, content, options);
  const answer = assess(facts, compiled);
  if (answer.kind === 'secret') return fileRefusal('state-secret', 'the table carries a secrecy mark');
  const { id, version, hash } = compiled.pack;
  const columns = content.profiles.map((profile, index) => ({
    name: profile.item,
    tier: answer.itemTiers[index]?.tier ?? answer.tier,
    sampleSize: profile.sampleSize,
    findings: profile.findings(),
  }));
  const { duplicates, unnamed } = content.header;
  const report: FileAssessment = {
    kind: 'assessed',
    file: { name, ...file },
    pack: { id, version, hash },
    delimiter: content.delimiter,
    ...content.counts,
    duplicateColumns: duplicates,
    unnamedColumns: unnamed,
    columns,
    verdict: answer,
    replayHash: sha256(replayText(facts, compiled, answer)),
    exitCode: exitCodeOf(answer),
  };
  return report;
}

/**
 * The engine without a server: reads a CSV or TSV file where it lies, counts what its columns look like, and gives the
 * pack's verdict with reasons. Memory is bounded; nothing is written anywhere; the report holds no cell of the file.
 * A file that is no table gives a refusal with a code and a remedy, never an exception.
 */
export async function classifyFile(path: string, options: ClassifyOptions = {}): Promise<Report> {
  const compiled = compiledOf(options);
  const entry = await stat(path).catch(() => null);
  if (entry === null || !entry.isFile()) return fileRefusal('not-found', 'there is no such file');
  const file = await recognise(path);
  if (file === 'empty') return fileRefusal('empty-file', 'the file has no bytes');
  if ('binary' in file) return fileRefusal('binary-file', `it is ${file.binary}, not a table of text`);
  const content = await contentOf(path, file, compiled, options);
  if ('code' in content) return fileRefusal(content.code, content.detail);
  return reportOf(basename(path), file, compiled, content, options);
}
