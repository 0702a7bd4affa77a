import { changed, type Change } from '../domain/lowering/change.js';
import type { Step } from '../domain/lowering/steps.js';
import type { RowSink } from '../reader/rows.js';

/** Hands on some columns of a table that was read before, so that no more of it is kept than is asked about. */
export function someColumns(all: readonly string[], wanted: readonly string[], sink: RowSink): RowSink {
  const at = wanted.map((name) => all.indexOf(name));
  for (const name of wanted) sink.column(name);
  return { column: () => undefined, row: (cells) => sink.row(at.map((index) => cells[index] ?? '')) };
}

/** Hands on a table that was read before as it is after the steps, but for what is withheld as rare. */
export function changedRows(all: readonly string[], steps: readonly Step[], sink: RowSink): RowSink {
  const change: Change = changed(all, steps);
  for (const name of change.columns) sink.column(name);
  return { column: () => undefined, row: (cells) => sink.row(change.row(cells)) };
}
