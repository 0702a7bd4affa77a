/**
 * How a value is made coarser. `year`, `decade`: of a date that begins with its year. `band`: a number's interval of this
 * width. `prefix`: the first characters. What does not read as a date or number is withheld.
 */
export type Coarser =
  | { readonly by: 'year' | 'decade' }
  | { readonly by: 'band'; readonly width: number }
  | { readonly by: 'prefix'; readonly length: number };

/**
 * One change to a table. `drop`: the column goes. `mask`: all but the named first and last characters become `*`.
 * `generalise`: values become coarser. `withhold`: `*` in these columns of records whose values in them fewer than
 * `least` records share; counted after all other steps.
 */
export type Step =
  | { readonly kind: 'drop'; readonly column: string }
  | { readonly kind: 'mask'; readonly column: string; readonly first: number; readonly last: number }
  | { readonly kind: 'generalise'; readonly column: string; readonly to: Coarser }
  | { readonly kind: 'withhold'; readonly columns: readonly string[]; readonly least: number };

/** Columns a step touches. */
export const touchedBy = (step: Step): readonly string[] => ('columns' in step ? step.columns : [step.column]);

/** Written where a value is withheld. */
export const WITHHELD = '*';

/** A date with its year first: 1980-05-01, 1980/5/1, 1980.05.01, 19800501, 1980年5月1日. One pattern for every database. */
export const DATE = '^[12][0-9][0-9][0-9]([-/.年]|[0-9][0-9][0-9][0-9]$|$)';
/** A number as tables write it, with at most 15 digits, so that it is exact everywhere. */
export const NUMBER = '^-?[0-9]{1,12}([.][0-9]{1,3})?$';

const [date, number] = [new RegExp(DATE, 'u'), new RegExp(NUMBER, 'u')];
const firstOf = (cell: string, length: number): string => [...cell].slice(0, length).join('');

function bandOf(cell: string, width: number): string {
  if (!number.test(cell)) return WITHHELD;
  const from = Math.floor(Number(cell) / width) * width;
  return width === 1 ? `${from}` : `${from}..<${from + width}`;
}

/** The value a cell has afterwards; an empty one stays empty. */
export function coarser(cell: string, to: Coarser): string {
  if (cell === '') return '';
  switch (to.by) {
    case 'year':
      return date.test(cell) ? firstOf(cell, 4) : WITHHELD;
    case 'decade':
      return date.test(cell) ? `${firstOf(cell, 3)}0s` : WITHHELD;
    case 'band':
      return bandOf(cell, to.width);
    case 'prefix':
      return firstOf(cell, to.length);
    default:
      return to satisfies never;
  }
}

/** All but the first and last characters become `*`; where those would leave nothing hidden, all of it does. */
export function masked(cell: string, first: number, last: number): string {
  const characters = [...cell];
  if (cell === '') return '';
  if (first + last >= characters.length) return WITHHELD.repeat(characters.length);
  return characters.map((char, at) => (at < first || at >= characters.length - last ? char : WITHHELD)).join('');
}
