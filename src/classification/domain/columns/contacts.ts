import { SEEN } from './cell.js';
import { CODED, fit, matching, NUMERIC, plain, setOf, type ValidatorMaker } from './validator.js';

const PHONE = SEEN.digit | SEEN.mark | SEEN.blank | SEEN.latin | SEEN.han;
/** Digits in groups, with a country code and an extension or without. */
const DIALLED = /^[+(]?[\d ()./-]+(?:(?:x|ext\.?|转|#) ?\d{1,6})?$/i;
const digits = (cell: string): number => cell.replace(/(?:x|ext|转|#).*$/i, '').replace(/\D/g, '').length;

/** A date or an amount in the same characters as a telephone number. */
const NO_PHONE = /^(?:(?:19|20)\d{2}[-./]\d{1,2}(?:[-./]\d{1,2})?|\d{1,2}[-./]\d{1,2}[-./]\d{2,4}|\d+\.\d+)$/;
/** A mobile number of the mainland, which is a type of its own. */
const MOBILE = /^(?:\+?(?:00)?86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}$/;
const isPhone = (cell: string): boolean => {
  const count = digits(cell);
  return count >= 6 && count <= 15 && DIALLED.test(cell) && !NO_PHONE.test(cell) && !MOBILE.test(cell);
};

/** Written so that nothing else is: a country code, an area code in brackets or with its leading zero, North American groups. */
const WRITTEN =
  /^(?:\+\d{1,3}[ (.-]|\+\d{8,15}$|\(\d{2,4}\)|(?:\+?1[ .-])?\d{3}[.-]\d{3}[.-]\d{4}(?:$| ?x)|0(?:10|2\d|[3-9]\d{2})-\d{7,8}(?:$|[-转])|06-\d{8}$)/;

const octets = (cell: string): readonly number[] => cell.split('.').map(Number);

/** Ways to reach a person or a machine. */
export const contactValidators: Readonly<Record<string, ValidatorMaker>> = {
  mobile: plain(matching(fit(11, 18, SEEN.digit, NUMERIC), MOBILE)),
  phone: plain({ fit: fit(6, 32, SEEN.digit, PHONE), test: isPhone }),
  'phone-written': plain({
    fit: fit(9, 32, SEEN.digit | SEEN.mark, PHONE),
    test: (cell) => WRITTEN.test(cell) && isPhone(cell),
  }),
  email: plain(matching(fit(5, 254, SEEN.at), /^(?:mailto:)?[^\s@<>]{1,64}@[^\s@.<>]+(?:\.[^\s@.<>]+)+$/i)),
  url: ([endings]) => {
    const known = setOf(endings);
    return {
      fit: fit(4, 2000, SEEN.mark | SEEN.latin),
      test: (cell) => {
        if (/^(?:https?|ftp):\/\/\S+$|^www\.\S+$/i.test(cell)) return true;
        const [host = ''] = cell.split('/', 1);
        return (
          /^[a-z0-9.-]+$/i.test(host) &&
          host.includes('.') &&
          known.has(host.slice(host.lastIndexOf('.') + 1).toLowerCase())
        );
      },
    };
  },
  'ip-address': plain({
    fit: fit(3, 45, SEEN.digit | SEEN.mark, CODED & ~SEEN.blank),
    test: (cell) =>
      /^\d{1,3}(?:\.\d{1,3}){3}$/.test(cell)
        ? octets(cell).every((octet) => octet <= 255) && octets(cell).some((octet) => octet > 15)
        : /^(?:[\da-f]{1,4}:){7}[\da-f]{1,4}$|^(?=.*::)(?:[\da-f]{0,4}:){2,7}[\da-f]{0,4}$/i.test(cell),
  }),
  'mac-address': plain(
    matching(
      fit(12, 17, 0, CODED & ~SEEN.blank),
      /^[\da-f]{2}([:-])(?:[\da-f]{2}\1){4}[\da-f]{2}$|^(?:[\da-f]{4}\.){2}[\da-f]{4}$/i,
    ),
  ),
};
