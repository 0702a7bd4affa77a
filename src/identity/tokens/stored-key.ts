import type { Id } from '../../kernel/ids.js';
import type { Instant } from '../../kernel/time.js';

/** The public half of an ES256 key (RFC 7517, RFC 7518 6.2.1). */
export interface PublicJwk {
  readonly kty: 'EC';
  readonly crv: 'P-256';
  readonly x: string;
  readonly y: string;
}

/** A signing key as it lies in the database: the private half is sealed. */
export interface StoredKey {
  readonly id: Id<'signing-key'>;
  readonly openKey: 'signing' | null;
  readonly publicKey: PublicJwk;
  readonly sealed: string;
  readonly createdAt: Instant;
  /** After this it no longer signs; it verifies until the last token it signed has ended. */
  readonly retiredAt: Instant | null;
  readonly version: number;
}
