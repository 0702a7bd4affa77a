const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECK = '10X98765432';
const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** A calendar date `yyyymmdd` between 1900 and 2099 that exists. */
export function dateExists(date: string): boolean {
  const year = Number(date.slice(0, 4));
  const month = Number(date.slice(4, 6));
  const day = Number(date.slice(6, 8));
  if (year < 1900 || year > 2099 || month < 1 || month > 12 || day < 1 || day > (DAYS[month - 1] ?? 0)) return false;
  return month !== 2 || day < 29 || (year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0));
}

/** 18 characters with a region digit and a date that exists: what a resident number looks like. */
export const looksResidentId = (text: string): boolean =>
  /^[1-9]\d{16}[\dXx]$/.test(text) && dateExists(text.slice(6, 14));

/**
 * Resident identity number: 18 characters, region digit 1–9, a date that exists, check digit of GB 11643-1999. The
 * residence permits of Hong Kong, Macao and Taiwan residents (81, 82, 83) and foreigners' new permits are built alike.
 */
export const isResidentId = (text: string): boolean => looksResidentId(text) && residentDigitHolds(text);

/** The check digit alone, of a text that looks like a resident number. */
export function residentDigitHolds(text: string): boolean {
  let sum = 0;
  for (let index = 0; index < 17; index += 1) sum += (WEIGHTS[index] ?? 0) * (text.charCodeAt(index) - 48);
  return CHECK.charAt(sum % 11) === text.charAt(17).toUpperCase();
}
