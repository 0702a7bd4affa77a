/** Written by spreadsheets to keep a number a text: `="31…"`, `'31…`. */
const GUARDED = /^(?:="([^"]*)"|'(.*))$/s;
const INVISIBLE = /[\u200b-\u200f\u2060\ufeff]/g;
/** A whole number that a program has read as a fraction: `13800138000.0`. */
const FLOATED = /^(\d{3,19})\.0$/;
/** A resident number in its groups of division, day and rest: `310101 19900101 1234`. */
const GROUPED_ID = /^([1-9]\d{5})[ -](\d{8})[ -](\d{3}[\dXx])$/;
const GROUPED_LENGTH = 20;

/**
 * A cell as people mean it: outer blanks, invisible characters and a spreadsheet's guard fall, full-width digits and
 * letters of Chinese input methods read as half-width, a resident number in groups is one number.
 */
export function cleanCell(cell: string): string {
  const trimmed = cell.replace(INVISIBLE, '').trim();
  const [, formula, text] = GUARDED.exec(trimmed) ?? [];
  const bare = (formula ?? text ?? trimmed).trim();
  const narrow = /[\u3000\uff01-\uff5e]/.test(bare) ? bare.normalize('NFKC').trim() : bare;
  const whole = narrow.endsWith('.0') ? narrow.replace(FLOATED, '$1') : narrow;
  return whole.length === GROUPED_LENGTH ? whole.replace(GROUPED_ID, '$1$2$3') : whole;
}

/** Kinds of characters in a cell, as bits. `odd`: characters for which the cell has to be cleaned first. */
export const SEEN = { digit: 1, latin: 2, han: 4, at: 8, mark: 16, blank: 32, letter: 64, odd: 128 } as const;
/** All kinds that a cleaned cell may hold. */
export const ANY = 127;

function kindOf(code: number): number {
  if (code < 0xc0) return NARROW[code] ?? SEEN.mark;
  if ((code >= 0x3400 && code <= 0x9fff) || code === 0x3007 || (code >= 0xd840 && code <= 0xd87f)) return SEEN.han;
  if ((code >= 0x200b && code <= 0x200f) || code === 0x2060 || code === 0xfeff) return SEEN.odd;
  if (code === 0x3000 || (code >= 0xff01 && code <= 0xff5e)) return SEEN.odd;
  return code >= 0x2000 && code <= 0x303f ? SEEN.mark : SEEN.letter;
}

const NARROW: readonly number[] = Array.from({ length: 0xc0 }, (_, code) => {
  const symbol = String.fromCharCode(code);
  if (/[0-9]/.test(symbol)) return SEEN.digit;
  if (/[A-Za-z]/.test(symbol)) return SEEN.latin;
  if (symbol === '@') return SEEN.at;
  return /\s/.test(symbol) ? SEEN.blank : SEEN.mark;
});

/** Which kinds of characters a text holds. One pass without expressions, because every cell of a table pays for it. */
export function kindsOf(text: string): number {
  let seen = 0;
  for (let at = 0; at < text.length; at += 1) seen |= kindOf(text.charCodeAt(at));
  return seen;
}

const QUOTE = 39;
const EQUALS = 61;
const ZERO = 48;
/** Outer blanks, also of other writings, and the marks that spreadsheets guard a text with. */
const isEdge = (code: number): boolean =>
  code === QUOTE || code === EQUALS || NARROW[code] === SEEN.blank || (code >= 0x1680 && code <= 0x3000);

/** True when cleaning could change the cell; nearly all cells of nearly all tables are clean as they are. */
export function needsCleaning(cell: string, kinds: number): boolean {
  if ((kinds & SEEN.odd) !== 0) return true;
  const last = cell.charCodeAt(cell.length - 1);
  return (
    (cell.length === GROUPED_LENGTH && (kinds & SEEN.digit) !== 0) ||
    isEdge(cell.charCodeAt(0)) ||
    isEdge(last) ||
    (last === ZERO && cell.endsWith('.0')) ||
    (last >= 0x2000 && last <= 0x3000)
  );
}

/** What a cell must be for a validator to be asked at all. */
export interface Fit {
  readonly min: number;
  readonly max: number;
  /** Kinds that must be there. */
  readonly needs: number;
  /** Kinds that may be there. */
  readonly allows: number;
  /** Kinds of which one at least must be there; 0 asks nothing. */
  readonly some: number;
}

export const fits = ({ min, max, needs, allows, some }: Fit, length: number, kinds: number): boolean =>
  length >= min &&
  length <= max &&
  (kinds & needs) === needs &&
  (kinds & ~allows) === 0 &&
  (some === 0 || (kinds & some) !== 0);
