/** Rows take 24 bits of a slot (16.7 million grants); the rest holds seven bits of the key's hash. */
const ROW = 0xff_ffff;
const TAG = 0x7f00_0000;
const EMPTY = -1;

/**
 * Open addressing over row numbers: the keys stay in the caller's records, the table holds numbers, each with a few bits
 * of its key's hash, so that a record is looked at only when it is most likely the right one. Grows at two thirds full.
 * Rows are never removed (an ended grant is still the reason of an answer).
 */
export class Slots {
  private table: Int32Array;
  private used = 0;

  constructor(
    private readonly hashOf: (row: number) => number,
    expected = 16,
  ) {
    this.table = new Int32Array(sizeFor(expected)).fill(EMPTY);
  }

  get bytes(): number {
    return this.table.byteLength;
  }

  pack(): Uint8Array {
    return new Uint8Array(this.table.buffer);
  }

  /** Takes up what was packed; `used` is how many rows it holds. */
  take(packed: Uint8Array, used: number): void {
    this.table = new Int32Array(new Uint8Array(packed).buffer);
    this.used = used;
  }

  get rows(): number {
    return this.used;
  }

  /** First slot to look at for a hash; walk with `after` until a slot is empty. */
  start(hash: number): number {
    return hash & (this.table.length - 1);
  }

  after(slot: number): number {
    return (slot + 1) & (this.table.length - 1);
  }

  isEmpty(slot: number): boolean {
    return this.table[slot] === EMPTY;
  }

  /** The row in a slot whose key may have this hash; -1 when it cannot. */
  candidate(slot: number, hash: number): number {
    const held = this.table[slot] as number;
    return (held & TAG) === tagOf(hash) ? held & ROW : -1;
  }

  replace(slot: number, row: number): void {
    this.table[slot] = ((this.table[slot] as number) & TAG) | row;
  }

  add(row: number): void {
    if (row > ROW) throw new RangeError(`an index holds ${ROW + 1} grants`);
    if ((this.used + 1) * 3 > this.table.length * 2) this.grow();
    this.place(row);
    this.used += 1;
  }

  private place(row: number): void {
    const hash = this.hashOf(row);
    let slot = this.start(hash);
    while (!this.isEmpty(slot)) slot = this.after(slot);
    this.table[slot] = tagOf(hash) | row;
  }

  private grow(): void {
    const old = this.table;
    this.table = new Int32Array(old.length * 2).fill(EMPTY);
    for (const held of old) if (held !== EMPTY) this.place(held & ROW);
  }
}

/** The upper bits of the hash; the lower ones choose the slot. */
const tagOf = (hash: number): number => (hash >>> 1) & TAG;

const sizeFor = (expected: number): number => 1 << (32 - Math.clz32(Math.max(8, Math.ceil(expected * 1.5)) - 1));
