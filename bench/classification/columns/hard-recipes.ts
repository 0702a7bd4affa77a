import * as made from './made-up.js';
import type { Random } from './made-up.js';

/** How hard columns are made: cells at random, in the forms in which the same value reaches a table. */
export type Cell = (random: Random) => string;
export interface Recipe {
  readonly types: readonly string[];
  readonly trap: string;
  readonly headings: readonly string[];
  readonly cell: Cell;
  /** Least cells of such a column; the meaning of few cells is open. */
  readonly least?: number;
}

/** Headings that say nothing of the content. */
export const SILENT = ['c1', '字段3', '备用', 'value', 'F07'];

/** Ways in which the same value reaches a table. */
export const FORMS: readonly (readonly [string, (text: string) => string])[] = [
  ['as it is', (text) => text],
  ['full-width', made.wide],
  ['outer blanks', (text) => ` ${text}\u3000`],
  ['guarded by a spreadsheet', (text) => `="${text}"`],
  ['with an apostrophe', (text) => `'${text}`],
  ['with invisible characters', (text) => `${text.slice(0, 3)}\u200b${text.slice(3)}`],
];

export const inForms = (types: readonly string[], headings: readonly string[], cell: Cell): Recipe[] =>
  FORMS.map(([trap, form]) => ({ types, trap, headings, cell: (random) => form(cell(random)) }));

/** Most cells are empty words, as in columns that are filled in by choice. */
export const sparse =
  (cell: Cell, oneIn: number): Cell =>
  (random) =>
    random(oneIn) === 0 ? cell(random) : made.pick(random, ['无', '/', '-', '暂无']);
export const either =
  (...cells: readonly Cell[]): Cell =>
  (random) =>
    made.pick(random, cells)(random);

export const year = (random: Random): string => `20${10 + random(16)}`;
export const day = (random: Random): string =>
  `${year(random)}${String(1 + random(12)).padStart(2, '0')}${String(1 + random(28)).padStart(2, '0')}`;
