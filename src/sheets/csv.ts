import { setImmediate as breathe } from 'node:timers/promises';
import { inBoth, type Sheet, type SheetCell } from './sheet.js';

/** The media type of a table of text. */
export const CSV = 'text/csv';

/** So that spreadsheets read it as UTF-8. */
const MARK = '\uFEFF';
/**
 * What a spreadsheet may run instead of showing (CWE-1236): the ASCII signs, their full-width forms, which East Asian
 * editions take for the same, and blanks or invisible marks before any of them.
 */
const FORMULA = /^[\s\u200B-\u200D\u2060\uFEFF]*[=+\-@＝＋－＠]|^[\t\r]/;
/** Characters. */
const PART = 16_384;
const QUOTED = /[",\r\n]|^\s|\s$/;

/** One cell (RFC 4180). Text that begins like a formula is led in by an apostrophe; numbers of ours are left as they are. */
export function csvCell(value: SheetCell): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const plain = value.replaceAll('\0', '');
  const safe = FORMULA.test(plain) ? `'${plain}` : plain;
  return QUOTED.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

const line = (cells: readonly SheetCell[]): string => `${cells.map(csvCell).join(',')}\r\n`;

/**
 * The sheet as text: headings, then rows. Title, notes and signatures are for paper. Rows come in parts, and others have
 * their turn after each: a list of 20,000 would hold them up.
 */
export async function* csvOf({ columns, rows }: Pick<Sheet, 'columns' | 'rows'>): AsyncGenerator<string> {
  let part = MARK + line(columns.map(({ heading }) => inBoth(heading).replaceAll('\n', ' ')));
  for await (const cells of rows) {
    part += line(cells);
    if (part.length < PART) continue;
    yield part;
    await breathe();
    part = '';
  }
  if (part !== '') yield part;
}
