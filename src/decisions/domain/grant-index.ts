import { GrantRecords } from './grant-records.js';
import { Heads } from './heads.js';
import type { IndexedGrant } from './indexed-grant.js';
import { hashId, mix, readId, writeId } from './id-words.js';
import type { Blocks, ToldGrants } from './packed-grants.js';
import { Slots } from './slots.js';

/**
 * Grants in memory by (organisation, dataset). A pair's grants form a chain, newest first: `first`, then `next`. The pairs
 * themselves form chains by organisation and by dataset, for searches.
 * Rows are changed in place and only by a newer version, so replaying a change twice does nothing.
 */
export class GrantIndex {
  readonly records: GrantRecords;
  private readonly byId: Slots;
  private readonly byPair: Slots;
  private readonly ofOrganisation = new Heads();
  private readonly ofDataset = new Heads();
  private readonly probe: Uint32Array;
  private readonly membersOf = new Map<number, ReadonlySet<string>>();
  private readonly quotas = new Map<number, number>();
  private readonly usage = new Map<number, number>();

  constructor(expected = 1024) {
    this.records = new GrantRecords(expected);
    this.probe = new Uint32Array(8);
    this.byId = new Slots((row) => hashId(this.records.ids, row * 5), expected);
    this.byPair = new Slots((row) => this.pairHash(row), expected);
  }

  get size(): number {
    return this.records.size;
  }

  /** Bytes of the records and tables (maps of the few grants with members or quotas are not counted). */
  get bytes(): number {
    const heads = this.ofOrganisation.bytes + this.ofDataset.bytes;
    return this.records.byteLength + this.byId.bytes + this.byPair.bytes + heads;
  }

  pack(): { readonly told: ToldGrants; readonly blocks: Blocks } {
    return {
      told: {
        size: this.size,
        pairs: this.byPair.rows,
        members: [...this.membersOf].map(([row, people]) => [row, [...people]]),
        quotas: [...this.quotas],
        usage: [...this.usage],
      },
      blocks: {
        ...this.records.pack(),
        byId: this.byId.pack(),
        byPair: this.byPair.pack(),
        ofOrganisation: this.ofOrganisation.pack(),
        ofDataset: this.ofDataset.pack(),
      },
    };
  }

  /** Takes up what was packed, in place of the nothing there is. */
  take({ size, pairs, members, quotas, usage }: ToldGrants, blocks: Blocks): void {
    this.records.take(size, blocks.records, blocks.ids);
    this.byId.take(blocks.byId, size);
    this.byPair.take(blocks.byPair, pairs);
    this.ofOrganisation.take(blocks.ofOrganisation);
    this.ofDataset.take(blocks.ofDataset);
    for (const [row, people] of members) this.membersOf.set(row, new Set(people));
    for (const [row, quota] of quotas) this.quotas.set(row, quota);
    for (const [row, deliveries] of usage) this.usage.set(row, deliveries);
  }

  /** Newest grant of an organisation on a dataset, or -1. */
  first(organisation: number, dataset: number): number {
    const slot = this.slotOfPair(organisation, dataset);
    return slot < 0 ? -1 : this.byPair.candidate(slot, hashPair(organisation, dataset));
  }

  /** The pair's next older grant, or -1. */
  next(row: number): number {
    return this.records.next(row);
  }

  /** Datasets the organisation has any grant on, newest pair first; `after` is one of them to go on behind. */
  *datasetsOf(organisation: number, after?: number): Generator<number> {
    const { records } = this;
    let row =
      after === undefined
        ? this.ofOrganisation.get(organisation)
        : records.nextOfOrganisation(this.oldest(organisation, after));
    for (; row >= 0; row = records.nextOfOrganisation(row)) yield records.dataset(row);
  }

  /** Organisations that have any grant on the dataset, newest pair first; `after` is one of them to go on behind. */
  *organisationsOf(dataset: number, after?: number): Generator<number> {
    const { records } = this;
    let row = after === undefined ? this.ofDataset.get(dataset) : records.nextOfDataset(this.oldest(after, dataset));
    for (; row >= 0; row = records.nextOfDataset(row)) yield records.organisation(row);
  }

