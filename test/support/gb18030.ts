const decoder = new TextDecoder('gb18030');

/** Two-byte characters of GB18030, by what they decode to; made once from the decoder itself. */
const table = new Map<string, readonly [number, number]>();
for (let lead = 0x81; lead <= 0xfe; lead += 1)
  for (let trail = 0x40; trail <= 0xfe; trail += 1) {
    if (trail === 0x7f) continue;
    const character = decoder.decode(Uint8Array.of(lead, trail));
    if ([...character].length === 1 && character !== '\ufffd') table.set(character, [lead, trail]);
  }

/** A text as GB18030, for tests: characters of one and two bytes only. */
export const gb18030 = (text: string): Buffer =>
  Buffer.from(
    [...text].flatMap((character) => {
      const code = character.codePointAt(0) ?? 0;
      if (code < 0x80) return [code];
      const bytes = table.get(character);
      if (bytes === undefined) throw new Error(`no two bytes for ${character}`);
      return [...bytes];
    }),
  );
