import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Tier } from '../../kernel/tier.js';
import { assess, itemTiersOf } from '../domain/assess.js';
import { ColumnProfile, type ColumnRules, columnRules } from '../domain/columns/profile.js';
import type { CompiledPack } from '../domain/compiled.js';
import type { Facts } from '../domain/facts.js';
import { markPattern } from '../domain/lexicon.js';
import { replayText } from '../domain/replay.js';
import { requirePacks, sha256 } from '../packs/load.js';
import { recognise, type TextFile } from '../reader/encoding.js';
import { beginning, type Counts, delimiterOf, isMarkup, LIMITS, readTable, type TableFault } from '../reader/table.js';
import { captionsOf, HEAD, type Header, headerOf, isHeaderless } from './header.js';
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
  /** Records above the header. */
  readonly captions: readonly (readonly string[])[];
  readonly counts: Counts;
  readonly profiles: readonly ColumnProfile[];
}

const compiledOf = ({ compiled, pack = 'cn-shanghai' }: ClassifyOptions): CompiledPack => {
  const found = compiled ?? requirePacks().current(pack);
  if (found === null) throw new RangeError(`there is no rule pack "${pack}"`);
  return found;
};

/** Takes records as they come: finds the header among the first of them, then counts column by column. */
class Table {
  readonly counts: Counts = { rows: 0, brokenRows: 0, brokenCharacters: 0 };
  captions: Content['captions'] = [];
  header: Header | null = null;
  profiles: readonly ColumnProfile[] = [];
  private head: (readonly string[])[] = [];

  constructor(
    private readonly rules: ColumnRules,
    private readonly withHeader: boolean,
  ) {}

  take(cells: readonly string[]): TableFault | null {
    if (this.header !== null) return this.row(cells);
    if (cells.length > LIMITS.columns)
      return { code: 'too-many-columns', detail: `${cells.length} columns, at most ${LIMITS.columns}` };
    this.head.push(cells);
    return this.head.length < HEAD ? null : this.begin();
  }

  /** Call after the last record, and once the first ones are there. */
  begin(): TableFault | null {
    const records = this.head.splice(0);
    const above = this.withHeader ? captionsOf(records) : 0;
    const first = records[above];
    if (first === undefined) return null;
    if (this.withHeader && isHeaderless(first)) return { code: 'no-header', detail: 'the first line looks like data' };
    this.captions = records.slice(0, above);
    this.header = headerOf(this.withHeader ? first : first.map(() => ''));
    this.profiles = this.header.names.map((name) => new ColumnProfile(name, this.rules));
    for (const cells of records.slice(above + (this.withHeader ? 1 : 0))) this.row(cells);
    return null;
  }

  private row(cells: readonly string[]): null {
    this.counts.rows += 1;
    if (cells.length !== this.profiles.length) this.counts.brokenRows += 1;
    for (const [index, profile] of this.profiles.entries()) profile.add(cells[index] ?? '');
    return null;
  }
}

/** Reads the whole table once and counts, column by column. */
async function contentOf(
  path: string,
  { encoding }: TextFile,
  { pack }: CompiledPack,
  options: ClassifyOptions,
): Promise<Content | TableFault> {
  const sample = await beginning(path, encoding);
  if (isMarkup(sample)) return { code: 'not-a-table', detail: 'it begins like JSON or markup' };
  const delimiter = delimiterOf(sample);
  const table = new Table(columnRules(pack.columns), options.header !== false);
  const mark = markPattern(pack.lexicon.entries[SECRECY_MARKS]?.marks);
  const fault =
    (await readTable(path, { encoding, delimiter, mark }, table.counts, (cells) => table.take(cells))) ?? table.begin();
  if (fault !== null) return fault;
  const { header, counts, captions, profiles } = table;
  if (header === null || counts.rows === 0) return { code: 'no-rows', detail: 'there is no row of data' };
  return { header, delimiter, captions, counts, profiles };
}
/** Entry of the lexicon whose marks forbid reading on. */
const SECRECY_MARKS = 'secret-mark';

const factsOf = (name: string, { header, captions, profiles }: Content, options: ClassifyOptions): Facts => {
  const abstract =
    options.abstract ?? (captions.length === 0 ? undefined : captions.map((cells) => cells.join(' ')).join('\n'));
  return {
    title: { zh: options.title ?? name },
    ...(abstract === undefined ? {} : { abstract: { zh: abstract } }),
    ...(options.keywords === undefined ? {} : { keywords: options.keywords }),
    ...(options.declared === undefined ? {} : { declaredTier: options.declared }),
    items: header.names.map((item) => ({ name: item })),
    findings: profiles.flatMap((profile) => profile.findings()),
  };
};

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
  const floors = itemTiersOf(facts, 'open', answer.rules);
  const columns = content.profiles.map((profile, index) => ({
    name: profile.item,
    tier: answer.itemTiers[index]?.tier ?? answer.tier,
    floor: floors[index]?.tier ?? answer.floor,
    sampleSize: profile.sampleSize,
    findings: profile.findings(),
  }));
  const { duplicates, unnamed } = content.header;
  const report: FileAssessment = {
    kind: 'assessed',
    file: { name, ...file },
    pack: { id, version, hash },
    delimiter: content.delimiter,
    captions: content.captions.length,
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
