/** A text as it stands in a statement: as its bytes, so that no mode of a server reads anything else into it. */
export const sqlText = (text: string): string =>
  text === '' ? "''" : `CONVERT(0x${Buffer.from(text, 'utf8').toString('hex')} USING utf8mb4) COLLATE utf8mb4_bin`;

/** A name as it stands in a statement. */
export const sqlName = (name: string): string => `\`${name.replaceAll('`', '``')}\``;

/** What JavaScript calls a blank, for a character class. */
export const BLANKS =
  '\\x{9}-\\x{d}\\x{20}\\x{a0}\\x{1680}\\x{2000}-\\x{200a}\\x{2028}\\x{2029}\\x{202f}\\x{205f}\\x{3000}\\x{feff}';

/** Classes of JavaScript for the engines of MariaDB (PCRE) and MySQL (ICU), which know all digits and letters there are. */
const CLASSES: Readonly<Record<string, string>> = { d: '0-9', w: 'A-Za-z0-9_', s: BLANKS };

function translated(token: string, inClass: boolean): string {
  const unicode = /^\\u\{?([0-9a-fA-F]+)\}?$/.exec(token)?.[1];
  if (unicode !== undefined) return `\\x{${unicode}}`;
  const letter = token.charAt(1);
  const known = CLASSES[letter.toLowerCase()];
  if (known !== undefined && letter === letter.toLowerCase()) return inClass ? known : `[${known}]`;
  if (known !== undefined && !inClass) return `[^${known}]`;
  if (token === '\\/') return '/';
  return token.replace('\\p{Script=', '\\p{').replace('\\P{Script=', '\\P{');
}

/** An expression of ours as the servers read it. `$` is the end of the text, not a line end before it. */
export function sqlPattern({ source, flags }: RegExp): string {
  let [inClass, out] = [false, ''];
  for (const [token] of source.matchAll(/\\[pP]\{[^}]*\}|\\u\{[^}]*\}|\\u[0-9a-fA-F]{4}|\\.|[^\\]/gsu)) {
    if (token === '[' && !inClass) inClass = true;
    else if (token === ']' && inClass) inClass = false;
    if (token === '$' && !inClass) out += '\\z';
    else if (token === '.' && !inClass && !flags.includes('s')) out += '[^\\x{a}\\x{d}\\x{2028}\\x{2029}]';
    else if (token === '[' && inClass && out.at(-1) !== '[' && !out.endsWith('[^')) out += '[';
    else out += token.length > 1 && token.startsWith('\\') ? translated(token, inClass) : token;
  }
  return `(?${flags.includes('i') ? 'i' : '-i'})${out}`;
}

/** True where the text holds what the expression describes. */
export const matches = (text: string, pattern: RegExp | string): string =>
  `${text} REGEXP ${sqlText(typeof pattern === 'string' ? pattern : sqlPattern(pattern))}`;

/** True where the text is one of these. */
export const oneOf = (text: string, words: readonly string[]): string =>
  words.length === 0 ? 'FALSE' : `${text} IN (${words.map(sqlText).join(', ')})`;
