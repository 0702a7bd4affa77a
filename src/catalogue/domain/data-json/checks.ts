import type { ReadIssue } from '../source-record.js';

/** A fault of one value: what is wrong with it, or `null`. */
export type Check = (value: unknown) => Fault | null;
interface Fault {
  readonly code: string;
  readonly detail: string;
}
const fault = (code: string, detail: string): Fault => ({ code, detail });

const MEDIA_TYPE = /^[-\w]+\/[-\w]+(\.[-\w]+)*([+][-\w]+)?$/;
const MAILTO = /^mailto:[\w~!$&'()*+,;=:.-]+@[\w.-]+\.[\w.-]+$/;
/** A date, a year, a month, a week, or a date with time: ISO 8601 as far as catalogues use it. */
const DATE =
  /^[+-]?\d{4}(-?(0[1-9]|1[0-2])(-?([12]\d|0[1-9]|3[01]))?|-?W[0-5]\d(-?[1-7])?)?([T ]\d{2}(:?\d{2}(:?\d{2}([.,]\d+)?)?)?(Z|z|[+-]\d{2}(:?\d{2})?)?)?$/;
const DURATION =
  /^(R\d*\/)?P(\d+(\.\d+)?Y)?(\d+(\.\d+)?M)?(\d+(\.\d+)?W)?(\d+(\.\d+)?D)?(T(\d+(\.\d+)?H)?(\d+(\.\d+)?M)?(\d+(\.\d+)?S)?)?$/;
/** RFC 3986, as far as a link goes: a scheme, then only characters an address may hold. */
const URI = /^[a-z][a-z0-9+.-]*:(?:[\w.~!$&'()*+,;=:@/?#[\]-]|%[0-9a-f]{2})+$/i;
const LANGUAGE = /^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/;

/** A text of at least one character. */
export const text =
  (max: number): Check =>
  (value) => {
    if (typeof value !== 'string') return fault('wrong-type', 'must be a text');
    if (value.length === 0) return fault('empty-text', 'must not be empty');
    return value.length > max ? fault('too-long', `is longer than ${max} characters`) : null;
  };
const matching =
  (pattern: RegExp, code: string, what: string): Check =>
  (value) => {
    if (typeof value !== 'string') return fault('wrong-type', 'must be a text');
    return value.length <= 2_048 && pattern.test(value) ? null : fault(code, `is not ${what}`);
  };
export const uri = matching(URI, 'bad-url', 'an absolute address (RFC 3986)');
export const mediaType = matching(MEDIA_TYPE, 'bad-media-type', 'a media type such as text/csv');
export const email = matching(MAILTO, 'bad-email', 'a mailto: address');
export const code = (digits: number): Check =>
  matching(new RegExp(`[0-9]{3}:[0-9]{${digits}}`), 'bad-code', `a code of the form 015:${'0'.repeat(digits)}`);
export const language = matching(LANGUAGE, 'bad-language', 'a language tag such as en-US');
export const uii = matching(/[0-9]{3}-[0-9]{9}/, 'bad-code', 'an investment identifier');
export const flag: Check = (value) =>
  typeof value === 'boolean' ? null : fault('wrong-type', 'must be true or false');

const isDate = (value: string): boolean => DATE.test(value);
const isDuration = (value: string): boolean => DURATION.test(value);
const shortText = (value: unknown): value is string =>
  typeof value === 'string' && value.length > 0 && value.length <= 128;
export const date: Check = (value) =>
  shortText(value) && isDate(value) ? null : fault('bad-date', 'is not an ISO 8601 date');
export const frequency: Check = (value) =>
  value === 'irregular' || (shortText(value) && value.startsWith('R/') && isDuration(value))
    ? null
    : fault('bad-frequency', 'is not an ISO 8601 repeating duration such as R/P1M, nor irregular');
/** A date, a duration, or a date and a duration. */
export const modified: Check = (value) => {
  if (!shortText(value)) return fault('bad-date', 'is not an ISO 8601 date or duration');
  const parts = value.replace(/^R\d*\//, '').split('/');
  const fits = parts.length <= 2 && parts.every((part) => isDate(part) || isDuration(part));
  return fits ? null : fault('bad-date', 'is not an ISO 8601 date or duration');
};
export const temporal: Check = (value) => {
  const parts = shortText(value) ? value.replace(/^R\d*\//, '').split('/') : [];
  const fits = parts.length === 2 && parts.every((part) => isDate(part) || isDuration(part)) && parts.some(isDate);
  return fits ? null : fault('bad-period', 'is not an ISO 8601 interval: start/end');
};

export const nullable =
  (check: Check): Check =>
  (value) =>
    value === null ? null : check(value);

/** A list of at least one value, each of which passes. */
export const list =
  (check: Check, unique = false): Check =>
  (value) => {
    if (!Array.isArray(value)) return fault('wrong-type', 'must be a list');
    if (value.length === 0) return fault('empty-list', 'must not be empty');
    if (unique && new Set(value).size !== value.length) return fault('repeated-value', 'names a value twice');
    for (const item of value) {
      const found = check(item);
      if (found !== null) return fault(found.code, `has an entry that ${found.detail}`);
    }
    return null;
  };

export interface Shape {
  readonly [key: string]: { readonly check: Check; readonly required?: true };
}
export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** An object whose members pass; names the first that does not. */
export const shaped =
  (shape: Shape): Check =>
  (value) => {
    if (!isObject(value)) return fault('wrong-type', 'must be an object');
    const first = faultsOf(value, shape, '').at(0);
    return first === undefined ? null : fault(first.code, `: ${first.detail}`);
  };

/** Every fault of an object against a shape; unknown members are no fault, as in the official schema. */
export function faultsOf(value: Record<string, unknown>, shape: Shape, prefix: string): ReadIssue[] {
  const issues: ReadIssue[] = [];
  for (const [key, { check, required }] of Object.entries(shape)) {
    if (!Object.hasOwn(value, key)) {
      if (required) issues.push({ code: 'missing-field', detail: `${prefix}/${key} is missing` });
      continue;
    }
    const found = check(value[key]);
    if (found !== null) issues.push({ code: found.code, detail: `${prefix}/${key} ${found.detail}` });
  }
  return issues;
}

/** The members that are there and pass, for keeping. */
export const soundMembers = (
  value: Record<string, unknown>,
  shape: Shape,
  keys: readonly string[],
): Record<string, unknown> =>
  Object.fromEntries(
    keys
      .filter((key) => Object.hasOwn(value, key) && value[key] !== null && shape[key]?.check(value[key]) === null)
      .map((key) => [key, value[key]]),
  );
