import { basename } from 'node:path';
import type { Tier } from '../../kernel/tier.js';
import { assess, itemTiersOf } from '../domain/assess.js';
import { ColumnProfile, type ColumnRules, columnRules, findingsOf } from '../domain/columns/profile.js';
import type { CompiledPack } from '../domain/compiled.js';
import type { Facts, Finding } from '../domain/facts.js';
import { notAssessed } from '../domain/risk/risk.js';
import { markPattern } from '../domain/lexicon.js';
import { replayText } from '../domain/replay.js';
import { requirePacks, sha256 } from '../packs/load.js';
import { type Allowance, Watch } from '../reader/limits.js';
import type { Reading } from '../reader/reading.js';
import { isFault, readSource } from '../reader/read-source.js';
import type { RowSink } from '../reader/rows.js';
import { contentRisk } from './content-risk.js';
import { doubtsOf, exitCodeOf, type FileAssessment, fileRefusal, type Report } from './report.js';

export interface ClassifyOptions {
  /** The rule pack's id; `cn-shanghai` when absent. */
  readonly pack?: string;
  /** The tier the publisher means to give the table. Without it nothing opens. */
  readonly declared?: Tier;
  /** False when the first line is data already. */
  readonly header?: boolean;
  /** The only sheet of a workbook to judge, by name or by its place from 1; all of them without it. */
  readonly sheet?: string;
  readonly title?: string;
  readonly abstract?: string;
  readonly keywords?: readonly string[];
  /** Columns that help to single people out, beside those the engine recognises. */
  readonly quasiIdentifiers?: readonly string[];
  /** Milliseconds for risk and advice after the reading; 30 s or what the allowance leaves when absent, 0 for neither. */
  readonly riskBudget?: number;
  /** Time, cancellation and progress of the reading. */
  readonly allowance?: Allowance;
  /** A compiled pack to use instead of one on disk (tests, rehearsals). */
  readonly compiled?: CompiledPack;
}

interface Content {
  readonly reading: Reading;
  readonly profiles: readonly ColumnProfile[];
}

const compiledOf = ({ compiled, pack = 'cn-shanghai' }: ClassifyOptions): CompiledPack => {
  const found = compiled ?? requirePacks().current(pack);
  if (found === null) throw new RangeError(`there is no rule pack "${pack}"`);
  return found;
};

/** Counts what the columns look like while they are read. */
class Profiles implements RowSink {
  readonly columns: ColumnProfile[] = [];
  constructor(private readonly rules: ColumnRules) {}

  column(name: string): void {
    this.columns.push(new ColumnProfile(name, this.rules));
  }

  row(cells: readonly string[]): void {
    for (const [index, profile] of this.columns.entries()) profile.add(cells[index] ?? '');
  }

  findings(): Finding[] {
    return this.columns.flatMap((profile) => profile.findings());
  }
}

/** Entry of the lexicon whose marks forbid reading on. */
const SECRECY_MARKS = 'secret-mark';

const factsOf = (name: string, { reading, profiles }: Content, options: ClassifyOptions): Facts => {
  const { captions } = reading;
  const abstract =
    options.abstract ?? (captions.length === 0 ? undefined : captions.map((cells) => cells.join(' ')).join('\n'));
  return {
    title: { zh: options.title ?? name },
    ...(abstract === undefined ? {} : { abstract: { zh: abstract } }),
    ...(options.keywords === undefined ? {} : { keywords: options.keywords }),
    ...(options.declared === undefined ? {} : { declaredTier: options.declared }),
    items: profiles.map(({ item }) => ({ name: item })),
    findings: findingsOf(profiles).flat(),
  };
};

const fileOf = (name: string, { sha256: hash, bytes, format, encoding, sheets }: Reading): FileAssessment['file'] => ({
  name,
  sha256: hash,
  bytes,
  format,
  ...(encoding === null ? {} : { encoding }),
  ...(sheets.length === 0 ? {} : { sheets }),
});

/** Milliseconds for risk and advice, unless the caller allows another time. */
const RISK_BUDGET = 30_000;

function reportOf(name: string, compiled: CompiledPack, content: Content, facts: Facts): Report {
  const answer = assess(facts, compiled);
  if (answer.kind === 'secret') return fileRefusal('state-secret', 'the table carries a secrecy mark');
  const { id, version, hash } = compiled.pack;
  const floors = itemTiersOf(facts, 'open', answer.rules);
  const found = findingsOf(content.profiles);
  const columns = content.profiles.map((profile, index) => ({
    name: profile.item,
    tier: answer.itemTiers[index]?.tier ?? answer.tier,
    floor: floors[index]?.tier ?? answer.floor,
    sampleSize: profile.sampleSize,
    findings: found[index] ?? [],
  }));
  const { captions, rows, brokenRows, brokenCharacters, duplicateColumns, unnamedColumns, delimiter } = content.reading;
  const doubts = doubtsOf(content.reading);
  const report: FileAssessment = {
    kind: 'assessed',
    file: fileOf(name, content.reading),
    pack: { id, version, hash },
    ...(delimiter === null ? {} : { delimiter }),
    captions: captions.length,
    rows,
    brokenRows,
    brokenCharacters,
    duplicateColumns,
    unnamedColumns,
    doubts,
    columns,
    verdict: answer,
    risk: notAssessed('time-up'),
    lowering: [],
    replayHash: sha256(replayText(facts, compiled, answer)),
    exitCode: exitCodeOf(answer, doubts),
  };
  return report;
}

/**
 * The engine without a server: reads a file of any format where it lies, counts what its columns look like, and gives the
 * pack's verdict with reasons. Memory is bounded; nothing is written anywhere; the report holds no cell of the file.
 * A file that is no table gives a refusal with a code and a remedy, never an exception.
 */
export async function classifyFile(path: string, options: ClassifyOptions = {}): Promise<Report> {
  const compiled = compiledOf(options);
  const watch = new Watch(options.allowance);
  const mark = markPattern(compiled.pack.lexicon.entries[SECRECY_MARKS]?.marks);
  const profiles = new Profiles(columnRules(compiled.pack.columns));
  const { header = true, sheet } = options;
  const source = { path, header, ...(sheet === undefined ? {} : { sheet }) };
  const reading = await readSource(source, profiles, { ...options.allowance, mark });
  if (isFault(reading)) return fileRefusal(reading.code, reading.detail);
  const content = { reading, profiles: profiles.columns };
  const facts = factsOf(basename(path), content, options);
  const report = reportOf(basename(path), compiled, content, facts);
  const left = Math.min(RISK_BUDGET, watch.left);
  const { riskBudget = left, quasiIdentifiers: named = [] } = options;
  if (report.kind === 'refused' || riskBudget <= 0) return report;
  const columns = profiles.columns.map(({ item }) => item);
  const unknown = named.filter((name) => !columns.includes(name));
  if (unknown.length > 0) throw new RangeError(`there is no column "${unknown.join('", "')}"`);
  const before = {
    source,
    sha256: reading.sha256,
    columns,
    options: { ...(watch.signal === undefined ? {} : { signal: watch.signal }), budget: riskBudget, mark },
  };
  const recogniser = (): Profiles => new Profiles(columnRules(compiled.pack.columns));
  return { ...report, ...(await contentRisk({ before, facts, compiled, recogniser, named, budget: riskBudget })) };
}
