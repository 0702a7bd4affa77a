import { addDays, type Day, weekday } from '../../src/kernel/time.js';
import { letTimeAct } from '../../src/composition/housekeeping.js';
import { applicantDay } from './applicants.js';
import type { City } from './city.js';
import { approverDay, officerDay, reviewerDay, supervisorDay } from './officials.js';

/** So many days in the city, one after the other; `told` is called at the end of each month, and at the end. */
export async function live(city: City, first: Day, days: number, told: (upTo: Day) => Promise<void>): Promise<void> {
  for (let n = 0; n < days; n += 1) {
    const day = addDays(first, n);
    city.at(day, 0.5);
    await timeActs(city);
    if (isWorkingDay(day)) await workingDay(city, day);
    const last = n === days - 1;
    if (last || addDays(day, 1).endsWith('-01')) await told(day);
  }
}

/** People take weekends off; that the calendar has other days off makes some of them work on holidays, as they do. */
const isWorkingDay = (day: Day): boolean => weekday(day) !== 0 && weekday(day) !== 6;

async function workingDay(city: City, day: Day): Promise<void> {
  city.at(day, 9);
  for (const enterprise of city.enterprises) await applicantDay(city, enterprise, day);
  for (const holder of city.holders) await reviewerDay(city, holder, day);
  await officerDay(city);
  await approverDay(city);
  await supervisorDay(city, day);
}

/** What the product does by itself every fifteen seconds, at least once a night. */
async function timeActs({ opened: { app } }: City): Promise<void> {
  await letTimeAct(app.unit, app.slices, (part, error) => {
    throw new Error(`time failed at ${part}`, { cause: error });
  });
}
