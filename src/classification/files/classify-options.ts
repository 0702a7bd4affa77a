import type { Text } from '../../kernel/text.js';
import type { Tier } from '../../kernel/tier.js';
import type { CompiledPack } from '../domain/compiled.js';
import { requirePacks } from '../packs/load.js';
import type { Allowance } from '../reader/limits.js';
import type { FileAssessment } from './report.js';

/** What the publisher says of a table, by which rules it is judged, and how long that may take. */
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
  /** Told once tier and reasons stand: risk and advice are measured after that and change neither. */
  readonly onVerdict?: (report: FileAssessment) => void;
  /** Time, cancellation and progress of the reading. */
  readonly allowance?: Allowance;
  /** A compiled pack to use instead of one on disk (tests, rehearsals). */
  readonly compiled?: CompiledPack;
}

/** A rule pack or a column of that name is not there; says which are. */
export class UnknownName extends RangeError {
  constructor(readonly text: Text) {
    super(text.en);
  }
}

/** The pack to judge by; throws `UnknownName` where it is not installed. */
export const compiledOf = ({ compiled, pack = 'cn-shanghai' }: ClassifyOptions): CompiledPack => {
  if (compiled !== undefined) return compiled;
  const packs = requirePacks();
  const found = packs.current(pack);
  const known = packs.inForce.map(({ pack: { id } }) => id).join(', ');
  if (found === null)
    throw new UnknownName({
      en: `there is no rule pack "${pack}"; there are ${known}`,
      zh: `没有规则包“${pack}”；现有：${known}`,
    });
  return found;
};
/** Milliseconds for risk and advice, unless the caller allows another time. */
export const RISK_BUDGET = 30_000;
