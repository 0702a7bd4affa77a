import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { create, type Font } from 'fontkit';

/** Noto Sans SC: Latin, Greek, Cyrillic and 30,000 Chinese characters, under the SIL Open Font License 1.1. */
const FILE = '@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf';

/** The one font of all papers, with what laying out asks of it. */
export class PaperFont {
  private readonly widths = new Map<string, number>();

  private constructor(readonly face: Font) {}

  static async load(): Promise<PaperFont> {
    const bytes = await readFile(createRequire(import.meta.url).resolve(FILE));
    return new PaperFont(create(bytes) as Font);
  }

  has(character: string): boolean {
    return this.face.hasGlyphForCodePoint(character.codePointAt(0) ?? 0);
  }

  /** Width of a text at size 1, as the sum of its characters. */
  widthOf(text: string): number {
    let width = 0;
    for (const character of text) width += this.widthOfOne(character);
    return width;
  }

  private widthOfOne(character: string): number {
    const known = this.widths.get(character);
    if (known !== undefined) return known;
    const { advanceWidth } = this.face.glyphForCodePoint(character.codePointAt(0) ?? 0);
    const width = advanceWidth / this.face.unitsPerEm;
    this.widths.set(character, width);
    return width;
  }
}
