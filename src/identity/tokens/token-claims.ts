import type { Id } from '../../kernel/ids.js';
import { isId } from '../../kernel/ids.js';

/** What one kind of token must be: its type, who issues it, whom it addresses, how long it may live. */
export interface TokenProfile {
  /** Media type of the token without `application/`, e.g. `at+jwt` (RFC 9068): one kind is never taken for another. */
  readonly typ: string;
  readonly issuer: string;
  readonly audience: string;
  readonly maxLifetimeSeconds: number;
}

/** Claims every token of ours has (times in seconds, RFC 7519), and those of its kind. */
export interface TokenClaims {
  readonly iss: string;
  readonly aud: string;
  readonly sub: Id;
  readonly jti: Id;
  readonly iat: number;
  readonly exp: number;
  readonly [claim: string]: unknown;
}

export type TokenFault =
  | 'malformed'
  | 'type'
  | 'key'
  | 'signature'
  | 'claims'
  | 'issuer'
  | 'audience'
  | 'expired'
  | 'future';

/** Instances' clocks may differ by this much; an `iat` further ahead is a token from the future. */
const SKEW_SECONDS = 5;

/** The first fault of verified claims against their profile at `nowSeconds`, or `null`. */
export function claimsFault(claims: unknown, profile: TokenProfile, nowSeconds: number): TokenFault | null {
  if (!isTokenClaims(claims)) return 'claims';
  if (claims.iss !== profile.issuer) return 'issuer';
  if (claims.aud !== profile.audience) return 'audience';
  if (claims.iat > nowSeconds + SKEW_SECONDS) return 'future';
  if (claims.exp <= nowSeconds) return 'expired';
  const lifetime = claims.exp - claims.iat;
  return lifetime > 0 && lifetime <= profile.maxLifetimeSeconds ? null : 'claims';
}

function isTokenClaims(value: unknown): value is TokenClaims {
  if (value === null || typeof value !== 'object') return false;
  const { iss, aud, sub, jti, iat, exp } = value as Record<string, unknown>;
  const named = typeof iss === 'string' && typeof aud === 'string' && typeof sub === 'string' && sub !== '';
  return named && typeof jti === 'string' && isId(jti) && Number.isSafeInteger(iat) && Number.isSafeInteger(exp);
}
