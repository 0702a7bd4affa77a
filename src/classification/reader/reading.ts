import type { Watch } from './limits.js';
import type { Counts, RowSink } from './rows.js';
import type { SourceFile } from './source-file.js';
import type { Mark } from './text-pieces.js';

/** A file to read as a table. */
export interface Source {
  readonly path: string;
  /** False when the first record is data already. */
  readonly header?: boolean;
  /** The only sheet of a workbook to read, by name or by its place from 1; all of them without it. */
  readonly sheet?: string;
}

export type Format = 'csv' | 'json' | 'ndjson' | 'xlsx' | 'parquet' | 'database';

/** What was read, and how: counts and names of columns, never a cell but those above the header. */
export interface Reading extends Readonly<Counts> {
  readonly format: Format;
  readonly sha256: string;
  readonly bytes: number;
  /** Of its text; null where the format has one of its own. */
  readonly encoding: string | null;
  /** Between the cells of a line; null where lines have none. */
  readonly delimiter: string | null;
  /** Names of the sheets that were read. */
  readonly sheets: readonly string[];
  /** What only captions the table: records above the header, what stands around the records. */
  readonly captions: readonly (readonly string[])[];
  readonly duplicateColumns: readonly string[];
  /** Positions, from 1. */
  readonly unnamedColumns: readonly number[];
}

/** What a reader of one format is given. */
export interface Task {
  readonly file: SourceFile;
  readonly source: Source;
  readonly sink: RowSink;
  readonly mark: Mark;
  readonly watch: Watch;
  readonly memory: string | undefined;
}

/** What a format has nothing to say of. */
export const PLAIN = {
  encoding: null,
  delimiter: null,
  sheets: [],
  captions: [],
  duplicateColumns: [],
  unnamedColumns: [],
};
