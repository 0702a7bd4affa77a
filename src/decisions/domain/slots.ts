/**
 * Open addressing over row numbers: the keys stay in the caller's columns, the table holds only numbers. Grows at two
 * thirds full. Rows are never removed (an ended grant is still the reason of an answer).
 */
export class Slots {
  private table: Int32Array;
  private used = 0;

  constructor(
    private readonly hashOf: (row: number) => number,
    expected = 16,
  ) {
    this.table = new Int32Array(sizeFor(expected)).fill(-1);
  }

  get bytes(): number {
    return this.table.byteLength;
  }

  /** First slot to look at for a hash; walk with `after` until the row is -1. */
  start(hash: number): number {
    return hash & (this.table.length - 1);
  }

  after(slot: number): number {
    return (slot + 1) & (this.table.length - 1);
  }

  rowAt(slot: number): number {
    return this.table[slot] as number;
  }

  replace(slot: number, row: number): void {
    this.table[slot] = row;
  }

  add(row: number): void {
    if ((this.used + 1) * 3 > this.table.length * 2) this.grow();
    this.place(row);
    this.used += 1;
  }

  private place(row: number): void {
    let slot = this.start(this.hashOf(row));
    while (this.rowAt(slot) >= 0) slot = this.after(slot);
    this.table[slot] = row;
  }

  private grow(): void {
    const old = this.table;
    this.table = new Int32Array(old.length * 2).fill(-1);
    for (const row of old) if (row >= 0) this.place(row);
  }
}

const sizeFor = (expected: number): number => 1 << (32 - Math.clz32(Math.max(8, Math.ceil(expected * 1.5)) - 1));
