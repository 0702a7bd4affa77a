import { isBankCard, isCreditCode, isResidentId } from './checksums.js';

/** Tests one cell, already trimmed and folded to half-width. */
export type Validator = (cell: string) => boolean;

const HAN_NAME = /^\p{Script=Han}{2,4}(?:·\p{Script=Han}{1,8})?$/u;
const LATIN_NAME = /^\p{Lu}[\p{L}'’.-]*(?:[ ,]+\p{L}[\p{L}'’.-]*){0,4}$/u;
const PLATE =
  /^[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][ ·]?[A-HJ-NP-Z0-9]{4,5}[A-HJ-NP-Z0-9挂学警港澳]$/;
const DATE =
  /^(?:19|20)\d{2}(?:[-/.年]?)(?:0?[1-9]|1[0-2])(?:[-/.月]?)(?:0?[1-9]|[12]\d|3[01])日?$|^(?:0?[1-9]|[12]\d|3[01])[-/.](?:0?[1-9]|[12]\d|3[01])[-/.](?:19|20)?\d{2}$/;
const ADDRESS = /(?:[路街巷弄村镇乡区县].{0,30}\d+.{0,4}[号弄室幢栋楼单元])|^\d+\s+\p{L}[\p{L} .'-]{2,}/u;

/** A name is two to four Han characters that begin with a family name of the list. */
const chineseName = (surnames: readonly string[]): Validator => {
  const single = new Set(surnames.filter((name) => name.length === 1));
  const double = surnames.filter((name) => name.length > 1);
  return (cell) => HAN_NAME.test(cell) && (single.has(cell.charAt(0)) || double.some((name) => cell.startsWith(name)));
};

const ID_INSIDE = /(?<![0-9A-Za-z])[1-9]\d{16}[\dXx](?![0-9A-Za-z])/g;
const MOBILE_INSIDE = /(?<![0-9A-Za-z.-])1[3-9]\d{9}(?![0-9A-Za-z.-])/;
/** Longer than an identifier with its label, so that only texts are searched. */
const isText = (cell: string): boolean => cell.length > 18;

/** The validators that `columns.yaml` may name. */
export const validators = (surnames: readonly string[]): Readonly<Record<string, Validator>> => ({
  'resident-id': isResidentId,
  'resident-id-inside': (cell) => isText(cell) && (cell.match(ID_INSIDE) ?? []).some(isResidentId),
  'mobile-inside': (cell) => cell.length > 11 && MOBILE_INSIDE.test(cell),
  'credit-code': isCreditCode,
  'bank-card': isBankCard,
  mobile: (cell) => /^(?:\+?86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}$/.test(cell),
  passport: (cell) => /^(?:[DEGKPS][A-HJ-NP-Z0-9]?\d{7,8}|\d{9})$/.test(cell),
  email: (cell) => cell.length <= 254 && /^[^\s@]{1,64}@[^\s@.]+(?:\.[^\s@.]+)+$/.test(cell),
  'person-name-zh': chineseName(surnames),
  'person-name-en': (cell) => cell.length <= 60 && LATIN_NAME.test(cell),
  date: (cell) => cell.length <= 20 && DATE.test(cell.replace(/[ T]\d{1,2}:\d{2}.*$/, '')),
  address: (cell) => cell.length <= 200 && ADDRESS.test(cell),
  'number-plate': (cell) => PLATE.test(cell),
  'record-number': (cell) => /^[A-Za-z]{0,4}[-_]?\d{4,16}$/.test(cell),
});
