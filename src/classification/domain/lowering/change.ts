import { coarser, masked, type Step, touchedBy, WITHHELD } from './steps.js';

type Cells = readonly string[];
/** What becomes of one column: where it stood, and each cell's new text. */
interface Kept {
  readonly name: string;
  readonly from: number;
  readonly change: (cell: string) => string;
}

/** A group of columns in which rare combinations are withheld; positions are those of the new table. */
interface Withholding {
  readonly at: readonly number[];
  readonly least: number;
}

/** Steps made ready for the columns of one table. */
export interface Change {
  /** Names of the columns that stay, in their order. */
  readonly columns: readonly string[];
  readonly withholdings: readonly Withholding[];
  /** The row afterwards, before anything rare is withheld. */
  row(cells: Cells): string[];
}

function changeOf(steps: readonly Step[], column: string): (cell: string) => string {
  const own = steps.filter((step) => step.kind !== 'withhold' && step.column === column);
  return (cell) =>
    own.reduce((text, step) => {
      if (step.kind === 'generalise') return coarser(text, step.to);
      return step.kind === 'mask' ? masked(text, step.first, step.last) : text;
    }, cell);
}

/** Columns that steps name and the table does not have. */
export const unknownTo = (columns: readonly string[], steps: readonly Step[]): string[] => [
  ...new Set(steps.flatMap(touchedBy).filter((name) => !columns.includes(name))),
];

/** Makes steps ready. A dropped column takes no part in withholding. Columns must be known, see {@link unknownTo}. */
export function changed(columns: readonly string[], steps: readonly Step[]): Change {
  const dropped = new Set(steps.flatMap((step) => (step.kind === 'drop' ? [step.column] : [])));
  const kept: Kept[] = columns.flatMap((name, from) =>
    dropped.has(name) ? [] : [{ name, from, change: changeOf(steps, name) }],
  );
  const withholdings = steps.flatMap((step) => {
    if (step.kind !== 'withhold') return [];
    const at = step.columns.flatMap((name) => kept.flatMap((column, index) => (column.name === name ? [index] : [])));
    return at.length === 0 ? [] : [{ at, least: step.least }];
  });
  return {
    columns: kept.map(({ name }) => name),
    withholdings,
    row: (cells) => kept.map(({ from, change }) => change(cells[from] ?? '')),
  };
}

/** What names the combination of a row in a group of columns. */
export const combinationOf = (row: Cells, at: readonly number[]): string =>
  JSON.stringify(at.map((index) => row[index]));

/** The row with a rare combination withheld. */
export function withheldIn(row: Cells, { at }: Withholding): string[] {
  const hidden = new Set(at);
  return row.map((cell, index) => (hidden.has(index) ? WITHHELD : cell));
}
