import { SEEN } from './cell.js';
import { fit, matching, plain, type ValidatorMaker } from './validator.js';

/** What people and programs hide characters with. */
const HIDDEN = '[*xX×●•■#]';
const MASK = SEEN.digit | SEEN.mark | SEEN.latin | SEEN.blank;
const pattern = (source: string): RegExp => new RegExp(source.replaceAll('_', HIDDEN), 'u');

/** Length and places of the digits tell what was hidden: 11 with 1[3-9] a mobile number, 15 or 18 a resident number. */
const MOBILE = pattern('^(?=.{11}$)1[3-9]\\d{0,5}_{3,8}\\d{0,5}$');
const RESIDENT = pattern('^(?=.{15}$|.{18}$)[1-9]\\d{0,13}_{3,17}\\d{0,5}[\\dXx]?$');
const CARD = pattern('^(?:\\d{4,6}[ -]?)?_{2,4}(?:[ -]?_{2,4}){1,4}[ -]?\\d{3,4}$');

/** Identifiers of which a part is hidden: de-identified, and still about one person. */
export const maskedValidators: Readonly<Record<string, ValidatorMaker>> = {
  'masked-number': plain({
    fit: fit(9, 25, SEEN.digit, MASK, SEEN.mark | SEEN.latin),
    test: (cell) => /[*xX×●•■#]{2}/.test(cell) && (MOBILE.test(cell) || RESIDENT.test(cell) || CARD.test(cell)),
  }),
  'masked-email': plain(
    matching(fit(5, 254, SEEN.at | SEEN.mark), /^[^\s@*]{0,20}\*{2,}[^\s@*]{0,20}@[^\s@.]+(?:\.[^\s@.]+)+$/),
  ),
  'masked-name': plain(
    matching(
      fit(2, 5, SEEN.han),
      /^(?:\p{Script=Han}{1,2}[*×xX●○某]{1,3}\p{Script=Han}{0,1}|[*×●○]{1,2}\p{Script=Han}{1,2})$/u,
    ),
  ),
};
