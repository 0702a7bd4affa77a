import { Line, madeApart, PATIENCE, type Patience } from './apart.js';
import type { Letter } from './letter.js';
import type { Sheet, SheetCell } from './sheet.js';

const line = new Line();

/** Whether so many wait for their paper that one more is better refused. */
export const papersAreBusy = (): boolean => line.isLong;

/** The sheet on paper, as PDF, laid out as its rows are read. The same rows give the same bytes. */
export const paperOf = (
  { title, notes, columns, signatures = [], rows }: Sheet,
  patience: Patience = PATIENCE,
): AsyncGenerator<Uint8Array> =>
  madeApart({ line, job: { as: 'paper', head: { title, notes, columns, signatures } }, rows }, patience);

async function* noRows(): AsyncGenerator<readonly SheetCell[]> {}

/** The letter on paper, as PDF. The same letter gives the same bytes. */
export const letterOf = (letter: Letter, patience: Patience = PATIENCE): AsyncGenerator<Uint8Array> =>
  madeApart({ line, job: { as: 'letter', letter }, rows: noRows() }, patience);
