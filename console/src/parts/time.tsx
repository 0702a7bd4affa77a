import { language } from '../language';

const ZONE = 'Asia/Shanghai';
const moment = (iso: string, options: Intl.DateTimeFormatOptions): string => {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return iso;
  return new Intl.DateTimeFormat(language(), { timeZone: ZONE, ...options }).format(at);
};
const onlyDay = /^\d{4}-\d{2}-\d{2}$/;
/** A contract day is already a day in Shanghai; noon there keeps it that day in the formatter. */
const asInstant = (text: string): string => (onlyDay.test(text) ? `${text}T12:00:00+08:00` : text);

export const dayText = (text: string | null | undefined): string =>
  text ? moment(asInstant(text), { year: 'numeric', month: 'short', day: 'numeric' }) : '';
export const longDayText = (text: string): string =>
  moment(asInstant(text), { year: 'numeric', month: 'long', day: 'numeric', weekday: 'long' });
export const timeText = (text: string | null | undefined): string =>
  text
    ? moment(text, {
        year: 'numeric',
        month: 'short',
        day: 'numeric',
        hour: '2-digit',
        minute: '2-digit',
        hour12: false,
      })
    : '';
/** A time of day with its milliseconds. */
export const clockText = (at: number): string =>
  moment(new Date(at).toISOString(), {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    fractionalSecondDigits: 3,
    hour12: false,
  });
export const weekdayText = (day: string): string => moment(asInstant(day), { weekday: 'narrow' });

/** Today in Shanghai, `YYYY-MM-DD`. */
export const today = (): string => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
export const addDays = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
export const addMonths = (day: string, months: number): string => {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const last = new Date(Date.UTC(year, month - 1 + months + 1, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(date, last))).toISOString().slice(0, 10);
};
/** Whole days from today to the day; negative when it has passed. */
export const daysUntil = (text: string): number => {
  const day = onlyDay.test(text) ? text : new Date(Date.parse(text) + 8 * 3_600_000).toISOString().slice(0, 10);
  return Math.round((Date.parse(`${day}T00:00:00Z`) - Date.parse(`${today()}T00:00:00Z`)) / 86_400_000);
};

export function Moment({ at }: { readonly at: string }) {
  return <time dateTime={at}>{onlyDay.test(at) ? dayText(at) : timeText(at)}</time>;
}
export function Day({ at }: { readonly at: string }) {
  return <time dateTime={at}>{dayText(at)}</time>;
}
