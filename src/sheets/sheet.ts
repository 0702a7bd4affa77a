import type { Text } from '../kernel/text.js';

/** The media type of a workbook. */
export const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** The media type of a paper. */
export const PDF = 'application/pdf';

/** Name of the hidden sheet with the marks. */
export const MARKS_SHEET = 'tiergate';

/** One column of a sheet that leaves the product. */
export interface SheetColumn {
  readonly heading: Text;
  /** Characters that fit side by side; Chinese ones take two. */
  readonly width: number;
  /** `entry`: to be filled in; `hidden`: for the way back, not for people. */
  readonly kind?: 'entry' | 'hidden';
  /** The values an entry may take. */
  readonly choices?: readonly string[];
}

export type SheetCell = string | number | null;

/** A sheet as it leaves, row by row; nothing holds all of it. */
export interface Sheet {
  readonly title: Text;
  /** Lines under the title on paper, and on a sheet of their own in a workbook. */
  readonly notes: readonly Text[];
  readonly columns: readonly SheetColumn[];
  readonly rows: AsyncIterable<readonly SheetCell[]>;
  /** Who signs what, and where the seal and the date go; in this order, under the last row. */
  readonly signatures?: readonly Text[];
  /** Marks that the way back reads: names and values on a hidden sheet. */
  readonly marks?: Readonly<Record<string, string>>;
}

/** Both languages of a heading, one under the other. */
export const inBoth = ({ zh, en }: Text): string => [zh, en].filter((text) => (text ?? '') !== '').join('\n');

/** Places to sign on what a body issues. */
export const SIGNATURES: readonly Text[] = [
  { zh: '负责人（签字）', en: 'Head (signature)' },
  { zh: '单位（盖章）', en: 'Seal of the body' },
  { zh: '日期', en: 'Date' },
];
