import { fold } from '../lexicon.js';

const DAY = /^((?:1[89]|20)\d{2})(?:([-/.])(\d{1,2})\2(\d{1,2})|年(\d{1,2})月(\d{1,2})日?|(\d{2})(\d{2}))$/u;
const MONTH = /^((?:19|20)\d{2})[-/.年]?(0?[1-9]|1[0-2])月?$/u;
const NUMBERED = /^(.*?)(\d{1,15})$/u;

/** Year, month and day of a text that is one, however it is written. */
function dayIn(text: string): readonly [year: string, month: string, day: string] | null {
  const [, year, , ...parts] = DAY.exec(text) ?? [];
  const [month = '', day = ''] = parts.filter((part) => part !== undefined);
  const holds = Number(month) >= 1 && Number(month) <= 12 && Number(day) >= 1 && Number(day) <= 31;
  return year === undefined || !holds ? null : [year, month.padStart(2, '0'), day.padStart(2, '0')];
}

/** A value as it is compared between tables: width, case, blanks and the way a date is written make no difference. */
export function linkValue(cell: string): string {
  const text = fold(cell);
  return dayIn(text)?.join('-') ?? text;
}

/** Different values kept of a column. */
const KEPT = 20_000;
/** Columns with fewer different values are alike by chance, unless they are called the same. */
const TELLING = 8;
/** Fewer values in common are chance. */
const COMMON = 3;
/** Longer texts are no number, day or month. */
const LONGEST_PLACE = 40;
const RANGE = 2 ** 52;

/** 52 bits of a text, spread evenly: two multiplicative hashes side by side. */
function hashOf(text: string): number {
  let [high, low] = [0x9e3779b9, 0x85ebca6b];
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    high = Math.imul(high ^ code, 0x01000193);
    low = Math.imul(low + code, 0x27d4eb2f) ^ (low >>> 15);
  }
  high = Math.imul(high ^ (high >>> 16) ^ low, 0x7feb352d);
  low = Math.imul(low ^ (low >>> 13) ^ high, 0x846ca68b);
  return ((high ^ (high >>> 15)) >>> 0) * 2 ** 20 + ((low ^ (low >>> 16)) >>> 12);
}

/** Where the values of a column stand on a line of numbers, days or months; only while every value does. */
class Line {
  private prefix: string | null = null;
  private count = 0;
  private least = Number.POSITIVE_INFINITY;
  private most = Number.NEGATIVE_INFINITY;

  add(prefix: string, place: number): void {
    this.prefix ??= prefix;
    if (this.prefix !== prefix) return;
    this.count += 1;
    this.least = Math.min(this.least, place);
    this.most = Math.max(this.most, place);
  }

  holds(cells: number): boolean {
    return cells > 0 && this.count === cells;
  }

  /** Few places between the first and the last are left out. */
  isDense(cells: number): boolean {
    return this.holds(cells) && this.most - this.least + 1 <= 1.5 * cells;
  }
}

/**
 * The different values of a column, as hashes: all of them while they are few, then those below a bound that falls. What
 * is left is the same choice in every table, so that two columns can be compared however their rows are ordered.
 */
export class ColumnValues {
  private readonly hashes = new Set<number>();
  private bound = RANGE;
  /** Non-empty cells. */
  private cells = 0;
  private readonly lines = { number: new Line(), day: new Line(), month: new Line() };

  constructor(readonly name: string) {}

  add(cell: string): void {
    const value = linkValue(cell);
    if (value === '') return;
    this.cells += 1;
    this.place(value);
    const hash = hashOf(value);
    if (hash >= this.bound) return;
    this.hashes.add(hash);
    while (this.hashes.size > KEPT) this.halve();
  }

  /** How many different values there are; an estimate beyond 20,000. */
  get distinct(): number {
    return Math.round((this.hashes.size * RANGE) / this.bound);
  }

  /** Each value once: it could name a record. */
  get isUnique(): boolean {
    return this.cells > 0 && this.distinct >= 0.97 * this.cells;
  }

  /** Counts its own rows, days or months one after the other: equal places in two tables prove nothing. */
  get isAxis(): boolean {
    const { number, day, month } = this.lines;
    return this.isUnique && [number, day, month].some((line) => line.isDense(this.cells));
  }

  /** Every value is a whole number, a prefix of all of them aside. */
  get isNumbered(): boolean {
    return this.lines.number.holds(this.cells);
  }

  /** Share of the shorter list of values that stands in the other; 0 where too few can be compared. */
  contained(other: ColumnValues): number {
    const bound = Math.min(this.bound, other.bound);
    const [mine, theirs] = [this.below(bound), other.below(bound)];
    const [few, many] = mine <= theirs ? [this, other] : [other, this];
    const compared = Math.min(mine, theirs);
    if (compared < TELLING) return 0;
    let common = 0;
    for (const hash of few.hashes) if (hash < bound && many.hashes.has(hash)) common += 1;
    return common < COMMON ? 0 : common / compared;
  }

  private below(bound: number): number {
    if (bound === this.bound) return this.hashes.size;
    let count = 0;
    for (const hash of this.hashes) if (hash < bound) count += 1;
    return count;
  }

  private halve(): void {
    this.bound /= 2;
    for (const hash of this.hashes) if (hash >= this.bound) this.hashes.delete(hash);
  }

  private place(value: string): void {
    if (value.length > LONGEST_PLACE) return;
    const [, prefix = '', digits] = NUMBERED.exec(value) ?? [];
    if (digits !== undefined) this.lines.number.add(prefix, Number(digits));
    const day = dayIn(value);
    if (day !== null) this.lines.day.add('', Number(day[0]) * 372 + Number(day[1]) * 31 + Number(day[2]));
    const [, year, month] = MONTH.exec(value) ?? [];
    if (year !== undefined) this.lines.month.add('', Number(year) * 12 + Number(month));
  }
}
