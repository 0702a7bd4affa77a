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

/** SHA-256 over the canonical text of a row with its kind. */
export function hashOfTexts(kind: string, texts: RowTexts): string {
  const members = [...texts.keys()].sort().map((name) => `${JSON.stringify(name)}:${texts.get(name)}`);
  return hash('sha256', `${kind}\n{${members.join(',')}}`);
}

/** The same over the row itself; absent and null members are the same. */
export const rowHash = (kind: string, row: Readonly<Record<string, unknown>>): string =>
  hashOfTexts(kind, rowTexts(row));
