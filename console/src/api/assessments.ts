import type { Page, Tier, Wording } from './types';

/** Assessments as the API answers them, with the evidence behind them and the sheets they travel on. */

export interface AssessmentRule {
  readonly id: string;
  readonly pack: string;
  readonly version: number;
  readonly reason: string;
  readonly text: Wording;
  readonly source: Wording;
  readonly verified: boolean;
  readonly inputs: readonly { readonly item?: string }[];
}
export interface Finding {
  readonly type: string;
  readonly matchedFraction: number;
  readonly sampleSize: number;
}
export interface Verdict {
  readonly tier: Tier;
  readonly proposed?: Tier | null;
  readonly declared?: Tier | null;
  readonly floor?: Tier;
  readonly abstained: boolean;
  readonly confidence: number;
}
export interface Content {
  readonly origin: 'sample' | 'report';
  readonly verified: 'yes' | 'no';
  readonly fileHash: string;
  readonly encoding?: string;
  readonly rows: number;
  readonly brokenRows: number;
  readonly brokenCharacters: number;
  readonly doubts: readonly string[];
  readonly columns: readonly { readonly name: string; readonly item: string; readonly sampleSize: number }[];
}
export interface SampleProgress {
  readonly phase: 'waiting' | 'reading' | 'measuring' | 'judging';
  readonly share: number | null;
}
export interface SampleFailure {
  readonly code: string;
  readonly remedy: string;
}
export interface Sample {
  readonly id: string;
  readonly dataset: string;
  readonly state: string;
}
/** A figure, or why there is none. */
export type Figured<T> =
  | (T & { readonly status: 'assessed' })
  | { readonly status: 'not-assessed'; readonly reason: string };
export interface RiskSet {
  readonly columns: readonly string[];
  readonly figures: Figured<{
    readonly records: number;
    readonly suppressed: number;
    readonly classes: number;
    readonly k: number;
    readonly average: number;
    readonly highest: number;
    readonly atRisk: number;
    readonly uniqueness: number;
  }>;
  readonly diversity: readonly {
    readonly attribute: string;
    readonly diversity: Figured<{ readonly l: number; readonly homogeneous: number }>;
  }[];
  readonly uniques: Figured<{
    readonly contributions: readonly { readonly column: string; readonly share: number }[];
  }>;
}
export type Risk = Figured<{ readonly least: number; readonly sets: readonly RiskSet[] }>;
export type Coarser =
  | { readonly by: 'year' | 'decade' }
  | { readonly by: 'band'; readonly width: number }
  | { readonly by: 'prefix'; readonly length: number };
export type LoweringStep =
  | { readonly kind: 'drop'; readonly column: string }
  | { readonly kind: 'mask'; readonly column: string; readonly first: number; readonly last: number }
  | { readonly kind: 'generalise'; readonly column: string; readonly to: Coarser }
  | { readonly kind: 'withhold'; readonly columns: readonly string[]; readonly least: number };
export interface BeforeOrAfter {
  readonly columns: readonly string[];
  readonly figures: RiskSet['figures'];
}
export interface Ground {
  readonly rule: string;
  readonly items: readonly string[];
}
export interface Lowers {
  readonly status: 'lowers';
  readonly from: Tier;
  readonly to: Tier;
  readonly steps: readonly LoweringStep[];
  readonly before: BeforeOrAfter;
  readonly after: BeforeOrAfter;
  readonly informationKept: number;
  readonly withheld: number;
  readonly search: 'complete' | 'local';
  readonly remaining: readonly Ground[];
}
/** What would lower the tier, as it was computed and tried on the data; or why nothing would. */
export type LoweringAdvice =
  | Lowers
  | {
      readonly status: 'none';
      readonly from: Tier;
      readonly reason: 'whole-record' | 'still-demanded' | 'nothing-left' | 'not-measured';
      readonly detail?: string;
      readonly remaining: readonly Ground[];
    };
