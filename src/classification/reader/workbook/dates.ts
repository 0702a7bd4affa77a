/** Number formats of the standard (ECMA-376 18.8.30), with those of Chinese and Japanese locales, that show a date or time. */
const BUILT_IN = [
  [14, 22],
  [27, 36],
  [45, 47],
  [50, 58],
] as const;

/** Whether a number under this format is shown as a date or a time. */
export function showsDate(id: number, code: string | undefined): boolean {
  if (code === undefined) return BUILT_IN.some(([from, to]) => id >= from && id <= to);
  return /[ymdhs年月日时]/i.test(code.replace(/"[^"]*"|\\.|\[[^\]]*\]|_./g, '').replace(/general/gi, ''));
}

/** The last day that a spreadsheet knows: 31 December 9999. */
const LAST = 2_958_466;
const DAY = 86_400_000;
const DAYS_TO_1904 = 1462;

/**
 * A serial day as text, `yyyy-mm-dd` with the time of day where it has one; what is no day stays the number it is.
 * Spreadsheets believe in a 29 February 1900, so days before it are counted from one day later.
 */
export function dateText(number: string, from1904: boolean): string {
  const serial = Number(number) + (from1904 ? DAYS_TO_1904 : 0);
  if (!(serial >= 0 && serial < LAST)) return number;
  const base = serial < 60 ? Date.UTC(1899, 11, 31) : Date.UTC(1899, 11, 30);
  const [day = '', time = ''] = new Date(base + Math.round(serial * 86_400) * 1000).toISOString().split(/[T.]/);
  if (serial < 1) return time;
  return (serial * DAY) % DAY < 500 ? day : `${day} ${time}`;
}
