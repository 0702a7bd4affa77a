import { BLANKS, matches, sqlText } from './sql-text.js';

/** A resident number in its groups of division, day and rest. */
const GROUPED_ID = '^[1-9][0-9]{5}[ -][0-9]{8}[ -][0-9]{3}[0-9Xx]\\z';
/** Characters that cleaning could change: invisible and full-width ones anywhere, blanks, guards and `.0` at the edges, groups. */
const UNCLEAN = `(?s)[\\x{200b}-\\x{200f}\\x{2060}\\x{feff}\\x{3000}\\x{ff01}-\\x{ff5e}]|^[='${BLANKS}]|[${BLANKS}]\\z|\\.0\\z|${GROUPED_ID}`;
const replaced = (text: string, pattern: string, by = "''"): string =>
  `REGEXP_REPLACE(${text}, ${sqlText(pattern)}, ${by})`;
const trimmed = (text: string): string => replaced(text, `^[${BLANKS}]+|[${BLANKS}]+\\z`);

/** `="…"` and `'…` of spreadsheets fall. */
const unguarded = (text: string): string => `CASE WHEN ${matches(text, '(?s)^="[^"]*"\\z')}
  THEN SUBSTRING(${text}, 3, CHAR_LENGTH(${text}) - 3) WHEN LEFT(${text}, 1) = '''' THEN SUBSTRING(${text}, 2) ELSE ${text} END`;

/** Full-width digits, letters and signs of Chinese input methods become half-width. */
function narrowed(text: string): string {
  let out = text;
  for (let code = 0xff01; code <= 0xff5e; code += 1)
    out = `REPLACE(${out}, ${sqlText(String.fromCharCode(code))}, ${sqlText(String.fromCharCode(code - 0xfee0))})`;
  return `CASE WHEN ${matches(text, '[\\x{3000}\\x{ff01}-\\x{ff5e}]')} THEN ${out} ELSE ${text} END`;
}

/** `13800138000.0`, a whole number that a program has read as a fraction. */
const whole = (text: string): string =>
  `CASE WHEN ${matches(text, '^[0-9]{3,19}\\.0\\z')} THEN LEFT(${text}, CHAR_LENGTH(${text}) - 2) ELSE ${text} END`;

const ungrouped = (text: string): string =>
  `CASE WHEN ${matches(text, GROUPED_ID)} THEN REGEXP_REPLACE(${text}, '[ -]', '') ELSE ${text} END`;

/** A column's cell as text, compared byte by byte. */
export const cellText = (column: string): string =>
  `CONVERT(CAST(${column} AS CHAR) USING utf8mb4) COLLATE utf8mb4_bin`;

/** The same as `cleanCell` over a cell in SQL; nearly all cells are clean as they are. */
export function cleanedCell(column: string): string {
  const cell = cellText(column);
  const visible = replaced(cell, '[\\x{200b}-\\x{200f}\\x{2060}\\x{feff}]');
  const bare = trimmed(unguarded(trimmed(visible)));
  return `CASE WHEN ${matches(cell, UNCLEAN)} THEN ${ungrouped(whole(trimmed(narrowed(bare))))} ELSE ${cell} END`;
}
