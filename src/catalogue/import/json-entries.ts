import type { EntryReader, RawEntry } from './importer.js';

/** Why a file cannot be read, or not further. */
export type FileFault =
  | 'malformed-json'
  | 'bad-encoding'
  | 'compressed-file'
  | 'entry-too-large'
  | 'too-many-entries'
  | 'no-dataset-list'
  | 'duplicate-key';

/** The file is not what it should be; `offset` is the byte at which it could not be read on. */
export class BrokenFile extends Error {
  constructor(
    readonly code: FileFault,
    readonly offset: number,
    detail: string,
  ) {
    super(detail);
  }
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const MAX_ENTRY = 1_048_576;
const MAX_DEPTH = 64;
/** Ten times the largest catalogue that is planned for. */
const MAX_ENTRIES = 1_000_000;
/** When so many entries at the start cannot be read, the file is another than it should be. */
const TRIES = 20;
/** Half of a surrogate pair, as only an escape can write it. */
const HALF_PAIR = /\\u[dD][89a-fA-F]/;

const isBlank = (byte: number): boolean => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
const endsScalar = (byte: number): boolean =>
  isBlank(byte) || byte === COMMA || byte === CLOSE_BRACKET || byte === CLOSE_BRACE;

type Expect =
  | 'document'
  | 'first-key'
  | 'key'
  | 'colon'
  | 'value'
  | 'after-member'
  | 'first-entry'
  | 'entry'
  | 'after-entry'
  | 'end';

/**
 * Takes one list of a JSON object apart while the bytes come: each entry of `{"<list>": [ … ]}` is handed out as a
 * parsed value, the other members are checked and dropped. Memory is bounded by one entry (1 MiB, 64 levels); a million
 * entries are the most. An entry that is not valid JSON in UTF-8 is handed out as unreadable; any other fault, and a list
 * of nothing that can be read, throws {@link BrokenFile} with its place. Written by hand because the streaming parsers at
 * hand build every value token by token (ten times slower) and set no bound for hostile input.
 */
export class JsonEntries implements EntryReader {
  private expect: Expect = 'document';
  private readonly decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  /** Bytes of the value being read, from earlier chunks. */
  private kept: Uint8Array[] = [];
  private keptLength = 0;
  private inValue = false;
  private scalar = false;
  private inString = false;
  private escaped = false;
  private depth = 0;
  /** Colons outside texts: an entry with fewer own keys names one twice. */
  private colons = 0;
  private taken = 0;
  /** Why entries could not be read, as long as none could. */
  private readonly unread: BrokenFile[] = [];
  private anySound = false;
  private key = '';
  private readonly keys = new Set<string>();
  private offset = 0;

  constructor(private readonly list: string) {}

  /** The entries completed by this chunk, in order. */
  write(chunk: Uint8Array): RawEntry[] {
    const entries: RawEntry[] = [];
    if (this.offset === 0) refuseForeign(chunk);
    let at = this.offset === 0 ? bomLength(chunk) : 0;
    let from = at;
    while (at < chunk.length) {
      if (!this.inValue) {
        at = this.between(chunk, at);
        from = at;
        continue;
      }
      const end = this.scan(chunk, at);
      if (end < 0) {
        this.keep(chunk.subarray(from));
        break;
      }
      this.keep(chunk.subarray(from, end));
      this.complete(entries, end);
      at = end;
      from = end;
    }
    this.offset += chunk.length;
    return entries;
  }

  /** Call once after the last chunk. */
  end(): void {
    if (this.expect !== 'end')
      throw new BrokenFile('malformed-json', this.offset, 'the file ends in the middle of a value');
    if (!this.keys.has(this.list))
      throw new BrokenFile('no-dataset-list', this.offset, `the file has no list "${this.list}"`);
    if (this.unread[0] !== undefined) throw this.unread[0];
  }

  /** Punctuation between values; returns the next place to look at. */
  private between(chunk: Uint8Array, at: number): number {
    const byte = chunk[at] as number;
    if (isBlank(byte)) return at + 1;
    switch (this.expect) {
      case 'document':
        if (byte === OPEN_BRACKET)
          throw this.noList(at, `the file is a list, not an object with the list "${this.list}"`);
        return this.step(byte === OPEN_BRACE, 'first-key', at);
      case 'first-key':
        if (byte === CLOSE_BRACE) return this.step(true, 'end', at);
        return this.begin(byte === QUOTE, at);
      case 'key':
        return this.begin(byte === QUOTE, at);
      case 'colon':
        return this.step(byte === COLON, 'value', at);
      case 'value':
        if (this.key === this.list && byte === OPEN_BRACKET) return this.step(true, 'first-entry', at);
        if (this.key === this.list) throw this.noList(at, `"${this.list}" is not a list`);
        return this.begin(true, at);
      case 'after-member':
        if (byte === CLOSE_BRACE) return this.step(true, 'end', at);
        return this.step(byte === COMMA, 'key', at);
      case 'first-entry':
        if (byte === CLOSE_BRACKET) return this.step(true, 'after-member', at);
        return this.begin(true, at);
      case 'entry':
        return this.begin(true, at);
      case 'after-entry':
        if (byte === CLOSE_BRACKET) return this.step(true, 'after-member', at);
        return this.step(byte === COMMA, 'entry', at);
      case 'end':
        if (byte === OPEN_BRACE && !this.keys.has(this.list))
          throw this.noList(at, `the file holds one object after another, not one object with the list "${this.list}"`);
        return this.step(false, 'end', at);
      default:
        return this.expect satisfies never;
    }
  }

