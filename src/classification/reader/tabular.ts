/** A column of a table: its name as people read it, and what stands for it in SQL. */
export interface TabularColumn {
  readonly name: string;
  /** A quoted identifier of our own making, never text of the file. */
  readonly sql: string;
  /**
   * A value in SQL that is the same exactly where the texts are the same: of a source that keeps whole numbers or days as
   * such. Groups form by it several times faster than by text.
   */
  readonly exact?: string;
}

/** What a counting question answers: numbers come as numbers, also where they were counted in 64 bits. */
export type Answered = Readonly<Record<string, string | number | null>>;

/**
 * A table that is asked by SQL where it lies: a file loaded into a private database in memory, or a table inside the
 * department's own server. Every cell is text. Only counts and shares leave it; who writes a question sees to that.
 */
export interface Tabular {
  readonly dialect: 'duckdb' | 'mysql';
  readonly rows: number;
  readonly columns: readonly TabularColumn[];
  /** What stands after FROM. */
  readonly relation: string;
  /** Runs a question; throws `TimeUp` when the budget is spent and `AbortError` when it was cancelled. */
  ask<Row extends Answered>(sql: string): Promise<readonly Row[]>;
  close(): Promise<void>;
}
