import { SEEN } from './cell.js';
import { CODED, fit, matching, NUMERIC, plain, type ValidatorMaker } from './validator.js';

/** A street, lane or village with a number, as Chinese addresses go from the large to the small. */
const CHINESE =
  /(?:[路街巷弄村镇乡區区县道里坊社][^\d]{0,20}[\d一二三四五六七八九十百]{1,6}[^\d]{0,6}(?:号|號|弄|室|幢|栋|棟|楼|樓|单元|组|队|户))|(?:[省市].{1,12}[县区市].{1,20}[路街镇乡村])/;
const STREET =
  /\b(?:street|st|avenue|ave|road|rd|boulevard|blvd|lane|ln|drive|dr|court|ct|square|sq|highway|hwy|parkway|pkwy|terrace|ter|way|place|pl|circle|cir|trail|suite|apt|unit|box|floor|jl|jalan|rue|strasse|straße|calle|avenida|plaza|park)\b/i;

const withinGlobe = (latitude: number, longitude: number): boolean =>
  Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;
const PAIR = /^[([]?\s*(-?\d{1,3}\.\d{1,20})\s*[,;\s]\s*(-?\d{1,3}\.\d{1,20})\s*[)\]]?$/;

/** Where something or somebody is. */
export const placeValidators: Readonly<Record<string, ValidatorMaker>> = {
  'address-zh': plain(matching(fit(5, 200, SEEN.han), CHINESE)),
  'address-latin': plain({
    fit: fit(5, 200, SEEN.digit | SEEN.latin),
    test: (cell) => cell.includes(' ') && STREET.test(cell),
  }),
  /** Words under a heading that says address: at least three letters, or a house number with its mark. */
  'address-words': plain({
    fit: fit(2, 300),
    test: (cell) => /\p{L}{3}/u.test(cell) || /^#\d/.test(cell) || /\p{Script=Han}{2}/u.test(cell),
  }),
  postcode: plain(
    matching(
      fit(3, 10, SEEN.digit, CODED),
      /^(?:[A-Z]{0,2}-?\d{3,6}(?:-\d{3,4})?|\d{4} ?[A-Z]{2}|[A-Z]\d[A-Z\d]? ?\d[A-Z]{2}|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|[A-Z]\d[A-Z] ?\d[A-Z]\d)$/i,
    ),
  ),
  'coordinate-pair': plain({
    fit: fit(7, 48, SEEN.digit | SEEN.mark, NUMERIC),
    test: (cell) => {
      const [, first, second] = PAIR.exec(cell) ?? [];
      if (first === undefined || second === undefined) return false;
      return withinGlobe(Number(first), Number(second)) || withinGlobe(Number(second), Number(first));
    },
  }),
  coordinate: plain({
    fit: fit(1, 24, SEEN.digit, NUMERIC | SEEN.latin | SEEN.letter),
    test: (cell) =>
      /^[+-]?\d{1,3}(?:\.\d+)?$/.test(cell)
        ? Math.abs(Number(cell)) <= 180
        : /^\d{1,3} ?[°d] ?\d{1,2} ?['′](?: ?\d{1,2}(?:\.\d+)? ?["″])? ?[NSEW]?$/i.test(cell),
  }),
};
