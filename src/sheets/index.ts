/** Sheets that leave the product, as workbooks, as text and on paper. */
export { CSV, csvCell, csvOf } from './csv.js';
export type { Letter, LetterPart } from './letter.js';
export { letterOf, papersAreBusy, paperOf } from './pdf.js';
export { inBoth, MARKS_SHEET, PDF, type Sheet, type SheetCell, type SheetColumn, SIGNATURES, XLSX } from './sheet.js';
export { workbooksAreBusy, xlsxOf } from './xlsx.js';
