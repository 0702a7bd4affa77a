import type { ReadyWay } from '../../domain/columns/column-rules.js';
import { listed } from '../../domain/columns/validator.js';
import { cardDigits, creditCharacter, DAY, DAY_OF_1900, looksCard, luhn, residentDigit } from './checks.js';
import { BLANKS, matches, oneOf, sqlText } from './sql-text.js';

/** A validator over a cleaned cell, in SQL. `shape`: what looks like it, whether or not the check holds. */
export interface Form {
  readonly test: string;
  readonly shape?: string;
}
type MakeForm = (cell: string, lists: readonly (readonly string[])[]) => Form;

const PROVINCES = '(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]|99)';
const expression = (source: string): RegExp => new RegExp(source, 'u');
const alternatives = (words: readonly string[]): string => words.join('|');

/** A family name of one character, or of two with something after it. */
function surname(words: readonly string[]): string {
  const single = words.filter(({ length }) => length === 1).join('');
  const double = words.filter(({ length }) => length === 2);
  return double.length === 0 ? `[${single}]` : `(?:[${single}]|(?:${alternatives(double)})(?=.))`;
}

/** Forms of validators that are more than one expression. Proven equal to them on generated cells by their test. */
const FORMS: Readonly<Record<string, MakeForm>> = {
  'resident-id': (cell) => ({
    shape: matches(cell, expression(`^[1-9]\\d{5}${DAY}\\d{3}[\\dXx]$`)),
    test: residentDigit(cell),
  }),
  'resident-id-15': (cell) => ({
    shape: matches(cell, /^\d{15}$/),
    test: matches(cell, expression(`^${PROVINCES}\\d{4}${DAY_OF_1900}\\d{3}$`)),
  }),
  'credit-code': (cell) => ({
    shape: matches(cell, /^[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}$/),
    test: creditCharacter(cell),
  }),
  'bank-card': (cell) => ({ shape: looksCard(cell), test: luhn(cardDigits(cell)) }),
  imei: (cell) => ({ shape: matches(cell, /^\d{15}$/), test: luhn(cell) }),
  'mobile-inside': (cell) => ({ test: matches(cell, /(?<![0-9A-Za-z.-])1[3-9]\d{9}(?![0-9A-Za-z.-])/) }),
  'person-name-zh': (cell, [surnames = []]) => ({
    test: `(${matches(cell, /^\p{Script=Han}{2,4}$|^\p{Script=Han}{2,8}(?:[·•‧]\p{Script=Han}{1,8}){1,3}$/u)}
      AND ${matches(cell, expression(`^${surname(surnames)}|[·•‧]`))})`,
  }),
  'one-of': (cell, [words = []]) => ({
    test: oneOf(`TRIM(REGEXP_REPLACE(LOWER(${cell}), ${sqlText(`[${BLANKS}_.\\-]+`)}, ' '))`, [
      ...new Set(words.map(listed)),
    ]),
  }),
  any: () => ({ test: 'TRUE' }),
};

/** The form of a way over a cleaned cell; null where there is none, which is then said. */
export function formOf(
  { way, validator }: ReadyWay,
  lists: Readonly<Record<string, readonly string[]>>,
  cell: string,
): Form | null {
  const make = FORMS[way.validator];
  if (make !== undefined)
    return make(
      cell,
      (way.lists ?? []).map((name) => lists[name] ?? []),
    );
  return validator.pattern === undefined ? null : { test: matches(cell, validator.pattern) };
}
