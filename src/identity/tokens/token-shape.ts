import { isId } from '../../kernel/ids.js';

/** The whole header our tokens have; anything else in it is refused before a key is looked up. */
export interface TokenHeader {
  readonly alg: string;
  readonly typ: string;
  readonly kid: string;
}

const MAX_LENGTH = 4096;
const BASE64URL = /^[A-Za-z0-9_-]+$/;
const HEADER_MEMBERS = ['alg', 'kid', 'typ'];

/**
 * Reads the header of a compact JWS (RFC 7515) without believing it. Refuses (`null`) whatever has not exactly three
 * canonical base64url parts, and a header with any member besides alg, typ and kid: keys are never taken from `jku`,
 * `jwk`, `x5u`, `x5c`, and a `kid` is one of our ids, never a path (RFC 8725, 3.8, 3.10).
 */
export function tokenHeader(token: string): TokenHeader | null {
  if (token.length > MAX_LENGTH) return null;
  const parts = token.split('.');
  if (parts.length !== 3 || !parts.every(isCanonicalBase64Url)) return null;
  const header = objectIn(parts[0] ?? '');
  if (header === null || Object.keys(header).sort().join() !== HEADER_MEMBERS.join()) return null;
  const { alg, typ, kid } = header;
  if (typeof alg !== 'string' || typeof typ !== 'string' || typeof kid !== 'string' || !isId(kid)) return null;
  return { alg, typ, kid };
}

/** True when the text is the one encoding of its bytes: no padding, no foreign symbol, no stray bits at the end. */
function isCanonicalBase64Url(text: string): boolean {
  return BASE64URL.test(text) && Buffer.from(text, 'base64url').toString('base64url') === text;
}

function objectIn(part: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    return value !== null && typeof value === 'object' && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}
