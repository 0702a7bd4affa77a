import type { SheetColumn } from '../sheet.js';

/** A4 across, in points; what stands on it keeps clear of the edges and of the page number. */
export const PAGE = { width: 841.89, height: 595.28, side: 26, top: 26, bottom: 36 } as const;
export const INNER = PAGE.width - 2 * PAGE.side;
/** Where a table ends at the latest. */
export const FLOOR = PAGE.height - PAGE.bottom;

/** Size of the text of cells, from one line to the next, and the room around it. */
export const CELL = { size: 7.5, leading: 10, across: 2.2, down: 2.5 } as const;
/** No column is narrower, however little it was meant to hold. */
const NARROWEST = 26;

/** Where a column stands. */
export interface Place {
  readonly x: number;
  readonly width: number;
}

/** Columns side by side over the whole width, in proportion to what they were meant to hold. */
export function placesOf(columns: readonly SheetColumn[]): Place[] {
  const asked = columns.map(({ width }) => width);
  const perUnit = INNER / asked.reduce((sum, width) => sum + width, 0);
  const narrow = asked.filter((width) => width * perUnit < NARROWEST);
  const rest = asked.reduce((sum, width) => sum + width, 0) - narrow.reduce((sum, width) => sum + width, 0);
  const left = Math.max(0, INNER - narrow.length * NARROWEST);
  const widths = asked.map((width) => (width * perUnit < NARROWEST ? NARROWEST : (width / rest) * left));
  let x = PAGE.side;
  return widths.map((width) => {
    const place = { x, width };
    x += width;
    return place;
  });
}

export const heightOf = (lines: number): number => lines * CELL.leading + 2 * CELL.down;
/** Lines that a row may have in so much room. */
export const linesIn = (room: number): number => Math.floor((room - 2 * CELL.down) / CELL.leading);
