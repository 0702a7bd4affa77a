import { captionsOf, HEAD, headerOf, isHeaderless, widened } from './header.js';
import { LIMITS } from './limits.js';
import { PLAIN, type Reading } from './reading.js';
import type { Counts, RowSink, TableFault } from './rows.js';

/** Takes records as they come, finds the header among the first of them, and hands on what follows as rows. */
export class HeadedRows {
  /** What the head says of the table. */
  said: Pick<Reading, 'captions' | 'duplicateColumns' | 'unnamedColumns'> = PLAIN;
  private width = -1;
  private taken = 0;
  private head: (readonly string[])[] = [];

  constructor(
    private readonly counts: Counts,
    private readonly sink: RowSink,
    private readonly withHeader: boolean,
    /** `padded`: a row may leave out the empty cells at its end. */
    private readonly kind: 'exact' | 'padded' = 'exact',
  ) {}

  take(cells: readonly string[]): TableFault | null | Promise<TableFault | null> {
    if (this.width >= 0) return this.row(cells)?.then(() => null) ?? null;
    if (cells.length > LIMITS.columns)
      return { code: 'too-many-columns', detail: `${cells.length} columns, at most ${LIMITS.columns}` };
    this.head.push(cells);
    return this.head.length < HEAD ? null : this.begin();
  }

  /** Call after the last record. A record alone is no header. */
  async end(): Promise<TableFault | null> {
    if (this.width < 0 && this.withHeader && this.head.length === 1) this.said = { ...PLAIN, captions: this.head };
    else if (this.width < 0) {
      const fault = await this.begin();
      if (fault !== null) return fault;
    }
    return this.taken > 0 ? null : { code: 'no-rows', detail: 'there is no row of data' };
  }

  private async begin(): Promise<TableFault | null> {
    const records = this.head.splice(0);
    const above = this.withHeader ? captionsOf(records) : 0;
    const first = records[above];
    if (first === undefined) return null;
    if (this.withHeader && isHeaderless(first)) return { code: 'no-header', detail: 'the first line looks like data' };
    const rows = records.slice(above + (this.withHeader ? 1 : 0));
    const { names, duplicates, unnamed } = headerOf(this.withHeader ? widened(first, rows) : first.map(() => ''));
    this.said = { captions: records.slice(0, above), duplicateColumns: duplicates, unnamedColumns: unnamed };
    this.width = names.length;
    for (const name of names) this.sink.column(name);
    for (const cells of rows) await this.row(cells);
    return null;
  }

  private row(cells: readonly string[]): void | Promise<void> {
    this.counts.rows += 1;
    this.taken += 1;
    if (this.kind === 'padded' ? cells.length > this.width : cells.length !== this.width) this.counts.brokenRows += 1;
    return this.sink.row(cells);
  }
}
