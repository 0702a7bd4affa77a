import { matches, sqlText } from './sql-text.js';

/** Days that exist, `mmdd`, but 29 February; years in which that exists, `yy` of a century that did not begin with one. */
const DAYS =
  '(?:(?:0[13578]|1[02])(?:0[1-9]|[12]\\d|3[01])|(?:0[469]|11)(?:0[1-9]|[12]\\d|30)|02(?:0[1-9]|1\\d|2[0-8]))';
const LEAP = '(?:0[48]|[2468][048]|[13579][26])';
export const DAY_OF_1900 = `(?:\\d\\d${DAYS}|${LEAP}0229)`;
/** A date `yyyymmdd` between 1900 and 2099 that exists. */
export const DAY = `(?:(?:19|20)\\d\\d${DAYS}|(?:19|20)${LEAP}0229|20000229)`;

const at = (text: string, place: number): string => `SUBSTRING(${text}, ${place}, 1)`;
const digit = (text: string, place: number): string => `(ASCII(${at(text, place)}) - 48)`;
const sum = (parts: readonly string[]): string => `(${parts.join(' + ')})`;

const RESIDENT = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
/** The check digit of GB 11643-1999 over a text that looks like a resident number. */
export function residentDigit(text: string): string {
  const total = sum(RESIDENT.map((weight, index) => `${weight} * ${digit(text, index + 1)}`));
  return `SUBSTRING('10X98765432', 1 + MOD(${total}, 11), 1) = UPPER(${at(text, 18)})`;
}

const SYMBOLS = sqlText('0123456789ABCDEFGHJKLMNPQRTUWXY');
const CREDIT = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
/** The check character of GB 32100-2015 over a text that looks like a credit code. */
export function creditCharacter(text: string): string {
  const total = sum(CREDIT.map((weight, index) => `${weight} * (INSTR(${SYMBOLS}, ${at(text, index + 1)}) - 1)`));
  return `MOD(31 - MOD(${total}, 31), 31) = INSTR(${SYMBOLS}, ${at(text, 18)}) - 1`;
}

/** Luhn's check over at most twenty digits. */
export function luhn(digits: string): string {
  const padded = `LPAD(${digits}, 20, '0')`;
  const parts = Array.from({ length: 20 }, (_, index) => {
    const value = digit(padded, index + 1);
    return index % 2 === 0 ? `(2 * ${value} - 9 * (${value} > 4))` : value;
  });
  return `MOD(${sum(parts)}, 10) = 0`;
}

const ISSUERS = /^(?:62\d{14,17}|4\d{15}|4\d{18}|5[1-5]\d{14}|2[2-7]\d{14}|35\d{14}|9\d{15,18}|6011\d{12}|65\d{14})$/;
/** The digits of a card without what groups them. */
export const cardDigits = (text: string): string => `REPLACE(REPLACE(${text}, ' ', ''), '-', '')`;
export const looksCard = (text: string): string =>
  `(${matches(text, /^\d[\d -]{14,22}\d$/)} AND ${matches(cardDigits(text), ISSUERS)})`;
