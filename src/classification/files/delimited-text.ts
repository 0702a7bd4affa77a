/** Characters with which a spreadsheet begins a formula. */
const FORMULA = /^[=+\-@\t\r]/u;
const PLAIN_NUMBER = /^[+-]?\d+(?:[.,]\d+)*(?:[eE][+-]?\d+)?%?$/u;

/** True for a cell that a spreadsheet would calculate instead of showing it. */
export const isFormula = (cell: string): boolean => FORMULA.test(cell) && !PLAIN_NUMBER.test(cell);

/** The cell as text whatever a spreadsheet makes of it: a formula gets the apostrophe that keeps it a text. */
export const harmless = (cell: string): string => (isFormula(cell) ? `'${cell}` : cell);

/** One record of delimited text (RFC 4180) with its line end; formulas are made harmless. */
export function recordOf(cells: readonly string[], delimiter: string): string {
  const written = cells.map((cell) => {
    const text = harmless(cell);
    return /["\r\n]/u.test(text) || text.includes(delimiter) ? `"${text.replaceAll('"', '""')}"` : text;
  });
  return `${written.join(delimiter)}\r\n`;
}
