import { OutOfMemory } from '../limits.js';
import type { Mark } from '../text-pieces.js';
import { showsDate } from './dates.js';
import { PackedTexts } from './packed-texts.js';
import { takeXml } from './xml.js';

/** Characters of shared strings that are held. */
const STRINGS = 48 * 1024 * 1024;

type Pieces = AsyncIterable<Buffer>;

export interface SheetPlace {
  readonly name: string;
  /** Path inside the archive. */
  readonly path: string;
}

/** Paths by id of what a part of the workbook names. */
export async function relations(pieces: Pieces, mark: Mark): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  const open = (name: string, { Id = '', Target = '', Type = '' }: Readonly<Record<string, string>>): void => {
    if (name === 'Relationship' && Type.endsWith('/worksheet'))
      found.set(Id, Target.startsWith('/') ? Target.slice(1) : `xl/${Target.replace(/^\.\//, '')}`);
  };
  await takeXml(pieces, { open }, mark);
  return found;
}

/** Sheets in the order people see them, and whether days are counted from 1904. */
export async function sheetsOf(
  pieces: Pieces,
  places: ReadonlyMap<string, string>,
  mark: Mark,
): Promise<{ readonly sheets: readonly SheetPlace[]; readonly from1904: boolean }> {
  const sheets: SheetPlace[] = [];
  let from1904 = false;
  const open = (name: string, attributes: Readonly<Record<string, string>>): void => {
    const id = Object.entries(attributes).find(([key]) => /^\w+:id$/.test(key))?.[1] ?? '';
    const path = places.get(id);
    if (name === 'workbookPr') from1904 = /^(?:1|true)$/.test(attributes['date1904'] ?? '');
    if (name === 'sheet' && path !== undefined) sheets.push({ name: attributes['name'] ?? '', path });
  };
  await takeXml(pieces, { open }, mark);
  return { sheets, from1904 };
}

/** For every cell format, whether it shows a date. */
export async function dateFormats(pieces: Pieces, mark: Mark): Promise<readonly boolean[]> {
  const codes = new Map<number, string>();
  const formats: boolean[] = [];
  let inside = false;
  const open = (name: string, { numFmtId = '0', formatCode }: Readonly<Record<string, string>>): void => {
    if (name === 'numFmt' && formatCode !== undefined) codes.set(Number(numFmtId), formatCode);
    if (name === 'cellXfs') inside = true;
    if (name === 'xf' && inside) formats.push(showsDate(Number(numFmtId), codes.get(Number(numFmtId))));
  };
  const close = (name: string): void => {
    if (name === 'cellXfs') inside = false;
  };
  await takeXml(pieces, { open, close }, mark);
  return formats;
}

/** The texts that cells share; readings given beside a text are not part of it. */
export async function sharedStrings(pieces: Pieces, mark: Mark): Promise<PackedTexts> {
  const strings = new PackedTexts();
  let [string, held, inText, beside] = ['', 0, false, false];
  const open = (name: string): void => {
    if (name === 'si') string = '';
    if (name === 'rPh') beside = true;
    inText = name === 't' && !beside;
  };
  const text = (piece: string): void => {
    if (inText) string += piece;
  };
  const close = (name: string): void => {
    if (name === 't') inText = false;
    if (name === 'rPh') beside = false;
    if (name !== 'si') return;
    strings.add(string);
    held += string.length + 16;
    if (held > STRINGS) throw new OutOfMemory();
  };
  await takeXml(pieces, { open, text, close }, mark);
  return strings;
}
