/**
 * Exact memo from a packed vector (two words) to a row number. Full keys are compared, so two vectors never share an
 * answer; when it is full it stops inserting and the caller asks Casbin each time. It belongs to one policy version.
 */
export class Memo {
  private readonly lows: Int32Array;
  private readonly highs: Int32Array;
  private readonly rows: Int16Array;
  private readonly mask: number;
  private used = 0;

  /** `capacity` is rounded up to a power of two of twice as many slots, so that probing stays short. */
  constructor(private readonly capacity = 8192) {
    const slots = 1 << (32 - Math.clz32(Math.max(2, capacity) * 2 - 1));
    this.mask = slots - 1;
    this.lows = new Int32Array(slots);
    this.highs = new Int32Array(slots);
    this.rows = new Int16Array(slots).fill(-1);
  }

  get size(): number {
    return this.used;
  }

  /** The remembered row number, or -1. */
  find(low: number, high: number): number {
    for (let slot = slotOf(low, high) & this.mask; ; slot = (slot + 1) & this.mask) {
      const row = this.rows[slot] as number;
      if (row < 0 || (this.lows[slot] === low && this.highs[slot] === high)) return row;
    }
  }

  remember(low: number, high: number, row: number): void {
    if (this.used >= this.capacity || this.find(low, high) >= 0) return;
    let slot = slotOf(low, high) & this.mask;
    while ((this.rows[slot] as number) >= 0) slot = (slot + 1) & this.mask;
    this.lows[slot] = low;
    this.highs[slot] = high;
    this.rows[slot] = row;
    this.used += 1;
  }
}

function slotOf(low: number, high: number): number {
  const mixed = Math.imul(low ^ Math.imul(high, 0x9e3779b1), 0x85ebca6b);
  return mixed ^ (mixed >>> 15);
}
