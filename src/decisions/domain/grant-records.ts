import type { IndexedGrant } from './indexed-grant.js';
import { ID_WORDS, writeId } from './id-words.js';

/** A record fills one line of the processor's cache, so that a decision waits for memory once and not once a field. */
const BYTES = 64;
const DOUBLES = BYTES / 8;
const WORDS = BYTES / 4;

/** Where the fields lie: doubles, then 32-bit words, then bytes, each counted in units of its own size. */
const START = 0;
const END = 1;
const CONDITIONS = 2;
const ORGANISATION = 6;
const DATASET = 7;
const NEXT = 8;
const ITEMS = 9;
const AGREEMENT = 10;
const VERSION = 11;
const PURPOSES = 48;
const DELIVERIES = 49;
const STATE = 50;
const INTACT = 51;
const SHARING = 52;
const AT_HOLDER = 53;
/** Words again, behind the bytes. */
const NEXT_OF_ORGANISATION = 14;
const NEXT_OF_DATASET = 15;

/** The records of the grant index in one block of memory: 84 bytes a grant. It grows by a quarter. */
export class GrantRecords {
  size = 0;
  private doubles: Float64Array;
  private words: Int32Array;
  private bytes: Uint8Array;
  private idWords: Uint32Array;
  private capacity: number;

  constructor(expected: number) {
    this.capacity = Math.max(16, expected);
    const memory = new ArrayBuffer(this.capacity * BYTES);
    this.doubles = new Float64Array(memory);
    this.words = new Int32Array(memory);
    this.bytes = new Uint8Array(memory);
    this.idWords = new Uint32Array(this.capacity * ID_WORDS);
  }

  get byteLength(): number {
    return this.bytes.byteLength + this.idWords.byteLength;
  }

  pack(): { readonly records: Uint8Array; readonly ids: Uint8Array } {
    const ids = new Uint8Array(this.idWords.buffer, 0, this.size * ID_WORDS * Uint32Array.BYTES_PER_ELEMENT);
    return { records: this.bytes.subarray(0, this.size * BYTES), ids };
  }

  /** Takes up what was packed, with room for a tenth more. */
  take(size: number, records: Uint8Array, ids: Uint8Array): void {
    this.capacity = Math.max(16, Math.ceil(size * 1.1));
    const memory = new ArrayBuffer(this.capacity * BYTES);
    this.doubles = new Float64Array(memory);
    this.words = new Int32Array(memory);
    this.bytes = new Uint8Array(memory);
    this.bytes.set(records);
    this.idWords = new Uint32Array(this.capacity * ID_WORDS);
    new Uint8Array(this.idWords.buffer).set(ids);
    this.size = size;
  }

  get ids(): Uint32Array {
    return this.idWords;
  }

  start(row: number): number {
    return this.doubles[row * DOUBLES + START] as number;
  }
  end(row: number): number {
    return this.doubles[row * DOUBLES + END] as number;
  }
  conditionsUntil(row: number): number {
    return this.doubles[row * DOUBLES + CONDITIONS] as number;
  }
  organisation(row: number): number {
    return this.words[row * WORDS + ORGANISATION] as number;
  }
  dataset(row: number): number {
    return this.words[row * WORDS + DATASET] as number;
  }
  /** The pair's next older grant, or -1. */
  next(row: number): number {
    return this.words[row * WORDS + NEXT] as number;
  }
  items(row: number): number {
    return this.words[row * WORDS + ITEMS] as number;
  }
  agreement(row: number): number {
    return this.words[row * WORDS + AGREEMENT] as number;
  }
  version(row: number): number {
    return this.words[row * WORDS + VERSION] as number;
  }
  purposes(row: number): number {
    return this.bytes[row * BYTES + PURPOSES] as number;
  }
  deliveries(row: number): number {
    return this.bytes[row * BYTES + DELIVERIES] as number;
  }
  state(row: number): number {
    return this.bytes[row * BYTES + STATE] as number;
  }
  isIntact(row: number): boolean {
    return this.bytes[row * BYTES + INTACT] !== 0;
  }
  /** Given between public bodies. */
  isSharing(row: number): boolean {
    return this.bytes[row * BYTES + SHARING] !== 0;
  }
  /** The holder has yet to sign the accepted version. */
  isAtHolder(row: number): boolean {
    return this.bytes[row * BYTES + AT_HOLDER] !== 0;
  }

  /** The organisation's next older pair, and the dataset's; only the oldest grant of a pair has them. */
  nextOfOrganisation(row: number): number {
    return this.words[row * WORDS + NEXT_OF_ORGANISATION] as number;
  }
  nextOfDataset(row: number): number {
    return this.words[row * WORDS + NEXT_OF_DATASET] as number;
  }

  isPair(row: number, organisation: number, dataset: number): boolean {
    return this.organisation(row) === organisation && this.dataset(row) === dataset;
  }

  add(grant: IndexedGrant): number {
    if (this.size === this.capacity) this.grow();
    const row = this.size;
    if (!writeId(grant.id, this.idWords, row * ID_WORDS)) throw new Error(`not a grant id: ${grant.id}`);
    this.size += 1;
    this.words[row * WORDS + ORGANISATION] = grant.organisation;
    this.words[row * WORDS + DATASET] = grant.dataset;
    this.link(row, -1);
    this.bytes[row * BYTES + SHARING] = grant.sharing === true ? 1 : 0;
    this.write(row, grant);
    return row;
  }

  link(row: number, next: number): void {
    this.words[row * WORDS + NEXT] = next;
  }

  linkPair(row: number, ofOrganisation: number, ofDataset: number): void {
    this.words[row * WORDS + NEXT_OF_ORGANISATION] = ofOrganisation;
    this.words[row * WORDS + NEXT_OF_DATASET] = ofDataset;
  }

  distrust(row: number): void {
    this.bytes[row * BYTES + INTACT] = 0;
  }

  /** Everything a newer version may change; the pair a grant belongs to and its kind never change. */
  write(row: number, grant: IndexedGrant): void {
    this.doubles[row * DOUBLES + START] = grant.start;
    this.doubles[row * DOUBLES + END] = grant.end;
    this.doubles[row * DOUBLES + CONDITIONS] = grant.conditionsUntil;
    this.words[row * WORDS + ITEMS] = grant.items;
    this.words[row * WORDS + AGREEMENT] = grant.agreement;
    this.words[row * WORDS + VERSION] = grant.version;
    this.bytes[row * BYTES + PURPOSES] = grant.purposes;
    this.bytes[row * BYTES + DELIVERIES] = grant.deliveries;
    this.bytes[row * BYTES + STATE] = grant.state;
    this.bytes[row * BYTES + INTACT] = grant.intact ? 1 : 0;
    this.bytes[row * BYTES + AT_HOLDER] = grant.atHolder === true ? 1 : 0;
  }

  private grow(): void {
    this.capacity = Math.ceil(this.capacity * 1.25);
    const memory = new ArrayBuffer(this.capacity * BYTES);
    const bytes = new Uint8Array(memory);
    bytes.set(this.bytes);
    const ids = new Uint32Array(this.capacity * ID_WORDS);
    ids.set(this.idWords);
    this.doubles = new Float64Array(memory);
    this.words = new Int32Array(memory);
    this.bytes = bytes;
    this.idWords = ids;
  }
}
