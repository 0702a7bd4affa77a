import type { Sheet } from './sheet.js';

/** Sheets that leave the product, as workbooks, as text and on paper. */
export { CSV, csvCell, csvOf } from './csv.js';
export type { Letter, LetterPart } from './letter.js';
export { letterOf, papersAreBusy, paperOf } from './pdf.js';
export { inBoth, MARKS_SHEET, PDF, type Sheet, type SheetCell, type SheetColumn, SIGNATURES, XLSX } from './sheet.js';

/** The sheet as a workbook. What writes workbooks takes long to load, and is loaded with the first. */
export async function* xlsxOf(sheet: Sheet): AsyncGenerator<Uint8Array> {
  const { workbookOf } = await import('./xlsx.js');
  yield* workbookOf(sheet);
}
