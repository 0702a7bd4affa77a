import type { Columns } from './columns.js';

/** All documents by title, then id, kept sorted while documents come: new ones are sorted and merged in. */
export class TitleOrder {
  private order = new Uint32Array(0);

  constructor(private readonly columns: Columns) {}

  get numbers(): Uint32Array {
    return this.order;
  }

  add(numbers: readonly number[]): void {
    const fresh = [...numbers].sort((a, b) => this.columns.compare(a, b));
    const merged = new Uint32Array(this.order.length + fresh.length);
    let from = 0;
    let to = 0;
    for (const number of fresh) {
      const place = this.placeOf(number, from);
      merged.set(this.order.subarray(from, place), to);
      to += place - from;
      merged[to++] = number;
      from = place;
    }
    merged.set(this.order.subarray(from), to);
    this.order = merged;
  }

  renumber(numbers: Int32Array): void {
    this.order = this.order
      .map((number) => (numbers[number] as number) + 1)
      .filter((number) => number > 0)
      .map((number) => number - 1);
  }

  private placeOf(number: number, from: number): number {
    let low = from;
    let high = this.order.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.columns.compare(this.order[middle] as number, number) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
