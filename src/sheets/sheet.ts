import type { Text } from '../kernel/text.js';

/** The media type of a workbook. */
export const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

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
  /** Marks that the way back reads: names and values on a hidden sheet. */
  readonly marks?: Readonly<Record<string, string>>;
}

/** Both languages of a heading, one under the other. */
export const inBoth = ({ zh, en }: Text): string => [zh, en].filter((text) => (text ?? '') !== '').join('\n');
