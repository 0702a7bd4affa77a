import { assess, itemTiersOf } from '../domain/assess.js';
import type { ColumnTally } from '../domain/columns/tally.js';
import type { CompiledPack } from '../domain/compiled.js';
import { doubtsOf } from '../domain/content.js';
import type { Facts, Finding } from '../domain/facts.js';
import { markPattern } from '../domain/lexicon.js';
import { replayText } from '../domain/replay.js';
import { notAssessed } from '../domain/risk/risk.js';
import { sha256 } from '../packs/load.js';
import type { Reading } from '../reader/reading.js';
import type { Mark } from '../reader/text-pieces.js';
import type { ClassifyOptions } from './classify-options.js';
import { exitCodeOf, type FileAssessment, fileRefusal, type Report } from './report.js';

/** What a source was found to hold: how it was read, and what each column is. */
export interface Content {
  readonly reading: Reading;
  readonly columns: readonly (Pick<ColumnTally, 'item' | 'sampleSize'> & { readonly findings: readonly Finding[] })[];
  /** Rules for columns that could not be asked where the table lies. */
  readonly notAsked?: readonly string[];
}

/** What was counted, beside what was found in it. */
export const columnsOf = (
  tallies: readonly ColumnTally[],
  found: readonly (readonly Finding[])[],
): Content['columns'] =>
  tallies.map(({ item, sampleSize }, index) => ({ item, sampleSize, findings: found[index] ?? [] }));

/** Entry of the lexicon whose marks forbid reading on. */
const SECRECY_MARKS = 'secret-mark';
export const markOf = ({ pack }: CompiledPack): Mark => markPattern(pack.lexicon.entries[SECRECY_MARKS]?.marks);

/** The facts that the rules are asked with. */
export const factsOf = (name: string, { reading, columns }: Content, options: ClassifyOptions): Facts => {
  const { captions } = reading;
  const abstract =
    options.abstract ?? (captions.length === 0 ? undefined : captions.map((cells) => cells.join(' ')).join('\n'));
  return {
    title: { zh: options.title ?? name },
    ...(abstract === undefined ? {} : { abstract: { zh: abstract } }),
    ...(options.keywords === undefined ? {} : { keywords: options.keywords }),
    ...(options.declared === undefined ? {} : { declaredTier: options.declared }),
    items: columns.map(({ item }) => ({ name: item })),
    findings: columns.flatMap(({ findings }) => findings),
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

/** The verdict on what a source was found to hold, as a report; its risk is not assessed yet. */
export function reportOf(name: string, compiled: CompiledPack, content: Content, facts: Facts): Report {
  const answer = assess(facts, compiled);
  if (answer.kind === 'secret') return fileRefusal('state-secret', 'the table carries a secrecy mark');
  const { id, version, hash } = compiled.pack;
  const floors = itemTiersOf(facts, 'open', answer.rules);
  const columns = content.columns.map(({ item, sampleSize, findings }, index) => ({
    name: item,
    tier: answer.itemTiers[index]?.tier ?? answer.tier,
    floor: floors[index]?.tier ?? answer.floor,
    sampleSize,
    findings,
  }));
  const { captions, rows, brokenRows, brokenCharacters, uncalculated, duplicateColumns, unnamedColumns, delimiter } =
    content.reading;
  const { notAsked = [] } = content;
  const doubts = doubtsOf(content.reading, notAsked);
  const report: FileAssessment = {
    kind: 'assessed',
    file: fileOf(name, content.reading),
    pack: { id, version, hash },
    ...(delimiter === null ? {} : { delimiter }),
    captions: captions.length,
    rows,
    brokenRows,
    brokenCharacters,
    ...(uncalculated === undefined ? {} : { uncalculated }),
    duplicateColumns,
    unnamedColumns,
    doubts,
    ...(notAsked.length === 0 ? {} : { notAsked }),
    columns,
    verdict: answer,
    risk: notAssessed('time-up'),
    lowering: [],
    replayHash: sha256(replayText(facts, compiled, answer)),
    exitCode: exitCodeOf(answer, doubts),
  };
  return report;
}

/** The report with what was measured of its risk, which may ask for a person. */
export function withRisk(report: FileAssessment, measured: Pick<FileAssessment, 'risk' | 'lowering'>): FileAssessment {
  const doubts = doubtsOf({ ...report, risk: measured.risk }, report.notAsked);
  return { ...report, ...measured, doubts, exitCode: exitCodeOf(report.verdict, doubts) };
}
