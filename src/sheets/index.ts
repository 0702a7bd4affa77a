/** Sheets that leave the product, as workbooks and on paper. */
export { inBoth, type Sheet, type SheetCell, type SheetColumn } from './sheet.js';
export { MARKS_SHEET, XLSX, xlsxOf } from './xlsx.js';
