/** Why a source gives no table. Stable codes; `detail` holds no text of the source. */
export interface TableFault {
  readonly code:
    | 'not-found'
    | 'empty-file'
    | 'binary-file'
    | 'not-a-table'
    | 'no-header'
    | 'no-rows'
    | 'record-too-long'
    | 'broken-quoting'
    | 'broken-json'
    | 'broken-workbook'
    | 'broken-parquet'
    | 'archive-bomb'
    | 'no-such-sheet'
    | 'no-such-column'
    | 'no-such-table'
    | 'no-connection'
    | 'not-answered'
    | 'too-many-columns'
    | 'changed-while-read'
    | 'time-up'
    | 'out-of-memory'
    | 'state-secret';
  readonly detail: string;
}

/** What a reading counts on its way. */
export interface Counts {
  rows: number;
  /** Rows whose number of cells is not that of the header. */
  brokenRows: number;
  /** Characters that the encoding could not read. */
  brokenCharacters: number;
  /** Formulas of a workbook that were never calculated: what they come to is not in the file. */
  uncalculated?: number;
}

/**
 * Takes a table as it is read: each column when it is known, then row by row, every cell as text; a cell that is not there
 * is empty or missing. A promise holds the reading up until it is done.
 */
export interface RowSink {
  column(name: string): void;
  row(cells: readonly string[]): void | Promise<void>;
}

/** Hands one reading to several. */
export function shared(sinks: readonly RowSink[]): RowSink {
  return {
    column: (name) => {
      for (const sink of sinks) sink.column(name);
    },
    row: (cells) => {
      const waits = sinks.flatMap((sink) => sink.row(cells) ?? []);
      return waits.length === 0 ? undefined : Promise.all(waits).then(() => undefined);
    },
  };
}
