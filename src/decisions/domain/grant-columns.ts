import type { IndexedGrant } from './indexed-grant.js';
import { ID_WORDS, writeId } from './id-words.js';

/** The typed columns of the grant index: some 70 bytes a grant. They grow by a quarter, copied one by one. */
export class GrantColumns {
  organisations: Int32Array;
  datasets: Int32Array;
  nexts: Int32Array;
  items: Int32Array;
  agreements: Int32Array;
  versions: Int32Array;
  starts: Float64Array;
  ends: Float64Array;
  conditions: Float64Array;
  ids: Uint32Array;
  purposes: Uint8Array;
  deliveries: Uint8Array;
  states: Uint8Array;
  intact: Uint8Array;
  size = 0;
  private capacity: number;

  constructor(expected: number) {
    this.capacity = Math.max(16, expected);
    const n = this.capacity;
    this.organisations = new Int32Array(n);
    this.datasets = new Int32Array(n);
    this.nexts = new Int32Array(n);
    this.items = new Int32Array(n);
    this.agreements = new Int32Array(n);
    this.versions = new Int32Array(n);
    this.starts = new Float64Array(n);
    this.ends = new Float64Array(n);
    this.conditions = new Float64Array(n);
    this.ids = new Uint32Array(n * ID_WORDS);
    this.purposes = new Uint8Array(n);
    this.deliveries = new Uint8Array(n);
    this.states = new Uint8Array(n);
    this.intact = new Uint8Array(n);
  }

  get bytes(): number {
    return this.capacity * (6 * 4 + 3 * 8 + ID_WORDS * 4 + 4);
  }

  add(grant: IndexedGrant): number {
    if (this.size === this.capacity) this.grow();
    const row = this.size;
    if (!writeId(grant.id, this.ids, row * ID_WORDS)) throw new Error(`not a grant id: ${grant.id}`);
    this.size += 1;
    this.nexts[row] = -1;
    this.organisations[row] = grant.organisation;
    this.datasets[row] = grant.dataset;
    this.write(row, grant);
    return row;
  }

  /** Everything a newer version may change; the pair a grant belongs to never changes. */
  write(row: number, grant: IndexedGrant): void {
    this.versions[row] = grant.version;
    this.starts[row] = grant.start;
    this.ends[row] = grant.end;
    this.conditions[row] = grant.conditionsUntil;
    this.items[row] = grant.items;
    this.agreements[row] = grant.agreement;
    this.purposes[row] = grant.purposes;
    this.deliveries[row] = grant.deliveries;
    this.states[row] = grant.state;
    this.intact[row] = grant.intact ? 1 : 0;
  }

  private grow(): void {
    const n = Math.ceil(this.capacity * 1.25);
    this.organisations = copied(this.organisations, new Int32Array(n));
    this.datasets = copied(this.datasets, new Int32Array(n));
    this.nexts = copied(this.nexts, new Int32Array(n));
    this.items = copied(this.items, new Int32Array(n));
    this.agreements = copied(this.agreements, new Int32Array(n));
    this.versions = copied(this.versions, new Int32Array(n));
    this.starts = copied(this.starts, new Float64Array(n));
    this.ends = copied(this.ends, new Float64Array(n));
    this.conditions = copied(this.conditions, new Float64Array(n));
    this.ids = copied(this.ids, new Uint32Array(n * ID_WORDS));
    this.purposes = copied(this.purposes, new Uint8Array(n));
    this.deliveries = copied(this.deliveries, new Uint8Array(n));
    this.states = copied(this.states, new Uint8Array(n));
    this.intact = copied(this.intact, new Uint8Array(n));
    this.capacity = n;
  }
}

function copied<T extends { set(from: T): void }>(from: T, to: T): T {
  to.set(from);
  return to;
}
