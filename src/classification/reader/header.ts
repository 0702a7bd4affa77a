import { isBankCard, isCreditCode, isResidentId } from '../domain/columns/checksums.js';

/** What the first record says of itself. */
export interface Header {
  readonly names: readonly string[];
  readonly duplicates: readonly string[];
  /** Positions, from 1, of columns without a name. */
  readonly unnamed: readonly number[];
}

const NUMBER = /^[+-]?[\d,]+(?:\.\d+)?%?$/;
const looksLikeData = (cell: string): boolean =>
  isResidentId(cell) ||
  isCreditCode(cell) ||
  isBankCard(cell) ||
  /^1[3-9]\d{9}$/.test(cell) ||
  /^[^\s@]+@[^\s@]+\.\w+$/.test(cell);

/** True when the first record is a row of data: nothing but numbers and blanks, or a cell that names a person. */
export function isHeaderless(cells: readonly string[]): boolean {
  const filled = cells.map((cell) => cell.trim()).filter((cell) => cell !== '');
  return filled.every((cell) => NUMBER.test(cell)) || filled.some(looksLikeData);
}

/** How many of the first records are looked at for where the header is. */
export const HEAD = 10;

/**
 * How many records above the header only caption the table (its title, who filled it in, `sep=;`): at most half
 * as many cells are filled there as in most records. 0 where that row would be data.
 */
export function captionsOf(records: readonly (readonly string[])[]): number {
  const filled = records.map((cells) => cells.filter((cell) => cell.trim() !== '').length);
  const usual = [...filled].sort((a, b) => a - b)[Math.floor(filled.length / 2)] ?? 0;
  const at = filled.findIndex((count) => count > usual / 2);
  return at < 1 || usual < 2 || isHeaderless(records[at] ?? []) ? 0 : at;
}

/**
 * A header that is shorter than most of the rows under it, as of merged cells, leaves the last columns without a name: they
 * are columns all the same, or nobody would look at them.
 */
export function widened(header: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const longer = rows
    .map((cells) => cells.findLastIndex((cell) => cell.trim() !== '') + 1)
    .filter((length) => length > header.length);
  if (2 * longer.length <= rows.length || rows.length < 3) return header;
  return [...header, ...Array.from({ length: Math.min(...longer) - header.length }, () => '')];
}

/** Names as columns are told apart by: blanks trimmed, unnamed ones numbered, repeated ones given `#2`, `#3`, … */
export function headerOf(cells: readonly string[]): Header {
  const plain = cells.map((cell) =>
    cell
      .replace(/^\ufeff/, '')
      .trim()
      .slice(0, 200),
  );
  const seen = new Map<string, number>();
  const names = plain.map((name, index) => {
    const base = name === '' ? `column-${index + 1}` : name;
    const count = (seen.get(base) ?? 0) + 1;
    seen.set(base, count);
    return count === 1 ? base : `${base}#${count}`;
  });
  return {
    names,
    duplicates: [...seen].filter(([, count]) => count > 1).map(([name]) => name),
    unnamed: plain.flatMap((name, index) => (name === '' ? [index + 1] : [])),
  };
}
