/** A part of an answer that is the same in many: encoded once, copied ever after. */
export type Fragment = Uint8Array;

const encoder = new TextEncoder();
export const fragment = (text: string): Fragment => encoder.encode(text);

const FIRST_SIZE = 64 * 1024;
/** UTF-8 takes at most three bytes for each unit of a JavaScript string. */
const MOST_PER_UNIT = 3;

/**
 * Answers as the bytes that will be sent. Putting a batch together as one long string and encoding it took three times
 * as long as the thousand decisions in it. Used for one answer after the other; `take` gives a copy.
 */
export class AnswerBytes {
  private bytes = new Uint8Array(FIRST_SIZE);
  private used = 0;

  clear(): void {
    this.used = 0;
  }

  put(part: Fragment): void {
    this.reserve(part.length);
    this.bytes.set(part, this.used);
    this.used += part.length;
  }

  /** Text of ASCII characters only: ids, numbers, times. */
  ascii(text: string): void {
    this.reserve(text.length);
    const { bytes } = this;
    let at = this.used;
    for (let index = 0; index < text.length; index++) bytes[at++] = text.charCodeAt(index);
    this.used = at;
  }

  text(text: string): void {
    this.reserve(text.length * MOST_PER_UNIT);
    this.used += encoder.encodeInto(text, this.bytes.subarray(this.used)).written;
  }

  take(): Buffer {
    return Buffer.from(this.bytes.subarray(0, this.used));
  }

  private reserve(more: number): void {
    if (this.used + more <= this.bytes.length) return;
    const larger = new Uint8Array(Math.max(this.bytes.length * 2, this.used + more));
    larger.set(this.bytes.subarray(0, this.used));
    this.bytes = larger;
  }
}
