/** Working days; `null` where nothing was counted, or where so much is undecided that the value is not known yet. */
export interface Spread {
  readonly count: number;
  readonly median: number | null;
  readonly p90: number | null;
}

/**
 * How often each number of working days was counted: of 100,000 cases some dozens of numbers. What is not decided has
 * taken longer than anything that is.
 */
export class DayCounts {
  private readonly counts = new Map<number, number>();
  private total = 0;

  static readonly UNDECIDED = Number.POSITIVE_INFINITY;

  static of(days: Iterable<number>): DayCounts {
    const counts = new DayCounts();
    for (const one of days) counts.add(one);
    return counts;
  }

  get size(): number {
    return this.total;
  }

  add(days: number, times = 1): void {
    this.counts.set(days, (this.counts.get(days) ?? 0) + times);
    this.total += times;
  }

  addAll(others: DayCounts): void {
    for (const [days, times] of others.counts) this.add(days, times);
  }

  /** How many took longer than so many days. */
  above(days: number): number {
    let above = 0;
    for (const [one, times] of this.counts) if (one > days) above += times;
    return above;
  }

  get spread(): Spread {
    return { count: this.total, median: this.rank(0.5), p90: this.rank(0.9) };
  }

  /** The value that this share of the values does not exceed (nearest rank). */
  private rank(share: number): number | null {
    let left = Math.max(1, Math.ceil(this.total * share));
    for (const days of [...this.counts.keys()].sort((a, b) => a - b)) {
      left -= this.counts.get(days) ?? 0;
      if (left <= 0) return days === DayCounts.UNDECIDED ? null : days;
    }
    return null;
  }
}

export const spreadOf = (days: Iterable<number>): Spread => DayCounts.of(days).spread;
