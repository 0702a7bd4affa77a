const NONE = -1;

/** The first row of each chain, by small number; grows with the numbers. */
export class Heads {
  private rows = new Int32Array(64).fill(NONE);

  get bytes(): number {
    return this.rows.byteLength;
  }

  pack(): Uint8Array {
    return new Uint8Array(this.rows.buffer);
  }

  take(packed: Uint8Array): void {
    this.rows = new Int32Array(new Uint8Array(packed).buffer);
  }

  get(number: number): number {
    return this.rows[number] ?? NONE;
  }

  /** Makes a row the first of its chain and gives back what was first before. */
  put(number: number, row: number): number {
    if (number >= this.rows.length) this.grow(number);
    const before = this.rows[number] as number;
    this.rows[number] = row;
    return before;
  }

  private grow(number: number): void {
    const larger = new Int32Array(Math.max(number + 1, this.rows.length * 2)).fill(NONE);
    larger.set(this.rows);
    this.rows = larger;
  }
}
