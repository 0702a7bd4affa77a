import { ANY, SEEN } from './cell.js';
import { isResidentId } from './checksums.js';
import { fit, plain, type ValidatorMaker } from './validator.js';

const WHATEVER = 5_000_000;
/** Characters that keep an identifier apart from what stands beside it. */
const APART = SEEN.han | SEEN.mark | SEEN.blank | SEEN.letter | SEEN.at;
const ID = /(?<![0-9A-Za-z])[1-9]\d{16}[\dXx](?![0-9A-Za-z])/g;
const MOBILE = /(?<![0-9A-Za-z.-])1[3-9]\d{9}(?![0-9A-Za-z.-])/;
const EMAIL = /(?<![\w.+-])[\w.+-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63})*\.[a-z]{2,24}(?![\w-])/i;

/** Identifiers inside longer texts and mixed cells. A cell that is nothing but the identifier is another rule's. */
export const insideValidators: Readonly<Record<string, ValidatorMaker>> = {
  'resident-id-inside': plain({
    fit: fit(19, WHATEVER, SEEN.digit, ANY, APART),
    test: (cell) => (cell.match(ID) ?? []).some(isResidentId),
    shape: (cell) => (cell.match(ID) ?? []).length > 0,
  }),
  'mobile-inside': plain({ fit: fit(12, WHATEVER, SEEN.digit, ANY, APART), test: (cell) => MOBILE.test(cell) }),
  'email-inside': plain({
    fit: fit(7, WHATEVER, SEEN.at | SEEN.latin),
    test: (cell) => /[\s,;:，；：、(（<]/.test(cell) && EMAIL.test(cell),
  }),
};
