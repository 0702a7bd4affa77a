import { addDays, type Day } from '../../kernel/time.js';

/** A quarter of a year in Asia/Shanghai, `YYYY-Qn`; in order of time as texts. */
export type Quarter = string;

export const QUARTER = /^\d{4}-Q[1-4]$/;

export const quarterOf = (day: Day): Quarter => `${day.slice(0, 4)}-Q${Math.ceil(Number(day.slice(5, 7)) / 3)}`;

/** The first day of the quarter after this one. */
function firstAfter(quarter: Quarter): Day {
  const [year, number] = [Number(quarter.slice(0, 4)), Number(quarter.slice(6))];
  return number === 4 ? `${year + 1}-01-01` : `${year}-${String(number * 3 + 1).padStart(2, '0')}-01`;
}

export const lastDayOf = (quarter: Quarter): Day => addDays(firstAfter(quarter), -1);
export const nextQuarter = (quarter: Quarter): Quarter => quarterOf(firstAfter(quarter));

/** The newest quarter that was over the day before: on its first day, what happened on its last may still be coming in. */
export const closedOn = (day: Day): Quarter => {
  const first = `${day.slice(0, 4)}-${String((Math.ceil(Number(day.slice(5, 7)) / 3) - 1) * 3 + 1).padStart(2, '0')}-01`;
  return quarterOf(addDays(first, first === day ? -93 : -1));
};

/** Every quarter from one to another, both inclusive. */
export function quartersBetween(from: Quarter, to: Quarter): Quarter[] {
  const all: Quarter[] = [];
  for (let quarter = from; quarter <= to; quarter = nextQuarter(quarter)) all.push(quarter);
  return all;
}
