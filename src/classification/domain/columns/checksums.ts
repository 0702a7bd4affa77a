/** Checks of our own for identifiers that carry a check digit. All take a cell as written and forgive outer blanks. */

const ID_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const ID_CHECK = '10X98765432';
const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** A calendar date `yyyymmdd` between 1900 and 2099 that exists. */
function exists(date: string): boolean {
  const year = Number(date.slice(0, 4));
  const month = Number(date.slice(4, 6));
  const day = Number(date.slice(6, 8));
  if (year < 1900 || year > 2099 || month < 1 || month > 12 || day < 1 || day > (DAYS[month - 1] ?? 0)) return false;
  return month !== 2 || day < 29 || (year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0));
}

/** Weighted sum of the leading digits, the weights in order. */
const weighted = (digits: string, weights: readonly number[], value: (symbol: string) => number): number =>
  weights.reduce((sum, weight, index) => sum + weight * value(digits.charAt(index)), 0);

/** Resident identity number: 18 characters, region digit 1–9, a date that exists, check digit of GB 11643-1999. */
export function isResidentId(text: string): boolean {
  if (!/^[1-9]\d{16}[\dXx]$/.test(text)) return false;
  if (!exists(text.slice(6, 14))) return false;
  return ID_CHECK.charAt(weighted(text, ID_WEIGHTS, Number) % 11) === text.charAt(17).toUpperCase();
}

const CODE_SYMBOLS = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const CODE_WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

/** Unified social credit code: 18 of 31 symbols, weighted check character of GB 32100-2015. */
export function isCreditCode(text: string): boolean {
  if (!/^[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}$/.test(text)) return false;
  const sum = weighted(text, CODE_WEIGHTS, (symbol) => CODE_SYMBOLS.indexOf(symbol));
  return CODE_SYMBOLS.charAt((31 - (sum % 31)) % 31) === text.charAt(17);
}

/** Luhn's check over digits (ISO/IEC 7812-1 annex). One random number in ten passes. */
export function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let index = 0; index < digits.length; index += 1) {
    const digit = digits.charCodeAt(digits.length - 1 - index) - 48;
    const doubled = index % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return digits.length > 0 && sum % 10 === 0;
}

/** Bank card: 16 to 19 digits, blanks and hyphens between groups allowed, an issuer range in use, Luhn. */
export function isBankCard(text: string): boolean {
  if (!/^\d[\d -]{14,22}\d$/.test(text)) return false;
  const digits = text.replace(/[ -]/g, '');
  return (
    digits.length >= 16 && digits.length <= 19 && /^(?:62|4|5[1-5]|2[2-7]|35|9)/.test(digits) && passesLuhn(digits)
  );
}
