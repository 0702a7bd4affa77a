import { addDays, addMonths, type Day, startOfDay } from '../../kernel/time.js';
import type { Frequency } from './dataset.js';

/** ISO 8601 repeating durations as catalogues write them. */
const ISO_FREQUENCIES: Readonly<Record<string, Frequency>> = {
  irregular: 'irregular',
  'R/PT1S': 'realtime',
  'R/PT1M': 'realtime',
  'R/PT1H': 'hourly',
  'R/P1D': 'daily',
  'R/P7D': 'weekly',
  'R/P1W': 'weekly',
  'R/P0.33M': 'weekly',
  'R/P1M': 'monthly',
  'R/P3M': 'quarterly',
  'R/P4M': 'quarterly',
  'R/P6M': 'half-yearly',
  'R/P1Y': 'yearly',
  'R/P2Y': 'every-two-years',
};

/** How often, or `null` where the text says nothing we know. */
export const frequencyOfIso = (text: string): Frequency | null =>
  Object.hasOwn(ISO_FREQUENCIES, text) ? (ISO_FREQUENCIES[text] ?? null) : null;

const DAYS: Partial<Record<Frequency, number>> = { realtime: 1, hourly: 1, daily: 1, weekly: 7 };
const MONTHS: Partial<Record<Frequency, number>> = {
  monthly: 1,
  quarterly: 3,
  'half-yearly': 6,
  yearly: 12,
  'every-two-years': 24,
};

/** The day by which the n-th renewal after the last one must have come (n from 1); `null` where nothing is promised. */
export function dueDay(frequency: Frequency | null, lastUpdated: Day | null, n: number): Day | null {
  if (frequency === null || lastUpdated === null) return null;
  const days = DAYS[frequency];
  if (days !== undefined) return addDays(lastUpdated, n * days);
  const months = MONTHS[frequency];
  return months === undefined ? null : addMonths(lastUpdated, n * months);
}

/** The day by which the data must have been renewed; `null` where nothing is promised or nothing is known. */
export const nextUpdateDue = (frequency: Frequency | null, lastUpdated: Day | null): Day | null =>
  dueDay(frequency, lastUpdated, 1);

/** How many renewals were due before this day, none of which came. */
export function missedBefore(frequency: Frequency, lastUpdated: Day, day: Day): number {
  const months = MONTHS[frequency];
  const period = DAYS[frequency] ?? (months ?? 0) * SHORTEST_MONTH;
  if (period === 0) return 0;
  let missed = Math.max(0, Math.ceil((startOfDay(day) - startOfDay(lastUpdated)) / DAY / period));
  while (missed > 0 && (dueDay(frequency, lastUpdated, missed) ?? day) >= day) missed -= 1;
  return missed;
}
const DAY = 86_400_000;
const SHORTEST_MONTH = 28;
