/** Crockford base 32, the alphabet of ULIDs. */
const DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const VALUES = new Int8Array(128).fill(-1);
for (let value = 0; value < DIGITS.length; value++) VALUES[DIGITS.charCodeAt(value)] = value;

/** A ULID is 26 characters: 130 bits, of which the first two are zero. It is kept as five words of 26 bits. */
export const ID_WORDS = 5;
const PER_WORD = [6, 5, 5, 5, 5];

/** Writes the words of a ULID at `at`; false when the text is not one. */
export function writeId(id: string, words: Uint32Array, at: number): boolean {
  if (id.length !== 26) return false;
  let position = 0;
  for (let word = 0; word < ID_WORDS; word++) {
    let bits = 0;
    for (let count = PER_WORD[word] as number; count > 0; count--) {
      const value = VALUES[id.charCodeAt(position++)] ?? -1;
      if (value < 0) return false;
      bits = (bits * 32 + value) >>> 0;
    }
    words[at + word] = bits;
  }
  return true;
}

/** All pairs of digits: ids are written often, and two characters at a time. */
const PAIRS = Array.from({ length: 1024 }, (_, bits) => (DIGITS[bits >>> 5] as string) + (DIGITS[bits & 31] as string));

export function readId(words: Uint32Array, at: number): string {
  const first = words[at] as number;
  let id = (PAIRS[first >>> 20] as string) + (PAIRS[(first >>> 10) & 1023] as string) + (PAIRS[first & 1023] as string);
  for (let word = 1; word < ID_WORDS; word++) {
    const bits = words[at + word] as number;
    id += (PAIRS[bits >>> 15] as string) + (PAIRS[(bits >>> 5) & 1023] as string) + (DIGITS[bits & 31] as string);
  }
  return id;
}

export function hashId(words: Uint32Array, at: number): number {
  let hash = 0x811c9dc5;
  for (let word = 0; word < ID_WORDS; word++) hash = Math.imul(hash ^ (words[at + word] as number), 0x01000193);
  return mix(hash);
}

export function mix(hash: number): number {
  const once = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return (once ^ (once >>> 13)) >>> 0;
}
