/** Texts in one page. */
const PAGE = 1024;

interface Page {
  readonly bytes: Buffer;
  /** Where each text ends. */
  readonly ends: Uint32Array;
}

/**
 * Very many texts, by place. Held as strings they would keep alive the markup they were cut from; here they are packed as
 * UTF-8, page by page, and become strings again when they are asked for.
 */
export class PackedTexts {
  private readonly pages: Page[] = [];
  private waiting: string[] = [];

  add(text: string): void {
    this.waiting.push(text);
    if (this.waiting.length === PAGE) this.pack();
  }

  at(place: number): string | undefined {
    if (!Number.isInteger(place)) return undefined;
    const page = this.pages[Math.floor(place / PAGE)];
    if (page === undefined) return this.waiting[place - this.pages.length * PAGE];
    const within = place % PAGE;
    const start = within === 0 ? 0 : page.ends[within - 1];
    return page.bytes.toString('utf8', start, page.ends[within]);
  }

  private pack(): void {
    const texts = this.waiting.map((text) => Buffer.from(text));
    let end = 0;
    const ends = Uint32Array.from(texts, ({ length }) => (end += length));
    this.pages.push({ bytes: Buffer.concat(texts), ends });
    this.waiting = [];
  }
}
