import { LIMITS } from './limits.js';
import { BrokenJson } from './json-cells.js';

/** A record, or what stands around the records, is longer than is held. */
export class TooLong extends Error {}

/** Lines of text with the records of NDJSON; blank ones are left out. */
export async function* lines(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = '';
  for await (const piece of pieces) {
    const parts = (rest + piece).split(/\r?\n/);
    rest = parts.pop() ?? '';
    for (const line of parts) if (line.trim() !== '') yield line;
    if (rest.length > LIMITS.recordBytes) throw new TooLong();
  }
  if (rest.trim() !== '') yield rest;
}

/**
 * Cuts a JSON document into its records while it is read: the objects and lists that stand in a list. What is around them
 * is kept in `outer`, with their lists empty.
 */
export class JsonSplitter {
  outer = '';
  records = 0;
  private open: string[] = [];
  private quoted = false;
  private escaped = false;
  /** Depth at which the record began; -1 outside. */
  private begun = -1;
  private held = '';
  private ended = false;

  /** The records that end in this piece. */
  *take(piece: string): Generator<string> {
    let from = 0;
    for (let at = 0; at < piece.length; at += 1) {
      const code = piece.charCodeAt(at);
      if (this.quoted) this.inString(code);
      else if (code === 34) this.quoted = true;
      else if (code === 123 || code === 91) {
        if (this.startsRecord()) {
          this.keep(piece.slice(from, at));
          this.begun = this.open.length;
          from = at;
        }
        this.enter(code);
      } else if ((code === 125 || code === 93) && this.close(code)) {
        yield this.record(piece.slice(from, at + 1));
        from = at + 1;
      }
    }
    this.keep(piece.slice(from));
  }

  /** Call after the last piece; throws where the document breaks off. */
  end(): void {
    if (this.quoted || this.open.length > 0) throw new BrokenJson();
  }

  private inString(code: number): void {
    if (this.escaped) this.escaped = false;
    else if (code === 92) this.escaped = true;
    else if (code === 34) this.quoted = false;
  }

  private startsRecord(): boolean {
    return this.begun < 0 && this.open.at(-1) === ']';
  }

  private enter(code: number): void {
    if (this.open.length > 1024 || (this.open.length === 0 && this.ended)) throw new BrokenJson();
    this.open.push(code === 123 ? '}' : ']');
  }

  /** Leaves a bracket; true when a record ends with it. */
  private close(code: number): boolean {
    if (this.open.pop() !== String.fromCharCode(code)) throw new BrokenJson();
    this.ended ||= this.open.length === 0;
    return this.open.length === this.begun;
  }

  private record(last: string): string {
    const text = this.held + last;
    if (text.length > LIMITS.recordBytes) throw new TooLong();
    this.held = '';
    this.begun = -1;
    this.records += 1;
    return text;
  }

  private keep(text: string): void {
    if (this.begun >= 0) this.held += text;
    else if (this.records === 0 || this.open.at(-1) !== ']' || !/^[\s,]*$/.test(text)) this.outer += text;
    if (this.held.length > LIMITS.recordBytes || this.outer.length > LIMITS.recordBytes) throw new TooLong();
  }
}
