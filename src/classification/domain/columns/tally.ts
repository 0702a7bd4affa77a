/** What was counted in one column: numbers only, so that nothing raw can leave. */
export interface ColumnTally {
  readonly item: string;
  /** Non-empty cells read. */
  readonly sampleSize: number;
  /** Cells that each way's validator accepts, in the order of `ColumnRules.ways`. */
  readonly matches: readonly number[];
  /** Cells that have the shape, whether or not the check holds; equal to `matches` where there is no check. */
  readonly candidates: readonly number[];
}
