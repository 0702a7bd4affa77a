import { hash } from 'node:crypto';
import { canonicalJson } from '../kernel/canonical.js';

/** A row's members by name as canonical text; those that are absent or null are left out. */
export type RowTexts = ReadonlyMap<string, string>;

export function rowTexts(row: Readonly<Record<string, unknown>>): RowTexts {
  const texts = new Map<string, string>();
  for (const name of Object.keys(row)) {
    const value = row[name];
    if (value !== null && value !== undefined) texts.set(name, canonicalJson(value));
  }
  return texts;
}

/** The texts of the row after some of its members changed. */
export const changedTexts = (texts: RowTexts, change: Readonly<Record<string, unknown>>): RowTexts =>
  new Map([...[...texts].filter(([name]) => !Object.hasOwn(change, name)), ...rowTexts(change)]);

/** The canonical text of a row: its members by name. */
export const textOfRow = (texts: RowTexts): string =>
  `{${[...texts.keys()]
    .sort()
    .map((name) => `${JSON.stringify(name)}:${texts.get(name)}`)
    .join(',')}}`;

/** SHA-256 over the canonical text of a row with its kind. */
export const hashOfText = (kind: string, text: string): string => hash('sha256', `${kind}\n${text}`);
export const hashOfTexts = (kind: string, texts: RowTexts): string => hashOfText(kind, textOfRow(texts));

/** The same over the row itself; absent and null members are the same. */
export const rowHash = (kind: string, row: Readonly<Record<string, unknown>>): string =>
  hashOfTexts(kind, rowTexts(row));
