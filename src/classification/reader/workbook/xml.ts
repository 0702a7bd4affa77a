import { TextDecoder } from 'node:util';
import { SaxesParser } from 'saxes';
import { LIMITS } from '../limits.js';
import { type Mark, Marked } from '../text-pieces.js';

/** The markup breaks off, nests too deep, or holds a text longer than is held. */
export class BrokenXml extends Error {}

const DEPTH = 256;
/** Longer than any mark, so that one across two pieces is seen. */
const OVERLAP = 32;

/** Takes markup as it is read; names come without their prefix. */
export interface XmlTaker {
  open?(name: string, attributes: Readonly<Record<string, string>>): void;
  text?(text: string): void;
  close?(name: string): void;
}

const bare = (name: string): string => name.slice(name.indexOf(':') + 1);

/**
 * Reads markup piece by piece and yields after each, so that what was taken can be worked off. Entities beyond XML's own are
 * not followed. A mark in its text ends it, also one that is spread over several elements.
 */
export async function* readXml(pieces: AsyncIterable<Buffer>, taker: XmlTaker, mark: Mark): AsyncGenerator<void> {
  const parser = new SaxesParser({ position: false });
  let [depth, texts, before, silent] = [0, '', '', 0];
  parser.on('error', () => {
    throw new BrokenXml();
  });
  parser.on('opentag', ({ name, attributes }) => {
    silent = 0;
    depth += 1;
    if (depth > DEPTH) throw new BrokenXml();
    taker.open?.(bare(name), attributes as Record<string, string>);
  });
  parser.on('text', (text) => {
    silent = 0;
    texts += text;
    taker.text?.(text);
  });
  parser.on('cdata', (text) => {
    texts += text;
    taker.text?.(text);
  });
  parser.on('closetag', ({ name }) => {
    silent = 0;
    depth -= 1;
    taker.close?.(bare(name));
  });
  let decoder: TextDecoder | null = null;
  for await (const piece of pieces) {
    decoder ??= new TextDecoder(piece[0] === 0xff ? 'utf-16le' : 'utf-8');
    silent += piece.length;
    parser.write(decoder.decode(piece, { stream: true }));
    if (silent > LIMITS.recordBytes) throw new BrokenXml();
    if (mark?.test(before + texts)) throw new Marked();
    before = texts.slice(-OVERLAP);
    texts = '';
    yield;
  }
  parser.close();
}

/** Reads markup to its end. */
export async function takeXml(pieces: AsyncIterable<Buffer>, taker: XmlTaker, mark: Mark): Promise<void> {
  for await (const _ of readXml(pieces, taker, mark));
}
