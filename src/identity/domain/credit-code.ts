/**
 * Unified social credit code (统一社会信用代码), GB 32100-2015: 18 symbols of 31 (digits and capitals without I, O, S, V, Z):
 * registering authority, kind of body, six digits of division, nine symbols of organisation code, one check symbol.
 */
const SYMBOLS = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const LENGTH = 18;
/** 3^(i-1) mod 31 for the first 17 positions (GB 32100-2015, table 3). */
const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
const DIVISION = /^..[0-9]{6}/;

export type CreditCodeFault = 'length' | 'symbol' | 'division' | 'check';

/** The 18th symbol that belongs to the first 17, or `null` when those are not 17 symbols of the code. */
export function creditCheckSymbol(first17: string): string | null {
  if (first17.length !== LENGTH - 1) return null;
  const values = [...first17].map((symbol) => SYMBOLS.indexOf(symbol));
  if (values.includes(-1)) return null;
  const sum = values.reduce((total, value, index) => total + value * (WEIGHTS[index] ?? 0), 0);
  return SYMBOLS.charAt((31 - (sum % 31)) % 31);
}

/** What is wrong with a code, or `null`. Lower case is a fault: one body has one spelling. */
export function creditCodeFault(text: string): CreditCodeFault | null {
  if (text.length !== LENGTH) return 'length';
  if ([...text].some((symbol) => !SYMBOLS.includes(symbol))) return 'symbol';
  if (!DIVISION.test(text)) return 'division';
  return creditCheckSymbol(text.slice(0, LENGTH - 1)) === text.charAt(LENGTH - 1) ? null : 'check';
}

export const isCreditCode = (text: string): boolean => creditCodeFault(text) === null;
