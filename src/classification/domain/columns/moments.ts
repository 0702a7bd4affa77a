import { SEEN } from './cell.js';
import { dateExists } from './checksums.js';
import { CODED, fit, matching, NUMERIC, plain, type ValidatorMaker } from './validator.js';

const YEAR_FIRST = /^(\d{4})[-/.年 ]?(\d{1,2})[-/.月 ]?(\d{1,2})日?$/;
const YEAR_LAST = /^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{2}|\d{4})$/;
const NAMED =
  /^(?:\d{1,2}[ -])?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[ .,-]+(?:\d{1,2},? )?\d{2,4}$/i;
const pad = (part: string): string => part.padStart(2, '0');

/** A calendar date as people and programs write it; the time of day falls. */
function isDate(cell: string): boolean {
  const day = cell.replace(/[ T](?:\d{1,2}:\d{2}.*|\d{5,6})$/, '');
  const [, year = '', month = '', date = ''] = YEAR_FIRST.exec(day) ?? [];
  if (year !== '') return dateExists(`${year}${pad(month)}${pad(date)}`);
  const [, first = '', second = '', short = ''] = YEAR_LAST.exec(day) ?? [];
  if (short === '') return NAMED.test(day);
  const full = short.length === 2 ? `20${short}` : short;
  return dateExists(`${full}${pad(first)}${pad(second)}`) || dateExists(`${full}${pad(second)}${pad(first)}`);
}

/** Times of a life. */
export const momentValidators: Readonly<Record<string, ValidatorMaker>> = {
  date: plain({ fit: fit(6, 32, SEEN.digit, CODED | SEEN.han), test: isDate }),
  /** A year, or ten of them, in which people alive were born. */
  'birth-year': plain(
    matching(fit(4, 9, SEEN.digit, NUMERIC | SEEN.han | SEEN.latin), /^(?:19|20)\d{2}(?:年|s|年代|-(?:19|20)\d{2})?$/),
  ),
  'birth-month': plain(
    matching(
      fit(6, 8, SEEN.digit, SEEN.digit | SEEN.mark | SEEN.han),
      /^(?:19|20)\d{2}(?:[-/.](?:0?[1-9]|1[0-2])|年(?:0?[1-9]|1[0-2])月|(?:0[1-9]|1[0-2]))$/,
    ),
  ),
  /** The month or the day of a date. */
  'date-part': plain(matching(fit(1, 4, SEEN.digit, SEEN.digit | SEEN.mark), /^(?:0?[1-9]|[12]\d|3[01])(?:\.0)?$/)),
  age: plain(
    matching(
      fit(1, 8, SEEN.digit, NUMERIC | SEEN.han | SEEN.latin),
      /^(?:1[0-3]\d|\d{1,2})(?:\.\d)?(?: ?(?:周?岁|y|yo|yrs?|years))?$/i,
    ),
  ),
  'age-range': plain(
    matching(
      fit(2, 12, SEEN.digit, NUMERIC | SEEN.han),
      /^(?:\d{1,3} ?[-–~至] ?\d{1,3}|[<>≤≥]=? ?\d{1,3}|\d{1,3}\+|\d{1,3}岁?(?:以上|以下|及以上))(?:周?岁)?$/,
    ),
  ),
};
