import { hash, randomBytes, timingSafeEqual } from 'node:crypto';

/** A machine's secret: 256 random bits, so that a plain hash keeps it (no guessing is possible). */
export const newSecret = (): string => randomBytes(32).toString('base64url');

/** SHA-256 as 64 hexadecimal digits: what is kept at rest, and the key of the verified-credential cache. */
export const secretHash = (secret: string): string => hash('sha256', secret, 'hex');

/** Compares two hashes in constant time; hashes of different length differ. */
export function sameHash(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a, 'latin1'), Buffer.from(b, 'latin1')];
  return left.length === right.length && timingSafeEqual(left, right);
}
