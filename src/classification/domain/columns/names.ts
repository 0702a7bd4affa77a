import { SEEN } from './cell.js';
import { fit, listed, plain, setOf, type Validator, type ValidatorMaker } from './validator.js';

const LATIN = SEEN.latin | SEEN.mark | SEEN.blank | SEEN.letter;
const HAN_NAME = /^\p{Script=Han}{2,4}$|^\p{Script=Han}{2,8}(?:[·•‧]\p{Script=Han}{1,8}){1,3}$/u;
/** Words of letters only, as names are written in many countries; upper or lower case, initials with a point. */
const LATIN_NAME = /^[\p{L}\p{M}][\p{L}\p{M}'’`.-]*(?:[ ,;&/()]+[\p{L}\p{M}][\p{L}\p{M}'’`.-]*){0,7}[ ,;&/()]*$/u;
const PROPER = /^\p{Lu}/u;
/** Ends of words that are places, bodies or things and never given names. */
const NO_PERSON = /[省市县区镇乡村路街巷弄道桥站园场厂店局所院校社部队组处科室楼号户类型费额率量期年月日次元件条项]$/;

const startsWithSurname = (surnames: readonly string[] = []): ((cell: string) => boolean) => {
  const single = new Set(surnames.filter((name) => name.length === 1));
  const double = new Set(surnames.filter((name) => name.length === 2));
  return (cell) => single.has(cell.charAt(0)) || (cell.length > 2 && double.has(cell.slice(0, 2)));
};

const chinese = (surnames: readonly string[] | undefined): Validator => {
  const known = startsWithSurname(surnames);
  return { fit: fit(2, 26, SEEN.han), test: (cell) => HAN_NAME.test(cell) && (known(cell) || /[·•‧]/.test(cell)) };
};

/** A family name, and only characters that given names are made of after it. */
const chineseOfLists = ([surnames, characters]: readonly (readonly string[])[]): Validator => {
  const known = startsWithSurname(surnames);
  const usual = new Set((characters ?? []).join(''));
  const given = (cell: string, from: number): boolean => {
    for (let at = from; at < cell.length; at += 1) if (!usual.has(cell.charAt(at))) return false;
    return true;
  };
  return {
    fit: fit(2, 4, SEEN.han, SEEN.han),
    test: (cell) => known(cell) && given(cell, cell.length > 3 ? 2 : 1) && !NO_PERSON.test(cell),
  };
};

/** Two to five words, of which one is a given name and all are letters. */
const latinOfLists = ([given]: readonly (readonly string[])[]): Validator => {
  const known = setOf(given);
  return {
    fit: fit(3, 60, SEEN.latin, LATIN),
    test: (cell) => {
      if (!PROPER.test(cell) || !LATIN_NAME.test(cell)) return false;
      const words = listed(cell.replaceAll(',', ' ')).split(' ');
      return words.length > 1 && words.length < 6 && words.some((word) => known.has(word));
    },
  };
};

/** A family name before a blank, a comma or a bracket, then the number it belongs to: `张三 13800138000`. */
const chineseBeforeNumber = ([surnames]: readonly (readonly string[])[]): Validator => {
  const known = startsWithSurname(surnames);
  return {
    fit: fit(13, 80, SEEN.han | SEEN.digit),
    test: (cell) =>
      /^\p{Script=Han}{2,4}[\s,，、/:：;；(（-]{0,3}(?:1[3-9]\d{9}|[1-9]\d{16}[\dXx])(?!\d)/u.test(cell) && known(cell),
  };
};

const ENDS_LATIN =
  /\b(?:inc|ltd|llc|llp|plc|gmbh|ag|corp|co|company|corporation|limited|university|college|school|institute|department|dept|agency|association|foundation|bank|hospital|council|ministry|office|group|society|trust|services|enterprises|committee|commission|authority|bureau|union|partners|international|industries|systems|solutions|technologies)\.?$/i;

export const nameValidators: Readonly<Record<string, ValidatorMaker>> = {
  'person-name-zh': ([surnames]) => chinese(surnames),
  'person-name-zh-listed': chineseOfLists,
  'person-name-zh-with-number': chineseBeforeNumber,
  'person-name-latin': plain({ fit: fit(1, 60, 0, LATIN), test: (cell) => LATIN_NAME.test(cell) }),
  'person-name-proper': plain({
    fit: fit(2, 60, SEEN.latin, LATIN),
    test: (cell) => PROPER.test(cell) && LATIN_NAME.test(cell) && !ENDS_LATIN.test(cell),
  }),
  'person-name-latin-listed': latinOfLists,
  'organisation-ending-zh': ([endings]) => {
    const ends = endings ?? [];
    return { fit: fit(4, 60, SEEN.han), test: (cell) => !/\d{3}/.test(cell) && ends.some((end) => cell.endsWith(end)) };
  },
  'organisation-ending-latin': plain({
    fit: fit(4, 120, SEEN.latin),
    test: (cell) => PROPER.test(cell) && cell.includes(' ') && ENDS_LATIN.test(cell),
  }),
};
