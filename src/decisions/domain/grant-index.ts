import { GrantColumns } from './grant-columns.js';
import type { IndexedGrant } from './indexed-grant.js';
import { hashId, mix, readId, writeId } from './id-words.js';
import { Slots } from './slots.js';

/**
 * Grants in memory by (organisation, dataset). A pair's grants form a chain, newest first: `first`, then `next`.
 * Rows are changed in place and only by a newer version, so replaying a change twice does nothing.
 */
export class GrantIndex {
  readonly columns: GrantColumns;
  private readonly byId: Slots;
  private readonly byPair: Slots;
  private readonly probe: Uint32Array;
  private readonly membersOf = new Map<number, ReadonlySet<string>>();
  private readonly quotas = new Map<number, number>();
  private readonly usage = new Map<number, number>();

  constructor(expected = 1024) {
    this.columns = new GrantColumns(expected);
    this.probe = new Uint32Array(8);
    this.byId = new Slots((row) => hashId(this.columns.ids, row * 5), expected);
    this.byPair = new Slots((row) => this.pairHash(row), expected);
  }

  get size(): number {
    return this.columns.size;
  }

  /** Bytes of the columns and tables (maps of the few grants with members or quotas are not counted). */
  get bytes(): number {
    return this.columns.bytes + this.byId.bytes + this.byPair.bytes;
  }

  /** Newest grant of an organisation on a dataset, or -1. */
  first(organisation: number, dataset: number): number {
    const { organisations, datasets } = this.columns;
    for (let slot = this.byPair.start(hashPair(organisation, dataset)); ; slot = this.byPair.after(slot)) {
      const row = this.byPair.rowAt(slot);
      if (row < 0 || (organisations[row] === organisation && datasets[row] === dataset)) return row;
    }
  }

  /** The pair's next older grant, or -1. */
  next(row: number): number {
    return this.columns.nexts[row] as number;
  }

  find(id: string): number {
    if (!writeId(id, this.probe, 0)) return -1;
    const { ids } = this.columns;
    for (let slot = this.byId.start(hashId(this.probe, 0)); ; slot = this.byId.after(slot)) {
      const row = this.byId.rowAt(slot);
      if (row < 0 || this.sameId(ids, row)) return row;
    }
  }

  idOf(row: number): string {
    return readId(this.columns.ids, row * 5);
  }

  /** Whom the grant serves: null means everyone of the organisation. */
  members(row: number): ReadonlySet<string> | null {
    return this.membersOf.size === 0 ? null : (this.membersOf.get(row) ?? null);
  }

  /** Deliveries left under the grant's quota; Infinity where it has none. */
  left(row: number): number {
    const quota = this.quotas.get(row);
    return quota === undefined ? Number.POSITIVE_INFINITY : quota - (this.usage.get(row) ?? 0);
  }

  hasQuota(row: number): boolean {
    return this.quotas.size > 0 && this.quotas.has(row);
  }

  setUsage(id: string, deliveries: number): void {
    const row = this.find(id);
    if (row >= 0) this.usage.set(row, deliveries);
  }

  /**
   * Takes a row in. A version that is not newer changes nothing, but a row that differs from the log marks what is
   * there as tampered whatever version it claims. Throws for an id that is not a ULID.
   */
  put(grant: IndexedGrant): void {
    const known = this.find(grant.id);
    if (known < 0) return this.insert(grant);
    const { columns } = this;
    const moved = columns.organisations[known] !== grant.organisation || columns.datasets[known] !== grant.dataset;
    if (!grant.intact || moved) columns.intact[known] = 0;
    else if (grant.version > (columns.versions[known] as number) || columns.intact[known] === 0) {
      columns.write(known, grant);
      this.extras(known, grant);
    }
  }

  /** Denies a grant whose row has gone or cannot be proven, until a proven row is put again. */
  distrust(id: string): void {
    const row = this.find(id);
    if (row >= 0) this.columns.intact[row] = 0;
  }

  private insert(grant: IndexedGrant): void {
    const row = this.columns.add(grant);
    this.byId.add(row);
    this.chain(row);
    this.extras(row, grant);
  }

  private chain(row: number): void {
    const { columns } = this;
    const organisation = columns.organisations[row] as number;
    const dataset = columns.datasets[row] as number;
    for (let slot = this.byPair.start(hashPair(organisation, dataset)); ; slot = this.byPair.after(slot)) {
      const head = this.byPair.rowAt(slot);
      if (head < 0) return this.byPair.add(row);
      if (columns.organisations[head] !== organisation || columns.datasets[head] !== dataset) continue;
      columns.nexts[row] = head;
      return this.byPair.replace(slot, row);
    }
  }

  private extras(row: number, grant: IndexedGrant): void {
    if (grant.members !== undefined && grant.members.length > 0) this.membersOf.set(row, new Set(grant.members));
    else this.membersOf.delete(row);
    if (grant.quota !== undefined) this.quotas.set(row, grant.quota);
    else this.quotas.delete(row);
  }

  private pairHash(row: number): number {
    return hashPair(this.columns.organisations[row] as number, this.columns.datasets[row] as number);
  }

  private sameId(ids: Uint32Array, row: number): boolean {
    for (let word = 0; word < 5; word++) if (ids[row * 5 + word] !== this.probe[word]) return false;
    return true;
  }
}

const hashPair = (organisation: number, dataset: number): number =>
  mix(Math.imul(organisation, 0x9e3779b1) ^ Math.imul(dataset, 0x85ebca77));
