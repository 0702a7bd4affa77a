import { isChinese } from './tokens.js';

/** Where in a document a token occurs: in the title, in what everyone may know (the title, the publisher), or elsewhere. */
export const IN_TITLE = 1;
export const IN_PUBLIC = 2;
const ZONE_BITS = 2;
const ZONE = 3;
/** Document of a posting; the bits above are {@link IN_TITLE} and {@link IN_PUBLIC}. */
export const numberOf = (posting: number): number => posting >>> ZONE_BITS;

/** The postings of a token: document numbers in ascending order, each with its zone in the lowest bits. */
class PostingList {
  private data = new Uint32Array(2);
  length = 0;

  push(value: number): void {
    if (this.length === this.data.length) {
      const grown = new Uint32Array(Math.ceil(this.length * 1.5) + 1);
      grown.set(this.data);
      this.data = grown;
    }
    this.data[this.length++] = value;
  }

  view(): Uint32Array {
    return this.data.subarray(0, this.length);
  }

  /** Renumbers after a compaction; documents without a new number are left out. */
  renumber(numbers: Int32Array): void {
    let kept = 0;
    for (let at = 0; at < this.length; at++) {
      const value = this.data[at] as number;
      const number = numbers[numberOf(value)] as number;
      if (number >= 0) this.data[kept++] = (number << ZONE_BITS) | (value & ZONE);
    }
    this.length = kept;
    this.data = this.data.slice(0, kept);
  }

  get bytes(): number {
    return this.data.byteLength;
  }
}

/** Token → posting list, with a sorted dictionary for prefixes and a table from a character to its bigrams. */
export class Postings {
  private readonly lists = new Map<string, PostingList>();
  private readonly byCharacter = new Map<string, string[]>();
  private sorted: string[] = [];
  private fresh: string[] = [];

  add(token: string, number: number, zone: number): void {
    let list = this.lists.get(token);
    if (list === undefined) {
      list = new PostingList();
      this.lists.set(token, list);
      this.register(token);
    }
    list.push((number << ZONE_BITS) | zone);
  }

  exact(token: string): readonly Uint32Array[] {
    const list = this.lists.get(token);
    return list === undefined ? [] : [list.view()];
  }

  startingWith(prefix: string): readonly Uint32Array[] {
    this.sortFresh();
    const found: Uint32Array[] = [];
    for (let at = lowerBound(this.sorted, prefix); at < this.sorted.length; at++) {
      const token = this.sorted[at] as string;
      if (!token.startsWith(prefix)) break;
      found.push((this.lists.get(token) as PostingList).view());
    }
    return found;
  }

  withCharacter(character: string): readonly Uint32Array[] {
    return (this.byCharacter.get(character) ?? []).map((token) => (this.lists.get(token) as PostingList).view());
  }

  renumber(numbers: Int32Array): void {
    for (const list of this.lists.values()) list.renumber(numbers);
  }

  /** Bytes held by the lists themselves. */
  get bytes(): number {
    let sum = 0;
    for (const list of this.lists.values()) sum += list.bytes;
    return sum;
  }

  private register(token: string): void {
    if (!isChinese(token)) {
      this.fresh.push(token);
      return;
    }
    for (const character of new Set(token)) {
      const tokens = this.byCharacter.get(character);
      if (tokens === undefined) this.byCharacter.set(character, [token]);
      else tokens.push(token);
    }
  }

  private sortFresh(): void {
    if (this.fresh.length === 0) return;
    this.sorted = [...this.sorted, ...this.fresh].sort(byCodeUnit);
    this.fresh = [];
  }
}

const byCodeUnit = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function lowerBound(sorted: readonly string[], text: string): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] as string) < text) low = middle + 1;
    else high = middle;
  }
  return low;
}
