import type { KeyObject } from 'node:crypto';
import jwt from 'jsonwebtoken';
import type { Id } from '../../kernel/ids.js';
import { err, ok, type Result } from '../../kernel/result.js';
import type { Clock, Instant } from '../../kernel/time.js';
import { claimsFault, type TokenClaims, type TokenFault, type TokenProfile } from './token-claims.js';
import { tokenHeader } from './token-shape.js';

/** A key of ours with the one algorithm it is good for. Always key objects: text keys are slow, and invite confusion. */
export interface TokenKey {
  readonly kid: Id;
  readonly algorithm: 'ES256';
  readonly publicKey: KeyObject;
}
export interface SigningKey extends TokenKey {
  readonly privateKey: KeyObject;
}

/** Where keys come from: our own database, nowhere else. */
export interface TokenKeys {
  signing(): SigningKey;
  find(kid: Id): TokenKey | undefined;
}

/** What the issuer of a token decides; type, issuer, audience and times come from the profile and the clock. */
export interface TokenContent {
  readonly sub: Id;
  readonly jti: Id;
  readonly lifetimeSeconds: number;
  /** Default: now. */
  readonly issuedAt?: Instant;
  readonly claims?: Readonly<Record<string, unknown>>;
}

/**
 * The only use of jsonwebtoken. The library alone accepts tokens without `exp`, from the future, without a type, and
 * some malformed encodings; this wrapper pins the algorithm per key and refuses all of these (RFC 8725).
 */
export class StrictTokens {
  constructor(
    private readonly keys: TokenKeys,
    private readonly clock: Clock,
  ) {}

  sign(profile: TokenProfile, content: TokenContent): { readonly token: string; readonly claims: TokenClaims } {
    const { kid, algorithm, privateKey } = this.keys.signing();
    const iat = Math.floor((content.issuedAt ?? this.clock.now()) / 1000);
    const { sub, jti, lifetimeSeconds } = content;
    const fixed = { iss: profile.issuer, aud: profile.audience, sub, jti, iat, exp: iat + lifetimeSeconds };
    const claims: TokenClaims = { ...content.claims, ...fixed };
    const header = { alg: algorithm, typ: profile.typ, kid };
    return { token: jwt.sign({ ...claims }, privateKey, { algorithm, header }), claims };
  }

  /** The claims of a token that is ours, of this kind, and alive. The fault is for the log: callers answer one code. */
  verify(profile: TokenProfile, token: string): Result<TokenClaims, TokenFault> {
    const header = tokenHeader(token);
    if (header === null) return err('malformed');
    if (header.typ !== profile.typ) return err('type');
    const key = this.keys.find(header.kid);
    if (key === undefined || header.alg !== key.algorithm || key.publicKey.type !== 'public') return err('key');
    const claims = this.signedClaims(token, key);
    if (claims === null) return err('signature');
    const fault = claimsFault(claims, profile, Math.floor(this.clock.now() / 1000));
    return fault === null ? ok(claims as TokenClaims) : err(fault);
  }

  /** Signature first: claims are judged only after it holds, and by us (the library's own times are switched off). */
  private signedClaims(token: string, key: TokenKey): unknown {
    try {
      const options = { algorithms: [key.algorithm], ignoreExpiration: true, ignoreNotBefore: true };
      return jwt.verify(token, key.publicKey, options);
    } catch {
      return null;
    }
  }
}