  private noList(at: number, detail: string): BrokenFile {
    return new BrokenFile('no-dataset-list', this.offset + at, detail);
  }

  private step(expected: boolean, next: Expect, at: number): number {
    if (!expected)
      throw new BrokenFile('malformed-json', this.offset + at, `unexpected character at byte ${this.offset + at}`);
    this.expect = next;
    return at + 1;
  }

  private begin(expected: boolean, at: number): number {
    if (!expected) return this.step(false, this.expect, at);
    this.inValue = true;
    this.scalar = false;
    this.inString = false;
    this.escaped = false;
    this.depth = 0;
    this.colons = 0;
    return at;
  }

  /** The end of the value being read, or −1 when it goes on in the next chunk. */
  private scan(chunk: Uint8Array, start: number): number {
    for (let at = start; at < chunk.length; at++) {
      const byte = chunk[at] as number;
      if (this.inString) {
        if (this.escaped) this.escaped = false;
        else if (byte === BACKSLASH) this.escaped = true;
        else if (byte === QUOTE) {
          this.inString = false;
          if (this.depth === 0) return at + 1;
        }
      } else if (this.scalar) {
        if (endsScalar(byte)) return at;
      } else if (byte === QUOTE) this.inString = true;
      else if (byte === COLON) this.colons++;
      else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) this.deeper(at);
      else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
        this.depth--;
        if (this.depth <= 0) return at + 1;
      } else if (this.depth === 0 && !isBlank(byte)) this.scalar = true;
    }
    return -1;
  }

  private deeper(at: number): void {
    this.depth++;
    if (this.depth > MAX_DEPTH)
      throw new BrokenFile('entry-too-large', this.offset + at, `an entry is nested deeper than ${MAX_DEPTH} levels`);
  }

  private keep(bytes: Uint8Array): void {
    this.keptLength += bytes.length;
    if (this.keptLength > MAX_ENTRY)
      throw new BrokenFile('entry-too-large', this.offset, 'an entry is larger than 1 MiB');
    this.kept.push(bytes.slice());
  }

  private complete(entries: RawEntry[], end: number): void {
    this.inValue = false;
    if (this.expect === 'first-key' || this.expect === 'key') {
      this.key = this.parse(end) as string;
      if (this.keys.has(this.key))
        throw new BrokenFile('duplicate-key', this.offset + end, `the file names "${this.key.slice(0, 60)}" twice`);
      this.keys.add(this.key);
      this.expect = 'colon';
    } else if (this.expect === 'value') {
      this.parse(end);
      this.expect = 'after-member';
    } else {
      if (++this.taken > MAX_ENTRIES)
        throw new BrokenFile('too-many-entries', this.offset + end, `the list is longer than ${MAX_ENTRIES} entries`);
      this.expect = 'after-entry';
      this.take(entries, end);
    }
  }

  /** One that cannot be read costs itself only: where it ends is known. */
  private take(entries: RawEntry[], end: number): void {
    let value: unknown;
    try {
      value = this.parse(end);
    } catch (error) {
      if (!(error instanceof BrokenFile)) throw error;
      if (!this.anySound && this.unread.push(error) === TRIES) throw this.unread[0];
      if (this.anySound) entries.push(unreadable(error));
      return;
    }
    if (!this.anySound) entries.push(...this.unread.splice(0).map(unreadable));
    this.anySound = true;
    entries.push({ value, repeatsKey: keysOf(value) < this.colons });
  }

  private parse(end: number): unknown {
    const bytes = this.kept.length === 1 ? (this.kept[0] as Uint8Array) : Buffer.concat(this.kept);
    this.kept = [];
    this.keptLength = 0;
    try {
      const text = this.decoder.decode(bytes);
      const value = JSON.parse(text) as unknown;
      return HALF_PAIR.test(text) ? wellFormed(value) : value;
    } catch (error) {
      const code = error instanceof SyntaxError ? 'malformed-json' : 'bad-encoding';
      const what = code === 'malformed-json' ? 'is not valid JSON' : 'is not valid UTF-8';
      throw new BrokenFile(code, this.offset + end, `the value that ends at byte ${this.offset + end} ${what}`);
    }
  }
}

const unreadable = ({ code, message }: BrokenFile): RawEntry => ({
  value: null,
  repeatsKey: false,
  unreadable: { code, detail: message },
});

const bomLength = (chunk: Uint8Array): number => (chunk[0] === 0xef && chunk[1] === 0xbb && chunk[2] === 0xbf ? 3 : 0);

/** Files that are sent by mistake, told by their first bytes. */
function refuseForeign(chunk: Uint8Array): void {
  const [first, second] = chunk;
  if ((first === 0x1f && second === 0x8b) || (first === 0x50 && second === 0x4b))
    throw new BrokenFile('compressed-file', 0, 'the file is a compressed archive');
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff) || first === 0 || second === 0)
    throw new BrokenFile('bad-encoding', 0, 'the file is UTF-16, not UTF-8');
}

/** Own keys of a value and of everything in it. */
function keysOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const inner = Object.values(value);
  return inner.reduce<number>((sum, one) => sum + keysOf(one), Array.isArray(value) ? 0 : inner.length);
}

/** The value with every half of a surrogate pair replaced: databases would store it differently or not at all. */
function wellFormed(value: unknown): unknown {
  if (typeof value === 'string') return value.toWellFormed();
  if (Array.isArray(value)) return value.map(wellFormed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key.toWellFormed(), wellFormed(one)]));
}
