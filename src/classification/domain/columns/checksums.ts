import { dateExists, isResidentId, looksResidentId, residentDigitHolds } from '../../../kernel/resident-id.js';

/** Checks of our own for identifiers that carry a check digit. All take a cell that is cleaned. */

export { dateExists, isResidentId, looksResidentId, residentDigitHolds };

/** Weighted sum of the leading digits, the weights in order. */
const weighted = (digits: string, weights: readonly number[], value: (symbol: string) => number): number =>
  weights.reduce((sum, weight, index) => sum + weight * value(digits.charAt(index)), 0);

/** Division codes of provinces in use, first two digits (GB/T 2260). */
const PROVINCE = /^(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]|99)/;

/** Resident number of the first generation: 15 digits, a province in use, a date of the last century, no check digit. */
export const isOldResidentId = (text: string): boolean =>
  /^\d{15}$/.test(text) && PROVINCE.test(text) && dateExists(`19${text.slice(6, 12)}`);

const CODE_SYMBOLS = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const CODE_WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

/** 18 of 31 symbols with six digits for the division: what a credit code looks like. */
export const looksCreditCode = (text: string): boolean =>
  /^[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}$/.test(text);

/** Value of each symbol by its character code. */
const CODE_VALUES: readonly number[] = Array.from({ length: 128 }, (_, code) =>
  CODE_SYMBOLS.indexOf(String.fromCharCode(code)),
);

/** The check character alone, of a text that looks like a credit code. */
export function creditCharacterHolds(text: string): boolean {
  let sum = 0;
  for (let index = 0; index < 17; index += 1)
    sum += (CODE_WEIGHTS[index] ?? 0) * (CODE_VALUES[text.charCodeAt(index)] ?? 0);
  return CODE_SYMBOLS.charAt((31 - (sum % 31)) % 31) === text.charAt(17);
}

/** Unified social credit code: 18 of 31 symbols, weighted check character of GB 32100-2015. */
export const isCreditCode = (text: string): boolean => looksCreditCode(text) && creditCharacterHolds(text);

/** Luhn's check over digits, blanks and hyphens between them left out (ISO/IEC 7812-1 annex). One in ten passes. */
export function passesLuhn(digits: string): boolean {
  let sum = 0;
  let count = 0;
  for (let at = digits.length - 1; at >= 0; at -= 1) {
    const digit = digits.charCodeAt(at) - 48;
    if (digit < 0) continue;
    const doubled = count % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
    count += 1;
  }
  return count > 0 && sum % 10 === 0;
}

const ISSUERS = /^(?:62\d{14,17}|4\d{15}|4\d{18}|5[1-5]\d{14}|2[2-7]\d{14}|35\d{14}|9\d{15,18}|6011\d{12}|65\d{14})$/;
const GROUPED = /^\d[\d -]{14,22}\d$/;

/** Digits in groups with the length and the first digits of an issuer in use: what a bank card looks like. */
export const looksBankCard = (text: string): boolean =>
  ISSUERS.test(text) || (GROUPED.test(text) && ISSUERS.test(text.replace(/[ -]/g, '')));

/** Bank card: 16 to 19 digits, blanks and hyphens between groups allowed, an issuer range in use, Luhn. */
export const isBankCard = (text: string): boolean => looksBankCard(text) && passesLuhn(text);

/** Number of a mobile device: 15 digits, of which the last is Luhn's (3GPP TS 23.003 annex B). */
export const looksImei = (text: string): boolean => /^\d{15}$/.test(text);

const HONG_KONG = /^[A-Z]{1,2}\d{6}\(?[\dA]\)?$/;
export const looksHongKongId = (text: string): boolean => HONG_KONG.test(text);

/** Hong Kong identity card: letters count 10 to 35, an absent first one 36; weights 9 to 1, sum divisible by 11. */
export function isHongKongId(text: string): boolean {
  if (!looksHongKongId(text)) return false;
  const symbols = text.replace(/[()]/g, '').padStart(9, ' ');
  const value = (symbol: string): number => (symbol === ' ' ? 36 : Number.parseInt(symbol, 36));
  return [...symbols].reduce((sum, symbol, index) => sum + (9 - index) * value(symbol), 0) % 11 === 0;
}

/** Letters of Taiwan's identity numbers in the order of their codes, from 10 on. */
const TAIWAN_LETTERS = 'ABCDEFGHJKLMNPQRSTUVXYWZIO';
export const looksTaiwanId = (text: string): boolean => /^[A-Z][1289]\d{8}$/.test(text);

/** Taiwan identity number: the letter as two digits, weights 1, 9, 8 … 1, 1, sum divisible by 10. */
export function isTaiwanId(text: string): boolean {
  if (!looksTaiwanId(text)) return false;
  const code = TAIWAN_LETTERS.indexOf(text.charAt(0)) + 10;
  const head = Math.floor(code / 10) + (code % 10) * 9;
  return (head + weighted(text.slice(1), [8, 7, 6, 5, 4, 3, 2, 1, 1], Number)) % 10 === 0;
}
