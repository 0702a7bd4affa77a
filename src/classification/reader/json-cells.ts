/** The text is no JSON, or nests deeper than is followed. */
export class BrokenJson extends Error {}

/** Levels that are followed. */
const DEPTH = 64;
const LITERAL = /(?:-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|-?Infinity|NaN|true|false|null)(?=[\s,\]}]|$)/y;
const BLANK = /\s*/y;

/** True where the quote at `at` is escaped by an odd number of backslashes. */
function isEscaped(text: string, at: number): boolean {
  let before = at - 1;
  while (text[before] === '\\') before -= 1;
  return (at - before) % 2 === 0;
}

/**
 * Flattens one JSON value into cells of text: `a.b` names what is nested, what a list or a repeated key holds is joined by
 * `; `. Numbers stay as they are written, because a double has no room for eighteen digits; NaN and Infinity are read too.
 */
class Cells {
  readonly cells = new Map<string, string>();
  private at = 0;

  constructor(private readonly text: string) {}

  all(): ReadonlyMap<string, string> {
    this.value('', 0);
    this.blank();
    if (this.at < this.text.length) throw new BrokenJson();
    return this.cells;
  }

  private value(path: string, depth: number): void {
    if (depth > DEPTH) throw new BrokenJson();
    this.blank();
    const sign = this.text[this.at];
    if (sign === '{') this.object(path, depth);
    else if (sign === '[') this.list(path, depth);
    else this.put(path, sign === '"' ? this.string() : this.literal());
  }

  private object(path: string, depth: number): void {
    this.each('}', () => {
      const key = this.string();
      this.expect(':');
      this.value(path === '' ? key : `${path}.${key}`, depth + 1);
    });
  }

  private list(path: string, depth: number): void {
    let index = 0;
    this.each(']', () => {
      index += 1;
      this.value(path === '' ? `column-${index}` : path, depth + 1);
    });
  }

  /** What stands between the bracket here and its end, part by part. */
  private each(end: string, part: () => void): void {
    this.at += 1;
    this.blank();
    if (this.text[this.at] === end) {
      this.at += 1;
      return;
    }
    for (;;) {
      this.blank();
      part();
      this.blank();
      const sign = this.text[this.at];
      this.at += 1;
      if (sign === end) return;
      if (sign !== ',') throw new BrokenJson();
    }
  }

  private string(): string {
    if (this.text[this.at] !== '"') throw new BrokenJson();
    let end = this.text.indexOf('"', this.at + 1);
    while (end > 0 && isEscaped(this.text, end)) end = this.text.indexOf('"', end + 1);
    if (end < 0) throw new BrokenJson();
    const inside = this.text.slice(this.at + 1, end);
    this.at = end + 1;
    return inside.includes('\\') ? unescaped(inside) : inside;
  }

  private literal(): string {
    LITERAL.lastIndex = this.at;
    const [found] = LITERAL.exec(this.text) ?? [];
    if (found === undefined) throw new BrokenJson();
    this.at += found.length;
    return found === 'null' ? '' : found;
  }

  private put(path: string, cell: string): void {
    const before = this.cells.get(path) ?? '';
    this.cells.set(path, before === '' || cell === '' ? before + cell : `${before}; ${cell}`);
  }

  private expect(sign: string): void {
    this.blank();
    if (this.text[this.at] !== sign) throw new BrokenJson();
    this.at += 1;
  }

  private blank(): void {
    BLANK.lastIndex = this.at;
    BLANK.test(this.text);
    this.at = BLANK.lastIndex;
  }
}

function unescaped(inside: string): string {
  try {
    return JSON.parse(`"${inside.replace(/\p{Cc}/gu, (control) => (control < ' ' ? ' ' : control))}"`) as string;
  } catch {
    throw new BrokenJson();
  }
}

/** The cells of one record, by the path of their names; throws `BrokenJson`. */
export const jsonCells = (text: string): ReadonlyMap<string, string> => new Cells(text).all();
