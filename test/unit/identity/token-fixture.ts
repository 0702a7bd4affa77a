import { createSign, generateKeyPairSync, type KeyObject } from 'node:crypto';
import type { TokenProfile } from '../../../src/identity/tokens/token-claims.js';
import { type SigningKey, StrictTokens, type TokenKeys } from '../../../src/identity/tokens/strict-token.js';

export const KID = '01JAAAAAAAAAAAAAAAAAAAAAA1';
export const SUB = '01JAAAAAAAAAAAAAAAAAAAAAA2';
export const JTI = '01JAAAAAAAAAAAAAAAAAAAAAA3';
export const NOW = 1_800_000_000;

export const PROFILE: TokenProfile = {
  typ: 'at+jwt',
  issuer: 'https://tiergate.example',
  audience: 'tiergate',
  maxLifetimeSeconds: 600,
};

export function newKey(kid: string = KID): SigningKey {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return { kid, algorithm: 'ES256', publicKey, privateKey };
}

export const keysOf = (...keys: SigningKey[]): TokenKeys => ({
  signing: () => keys[0] as SigningKey,
  find: (kid) => keys.find((key) => key.kid === kid),
});

export const tokensAt = (keys: TokenKeys, seconds: number = NOW): StrictTokens =>
  new StrictTokens(keys, { now: () => seconds * 1000 });

const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

export const HEADER = { alg: 'ES256', typ: 'at+jwt', kid: KID };
export const CLAIMS = { iss: PROFILE.issuer, aud: PROFILE.audience, sub: SUB, jti: JTI, iat: NOW, exp: NOW + 600 };

/** Signs any header and claims with the real key: what a careless issuer, or a second use of the key, could produce. */
export function signedBy(privateKey: KeyObject, header: object, claims: unknown): string {
  const input = `${part(header)}.${part(claims)}`;
  const signature = createSign('SHA256').update(input).sign({ key: privateKey, dsaEncoding: 'ieee-p1363' });
  return `${input}.${signature.toString('base64url')}`;
}

export const unsigned = (header: object, claims: unknown): string => `${part(header)}.${part(claims)}.`;
