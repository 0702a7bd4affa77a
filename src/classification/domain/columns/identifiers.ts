import { SEEN } from './cell.js';
import * as checks from './checksums.js';
import { CODED, fit, matching, NUMERIC, plain, type ValidatorMaker } from './validator.js';

const CODE = SEEN.digit | SEEN.latin;
const digitsOf = (cell: string): number => cell.replace(/\D/g, '').length;

const NATIONAL = [
  /** Passport of the mainland, of Hong Kong, Macao and Taiwan, and nine-character forms abroad. */
  /^(?:[DEGKPS][A-HJ-NP-Z0-9]?\d{7,8}|1[45]\d{7}|[A-Z]{1,2}\d{7}|\d{9})$/,
] as const;

/** Numbers given by states and banks to people and bodies. */
export const identifierValidators: Readonly<Record<string, ValidatorMaker>> = {
  'resident-id': plain({
    fit: fit(18, 18, SEEN.digit, CODE),
    test: checks.residentDigitHolds,
    shape: checks.looksResidentId,
  }),
  'resident-id-15': plain({
    fit: fit(15, 15, SEEN.digit, SEEN.digit),
    test: checks.isOldResidentId,
    shape: checks.looksImei,
  }),
  'hong-kong-id': plain({ fit: fit(8, 11, CODE, CODED), test: checks.isHongKongId, shape: checks.looksHongKongId }),
  'taiwan-id': plain({ fit: fit(10, 10, CODE, CODE), test: checks.isTaiwanId, shape: checks.looksTaiwanId }),
  'credit-code': plain({
    fit: fit(18, 18, SEEN.digit, CODE),
    test: checks.creditCharacterHolds,
    shape: checks.looksCreditCode,
  }),
  'bank-card': plain({ fit: fit(16, 24, SEEN.digit, NUMERIC), test: checks.passesLuhn, shape: checks.looksBankCard }),
  imei: plain({ fit: fit(15, 15, SEEN.digit, SEEN.digit), test: checks.passesLuhn, shape: checks.looksImei }),
  passport: plain(matching(fit(8, 10, SEEN.digit, CODE), NATIONAL[0])),
  /** Permits of Hong Kong and Macao residents (H or M and 8 or 10 digits), of Taiwan residents (8 digits), and to travel there. */
  'travel-permit': plain(
    matching(
      fit(8, 12, SEEN.digit, CODE | SEEN.mark),
      /^(?:[HM]\d{8}(?:\d{2})?|[CWTL][A-Z]?\d{7,8}|\d{8}(?:\d{2})?(?:\([A-Z]\))?)$/,
    ),
  ),
  'us-social-security': plain(
    matching(
      fit(11, 11, SEEN.digit | SEEN.mark, SEEN.digit | SEEN.mark),
      /^(?!000|666|9)\d{3}-(?!00)\d{2}-(?!0000)\d{4}$/,
    ),
  ),
  'account-number': plain({
    fit: fit(6, 40, SEEN.digit, CODED),
    test: (cell) => /^[A-Z]{0,4}\d[\dA-Z -]*$/i.test(cell) && digitsOf(cell) >= 6,
  }),
  /** Letters and digits of a register kept about people: at least five digits. */
  'personal-number': plain({
    fit: fit(5, 32, SEEN.digit, CODED & ~SEEN.blank),
    test: (cell) => /^[A-Z\d][A-Z\d/_-]*$/i.test(cell) && digitsOf(cell) >= 5,
  }),
  'record-number': plain(matching(fit(4, 24, SEEN.digit, CODED & ~SEEN.blank), /^[A-Za-z]{0,6}[-_]?\d{4,16}$/)),
  'number-plate': plain(
    matching(
      fit(6, 10, SEEN.han | SEEN.latin),
      /^[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使][A-HJ-NP-Z][ ·.-]?(?:[A-HJ-NP-Z0-9]{4}[A-HJ-NP-Z0-9挂学警港澳领]|(?:[A-HJK]\d{5}|[A-HJ][A-HJ-NP-Z0-9]\d{4}|\d{5}[A-HJK]))$/,
    ),
  ),
  'vehicle-identification': plain(
    matching(fit(17, 17, CODE, CODE), /^[A-HJ-NPR-Z0-9]{9}[A-HJ-NPRSTV-Y1-9][A-HJ-NPR-Z0-9]\d{6}$/),
  ),
  /** A key of a record: no blank, at least one digit. */
  'key-code': plain(matching(fit(1, 80, SEEN.digit, CODED & ~SEEN.blank), /^[\w./:{}#-]+$/)),
};
