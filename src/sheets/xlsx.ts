import { Line, madeApart, PATIENCE, type Patience } from './apart.js';
import type { Sheet } from './sheet.js';

const line = new Line();

/** Whether so many wait for their workbook that one more is better refused. */
export const workbooksAreBusy = (): boolean => line.isLong;

/** The sheet as a workbook, written as its rows are read. The same rows give the same bytes. */
export const xlsxOf = ({ rows, ...head }: Sheet, patience: Patience = PATIENCE): AsyncGenerator<Uint8Array> =>
  madeApart({ line, job: { as: 'workbook', head }, rows }, patience);
