/** Milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = number;
/** A calendar day in Asia/Shanghai, `YYYY-MM-DD`. */
export type Day = string;

/** Where the time comes from; the core never looks, it is told. */
export interface Clock {
  now(): Instant;
}

/** Asia/Shanghai has been UTC+8 without summer time since 1991. */
const SHANGHAI_OFFSET = 8 * 3_600_000;
const DAY = 86_400_000;
const DAY_PATTERN = /^\d{4}-\d{2}-\d{2}$/;
const MOMENT_PATTERN = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/;

export const isoOf = (at: Instant): string => new Date(at).toISOString();
export const instantOf = (iso: string): Instant => Date.parse(iso);
export const dayOf = (at: Instant): Day => new Date(at + SHANGHAI_OFFSET).toISOString().slice(0, 10);
/** First millisecond of the day in Asia/Shanghai. */
export const startOfDay = (day: Day): Instant => Date.parse(`${day}T00:00:00Z`) - SHANGHAI_OFFSET;
/** First millisecond after the day: periods are half-open, `to` days are inclusive. */
export const endOfDay = (day: Day): Instant => startOfDay(day) + DAY;
export const addDays = (day: Day, days: number): Day =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);
/** 0 is Sunday. */
export const weekday = (day: Day): number => new Date(Date.parse(`${day}T00:00:00Z`)).getUTCDay();
/** True for a day that exists, written `YYYY-MM-DD`. */
export const isDay = (text: string): boolean =>
  DAY_PATTERN.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`)) && addDays(text, 0) === text;
/** True for a time that exists, in RFC 3339 with its offset. */
export const isMoment = (text: string): boolean =>
  MOMENT_PATTERN.test(text) && isDay(text.slice(0, 10)) && !Number.isNaN(Date.parse(text));
/** `addMonths('2026-01-31', 1)` is `2026-02-28`: a month that is too short ends on its last day. */
export const addMonths = (day: Day, months: number): Day => {
  const [year = 0, month = 1, dayOfMonth = 1] = day.split('-').map(Number);
  const first = new Date(Date.UTC(year, month - 1 + months, 1));
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  return new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth(), Math.min(dayOfMonth, last)))
    .toISOString()
    .slice(0, 10);
};