/** What somebody said for a tier. */
export interface Said {
  readonly by: string;
  readonly reason: string | null;
  readonly legalBasis: string | null;
  readonly evidence: string | null;
}
export interface Assessment {
  readonly id: string;
  readonly dataset: string;
  readonly datasetTitle: Wording;
  readonly publisher: string;
  readonly state: string;
  readonly group: string;
  /** Null while a file is read, and where it gave no assessment. */
  readonly verdict: Verdict | null;
  readonly content: Content | null;
  readonly progress: SampleProgress | null;
  readonly failure: SampleFailure | null;
  readonly risk: Risk;
  readonly lowering: readonly LoweringAdvice[];
  readonly items: readonly {
    readonly name: string;
    readonly tier: Tier;
    /** Its tier once what is proposed is confirmed, where that is another one. */
    readonly proposed?: Tier;
    readonly findings: readonly Finding[];
  }[];
  /** What could be asked for alone once the proposed tier is confirmed. */
  readonly milder?: { readonly open: readonly string[]; readonly conditional: readonly string[] };
  readonly rules: readonly AssessmentRule[];
  readonly issues: readonly { readonly code: string; readonly text: Wording; readonly detail?: string }[];
  readonly proposal: (Said & { readonly objection: string | null }) | null;
  readonly decision?: Said | null;
  /** Who proposed and who decided, by name. */
  readonly people?: readonly { readonly id: string; readonly name: string }[];
  readonly replayHash: string;
  readonly createdAt: string;
  readonly decidedAt?: string | null;
  readonly allowedCommands: readonly string[];
  readonly etag: string;
}
export interface AssessmentGroup {
  readonly group: string;
  readonly count: number;
  readonly sample: string;
}
export interface GroupRule {
  readonly rule: AssessmentRule;
  readonly grounds: readonly { readonly value: string; readonly records: number }[];
  readonly different: number;
}
export interface LookFirst {
  readonly id: string;
  readonly dataset: string;
  readonly datasetTitle: Wording;
  readonly tier: Tier;
  readonly reasons: readonly string[];
  readonly ground: string | null;
}
/** Items that may be asked for alone once a group is confirmed, by name, with how many of its records have each. */
export interface MilderOfGroup {
  readonly records: number;
  readonly items: readonly { readonly value: string; readonly records: number }[];
  /** Of all names; not all are listed. */
  readonly different: number;
}
export interface AssessmentGroupDetail {
  readonly group: string;
  readonly count: number;
  readonly publisher: string;
  readonly verdict: Verdict;
  readonly rules: readonly GroupRule[];
  readonly issues: readonly { readonly code: string; readonly text: Wording }[];
  readonly first: readonly LookFirst[];
  readonly milder: { readonly open: MilderOfGroup; readonly conditional: MilderOfGroup };
  readonly allowedCommands: readonly string[];
  /** Of exactly these records as they are. */
  readonly etag: string;
}
/** A record among others that read alike. */
export interface AlikeMember {
  readonly id: string;
  readonly dataset: string;
  readonly datasetTitle: Wording;
  readonly abstract: Wording;
  readonly tier: Tier;
  readonly rights: string | null;
  readonly decidable: boolean;
}
export interface AlikeSet {
  readonly words: readonly string[];
  readonly members: readonly AlikeMember[];
}
export interface Alike {
  readonly group: string;
  readonly count: number;
  readonly publisher: string;
  readonly sets: readonly AlikeSet[];
}
export interface WorksheetRow {
  readonly row: number;
  readonly dataset: string;
  readonly outcome: string;
  readonly tier: Tier | null;
  readonly assessment: string | null;
  readonly code: string | null;
  readonly title: string | null;
  readonly remedy: string | null;
}
export interface WorksheetReport {
  readonly proposed: number;
  readonly blank: number;
  readonly refused: number;
  readonly rows: readonly WorksheetRow[];
}
export interface AssessmentPage extends Page<Assessment> {
  readonly groups: readonly AssessmentGroup[];
}