  /** From this row on, the first grant given between bodies, or the first that was not; -1 where there is none. */
  ofKind(row: number, sharing: boolean): number {
    let at = row;
    while (at >= 0 && this.records.isSharing(at) !== sharing) at = this.records.next(at);
    return at;
  }

  find(id: string): number {
    if (!writeId(id, this.probe, 0)) return -1;
    const { ids } = this.records;
    const hash = hashId(this.probe, 0);
    for (let slot = this.byId.start(hash); !this.byId.isEmpty(slot); slot = this.byId.after(slot)) {
      const row = this.byId.candidate(slot, hash);
      if (row >= 0 && this.sameId(ids, row)) return row;
    }
    return -1;
  }

  idOf(row: number): string {
    return readId(this.records.ids, row * 5);
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
    const { records } = this;
    const same =
      records.isPair(known, grant.organisation, grant.dataset) && records.isSharing(known) === isShared(grant);
    if (!grant.intact || !same) records.distrust(known);
    else if (grant.version > records.version(known) || !records.isIntact(known)) {
      records.write(known, grant);
      this.extras(known, grant);
    }
  }

  /** Denies a grant whose row has gone or cannot be proven, until a proven row is put again. */
  distrust(id: string): void {
    const row = this.find(id);
    if (row >= 0) this.records.distrust(row);
  }

  private insert(grant: IndexedGrant): void {
    const row = this.records.add(grant);
    this.byId.add(row);
    this.chain(row);
    this.extras(row, grant);
  }

  private chain(row: number): void {
    const { records, byPair } = this;
    const slot = this.slotOfPair(records.organisation(row), records.dataset(row));
    if (slot < 0) return this.startPair(row);
    records.link(row, byPair.candidate(slot, this.pairHash(row)));
    byPair.replace(slot, row);
  }

  private startPair(row: number): void {
    const { records } = this;
    this.byPair.add(row);
    records.linkPair(
      row,
      this.ofOrganisation.put(records.organisation(row), row),
      this.ofDataset.put(records.dataset(row), row),
    );
  }

  /** The grant that a pair began with: the one that its other chains go through. */
  private oldest(organisation: number, dataset: number): number {
    let row = this.first(organisation, dataset);
    if (row < 0) throw new RangeError('no grant of this organisation on this dataset');
    for (let next = this.next(row); next >= 0; next = this.next(row)) row = next;
    return row;
  }

  /** The slot that holds a pair's newest grant, or -1. */
  private slotOfPair(organisation: number, dataset: number): number {
    const { byPair, records } = this;
    const hash = hashPair(organisation, dataset);
    for (let slot = byPair.start(hash); !byPair.isEmpty(slot); slot = byPair.after(slot)) {
      const row = byPair.candidate(slot, hash);
      if (row >= 0 && records.isPair(row, organisation, dataset)) return slot;
    }
    return -1;
  }

  private extras(row: number, grant: IndexedGrant): void {
    if (grant.members !== undefined && grant.members.length > 0) this.membersOf.set(row, new Set(grant.members));
    else this.membersOf.delete(row);
    if (grant.quota !== undefined) this.quotas.set(row, grant.quota);
    else this.quotas.delete(row);
  }

  private pairHash(row: number): number {
    return hashPair(this.records.organisation(row), this.records.dataset(row));
  }

  private sameId(ids: Uint32Array, row: number): boolean {
    for (let word = 0; word < 5; word++) if (ids[row * 5 + word] !== this.probe[word]) return false;
    return true;
  }
}

const isShared = ({ sharing }: IndexedGrant): boolean => sharing === true;

const hashPair = (organisation: number, dataset: number): number =>
  mix(Math.imul(organisation, 0x9e3779b1) ^ Math.imul(dataset, 0x85ebca77));
