import { createHash } from 'node:crypto';
import { canonicalJson } from '../kernel/canonical.js';

/** SHA-256 over the canonical text of a row with its kind; absent and null members are the same. */
export function rowHash(kind: string, row: Readonly<Record<string, unknown>>): string {
  const present = Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null && value !== undefined));
  return createHash('sha256')
    .update(`${kind}\n${canonicalJson(present)}`)
    .digest('hex');
}
