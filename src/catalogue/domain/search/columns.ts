/** Values that recur, as small numbers. */
export class Interned {
  private readonly numbers = new Map<string, number>();
  readonly values: string[] = [];

  numberOf(value: string): number {
    const known = this.numbers.get(value);
    if (known !== undefined) return known;
    this.numbers.set(value, this.values.length);
    return this.values.push(value) - 1;
  }

  /** −1 for a value never seen. */
  find(value: string): number {
    return this.numbers.get(value) ?? -1;
  }
}

type Typed = Uint8Array | Uint32Array | Float64Array;

const grown = <T extends Typed>(column: T, capacity: number): T => {
  const next = new (column.constructor as new (length: number) => T)(capacity);
  next.set(column as never);
  return next;
};

/** One row per document in typed columns, grown together. `field`, `tier` and `state` hold positions in their word lists. */
export class Columns {
  length = 0;
  readonly ids: string[] = [];
  readonly titleKeys: string[] = [];
  readonly otherTitles: string[] = [];
  version = new Uint32Array(64);
  alive = new Uint8Array(64);
  /** What the public sees: 2 in full, 1 redacted, 0 nothing. */
  shown = new Uint8Array(64);
  /** 1 where bodies see what is not public of it, for they may ask for it. */
  shared = new Uint8Array(64);
  field = new Uint8Array(64);
  tier = new Uint8Array(64);
  state = new Uint8Array(64);
  publisher = new Uint32Array(64);
  source = new Uint32Array(64);
  changedAt = new Float64Array(64);

  /** Takes the next row number; the caller fills the columns. */
  take(id: string, titleKey: string, otherTitle: string): number {
    if (this.length === this.alive.length) this.grow(this.length * 2);
    const number = this.length++;
    this.ids[number] = id;
    this.titleKeys[number] = titleKey;
    this.otherTitles[number] = otherTitle;
    this.alive[number] = 1;
    return number;
  }

  /** Title, then id, by code unit: the same on every database and every run. */
  compare(a: number, b: number): number {
    const first = this.titleKeys[a] as string;
    const second = this.titleKeys[b] as string;
    if (first !== second) return first < second ? -1 : 1;
    const one = this.ids[a] as string;
    const other = this.ids[b] as string;
    return one < other ? -1 : one > other ? 1 : a - b;
  }

  /** Moves the rows that live to the front and gives each old number its new one, −1 for the dead. */
  compact(): Int32Array {
    const numbers = new Int32Array(this.length).fill(-1);
    let kept = 0;
    for (let at = 0; at < this.length; at++) {
      if (this.alive[at] === 0) continue;
      this.move(at, kept);
      numbers[at] = kept++;
    }
    this.length = kept;
    this.ids.length = kept;
    this.titleKeys.length = kept;
    this.otherTitles.length = kept;
    return numbers;
  }

  private move(from: number, to: number): void {
    this.ids[to] = this.ids[from] as string;
    this.titleKeys[to] = this.titleKeys[from] as string;
    this.otherTitles[to] = this.otherTitles[from] as string;
    for (const column of [
      this.version,
      this.alive,
      this.shown,
      this.shared,
      this.field,
      this.tier,
      this.state,
      this.publisher,
      this.source,
      this.changedAt,
    ])
      column[to] = column[from] as number;
  }

  private grow(capacity: number): void {
    this.version = grown(this.version, capacity);
    this.alive = grown(this.alive, capacity);
    this.shown = grown(this.shown, capacity);
    this.shared = grown(this.shared, capacity);
    this.field = grown(this.field, capacity);
    this.tier = grown(this.tier, capacity);
    this.state = grown(this.state, capacity);
    this.publisher = grown(this.publisher, capacity);
    this.source = grown(this.source, capacity);
    this.changedAt = grown(this.changedAt, capacity);
  }
}
