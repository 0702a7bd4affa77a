/** Why a figure is missing. A missing figure is never replaced by a default. */
export const NOT_ASSESSED = [
  'no-content',
  'no-quasi-identifiers',
  'no-records',
  'nothing-shared',
  'same-file',
  'all-suppressed',
  'too-many-columns',
  'unknown-column',
  'time-up',
  'cancelled',
  'out-of-memory',
  'changed',
] as const;
export interface NotAssessed {
  readonly status: 'not-assessed';
  readonly reason: (typeof NOT_ASSESSED)[number];
}

/**
 * How far one set of quasi-identifiers singles records out; exact counts. Records with equal values in the set form a
 * class; a missing value is a value of its own. Records in which every column of the set is `*` are counted apart.
 */
export interface Figures {
  readonly status: 'assessed';
  /** Records that were judged, without the suppressed ones. */
  readonly records: number;
  /** Records in which every column of the set is `*`. */
  readonly suppressed: number;
  readonly classes: number;
  /** Size of the smallest class. */
  readonly k: number;
  /** Classes over records: the share a marketer who guesses in every class would hit. */
  readonly average: number;
  /** 1 over k: the risk of the most exposed record, for someone who knows that it is in the table. */
  readonly highest: number;
  /** Share of records in classes smaller than `least` of the whole assessment. */
  readonly atRisk: number;
  /** Share of records that are alone in their class. */
  readonly uniqueness: number;
}

/** How varied a sensitive attribute is inside the classes. */
export interface Diversity {
  readonly status: 'assessed';
  /** Least number of different values in one class; a missing value counts as one. */
  readonly l: number;
  /** Share of records in classes where all have the same value: membership tells the attribute. */
  readonly homogeneous: number;
}
export interface DiversityOf {
  readonly attribute: string;
  readonly diversity: Diversity | NotAssessed;
}

/** Records that are alone by these columns and by none fewer of them. */
export interface UniqueBy {
  readonly columns: readonly string[];
  readonly records: number;
}
export interface Contribution {
  readonly column: string;
  /** Share of the weight of all minimal unique sets that this column is part of, 0 to 1; shares overlap. */
  readonly share: number;
}

/** What makes records unique: the smallest sets of columns that do it, and each column's part. */
export interface MinimalUniques {
  readonly status: 'assessed';
  /** Largest size of sets that were looked at completely. */
  readonly searchedTo: number;
  /** Why larger sets were not looked at; null when none of them can hold a minimal one. */
  readonly stopped: 'size-limit' | NotAssessed['reason'] | null;
  readonly sets: readonly UniqueBy[];
  readonly contributions: readonly Contribution[];
}

export interface RiskOfSet {
  readonly columns: readonly string[];
  readonly figures: Figures | NotAssessed;
  readonly diversity: readonly DiversityOf[];
  readonly uniques: MinimalUniques | NotAssessed;
}

/** Columns or attributes over the limits, so that silence about them is not taken for harmlessness. */
export interface NotSearched {
  readonly what: 'columns' | 'attributes';
  readonly reason: 'too-many-columns';
  readonly names: readonly string[];
}

/**
 * Risk of re-identification of a table. Plain data, without a value of the table. Absent knowledge is stated: columns that
 * nobody recognised as quasi-identifiers are not part of any figure.
 */
export interface AssessedRisk {
  readonly status: 'assessed';
  /** Who named the quasi-identifiers: the findings of the engine, or the caller. */
  readonly origin: 'findings' | 'named';
  /** Classes smaller than this count as at risk. */
  readonly least: number;
  readonly sets: readonly RiskOfSet[];
  readonly notSearched: readonly NotSearched[];
}
export type Risk = AssessedRisk | NotAssessed;

export const notAssessed = (reason: NotAssessed['reason']): NotAssessed => ({ status: 'not-assessed', reason });

/** Smallest class that does not count as at risk, unless the caller says otherwise: at most one in five is singled out. */
export const LEAST = 5;
