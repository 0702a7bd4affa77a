import { addDays, type Day, startOfDay, weekday } from '../../kernel/time.js';

/** One year's arrangement as the State Council publishes it: only the days that differ from their weekday. */
export interface YearArrangement {
  readonly year: number;
  readonly off: readonly Day[];
  /** Saturdays and Sundays that are worked to make up for days off. */
  readonly working: readonly Day[];
}

export type DayKind = 'working-day' | 'make-up-day' | 'weekend' | 'holiday';

/**
 * A dated national calendar. A notice may name days of the neighbouring year (that of 2019 moved 29–31 December 2018),
 * so all published years are read together. A year without a notice follows its weekdays and is not `published`.
 */
export class Calendar {
  private readonly special = new Map<Day, DayKind>();
  private readonly years: ReadonlySet<number>;

  constructor(
    readonly name: string,
    arrangements: readonly YearArrangement[],
  ) {
    this.years = new Set(arrangements.map(({ year }) => year));
    for (const { off, working } of arrangements) {
      for (const day of off) this.special.set(day, 'holiday');
      for (const day of working) this.special.set(day, 'make-up-day');
    }
  }

  kindOf(day: Day): DayKind {
    return this.special.get(day) ?? (isWeekend(day) ? 'weekend' : 'working-day');
  }

  isWorking(day: Day): boolean {
    const kind = this.kindOf(day);
    return kind === 'working-day' || kind === 'make-up-day';
  }

  isPublished(day: Day): boolean {
    return this.years.has(Number(day.slice(0, 4)));
  }

  /** The days after this one that lie in published years, without a gap: none where its own year is not. */
  publishedAfter(day: Day): number {
    let year = Number(day.slice(0, 4));
    if (!this.years.has(year)) return 0;
    while (this.years.has(year + 1)) year++;
    return daysBetween(day, `${year}-12-31`);
  }

  /** The day on which `limit` working days are full, counted from the day after `start`. */
  after(start: Day, limit: number): Day {
    let day = start;
    for (let counted = 0; counted < limit; ) {
      day = addDays(day, 1);
      if (this.isWorking(day)) counted++;
    }
    return day;
  }
}

const DAY = 86_400_000;
const daysBetween = (from: Day, to: Day): number => (startOfDay(to) - startOfDay(from)) / DAY;

const isWeekend = (day: Day): boolean => {
  const number = weekday(day);
  return number === 0 || number === 6;
};
