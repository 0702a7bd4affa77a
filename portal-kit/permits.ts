import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import type { Question } from './questions.js';
import { KNOWN_OBLIGATIONS, type Obligation, obligationsOf } from './verdicts.js';

/** The published keys by their names. */
export type Keys = ReadonlyMap<string, KeyObject>;

/** Reads `/.well-known/jwks.json`; keys of another kind than permits are signed with are left out. */
export function keysIn(document: unknown): Keys {
  const { keys } = document as { readonly keys: readonly Readonly<Record<string, string>>[] };
  const usable = keys.filter(({ kty, crv, kid }) => kty === 'EC' && crv === 'P-256' && kid !== undefined);
  return new Map(usable.map(({ kid = '', x = '', y = '' }) => [kid, keyOf(x, y)]));
}

const keyOf = (x: string, y: string): KeyObject =>
  createPublicKey({ key: { kty: 'EC', crv: 'P-256', x, y }, format: 'jwk' });

/** What a permit says, once it was verified for what is wanted. */
export interface VerifiedPermit {
  readonly evaluationId: string;
  readonly dataset: string;
  readonly items: readonly string[] | null;
  readonly purpose: string | null;
  readonly grant: string | null;
  readonly obligations: readonly Obligation[];
  readonly revision: number;
  /** Seconds since 1970. */
  readonly exp: number;
}

export type PermitFault =
  | 'malformed'
  | 'unknown-key'
  | 'signature'
  | 'issuer'
  | 'audience'
  | 'expired'
  | 'clock-skew'
  | 'other-question'
  | 'unknown-obligation';

export interface PermitRules {
  readonly issuer: string;
  /** The portal's own id at Tiergate. */
  readonly audience: string;
  readonly keys: Keys;
  readonly obligations?: readonly string[];
}

/** Instances' clocks may differ by this much; a permit from further ahead says that this clock is wrong (s). */
const SKEW = 5;
/** A permit that claims to live longer is none of Tiergate's (s). */
const LONGEST = 300;

type Json = Readonly<Record<string, unknown>>;

/** Verifies a permit without asking anybody: is it ours, alive, and for exactly what is wanted? */
export function verifyPermit(
  token: string,
  wanted: Question,
  rules: PermitRules,
  now = Date.now() / 1000,
): VerifiedPermit | PermitFault {
  const parts = token.split('.');
  const header = jsonOf(parts[0]);
  const claims = jsonOf(parts[1]);
  if (parts.length !== 3 || header === null || claims === null) return 'malformed';
  if (header['alg'] !== 'ES256' || header['typ'] !== 'permit+jwt' || Object.keys(header).length !== 3)
    return 'malformed';
  const key = rules.keys.get(String(header['kid']));
  if (key === undefined) return 'unknown-key';
  const signed = Buffer.from(`${parts[0]}.${parts[1]}`);
  const signature = Buffer.from(parts[2] ?? '', 'base64url');
  if (!verify('sha256', signed, { key, dsaEncoding: 'ieee-p1363' }, signature)) return 'signature';
  return claimsFault(claims, rules, now) ?? (isFor(claims, wanted) ? read(claims, rules) : 'other-question');
}

function claimsFault({ iss, aud, iat, exp }: Json, { issuer, audience }: PermitRules, now: number): PermitFault | null {
  if (iss !== issuer) return 'issuer';
  if (aud !== audience) return 'audience';
  if (!Number.isSafeInteger(iat) || !Number.isSafeInteger(exp)) return 'malformed';
  const [from, until] = [iat as number, exp as number];
  if (until - from > LONGEST || until <= from) return 'malformed';
  if (from > now + SKEW) return 'clock-skew';
  return until <= now ? 'expired' : null;
}

/** The same subject, the same data or less of it, the same action and purpose. */
function isFor(claims: Json, { subject, resource, action, context }: Question): boolean {
  const of = claims['subject'] as Partial<Record<string, unknown>> | undefined;
  const on = claims['resource'] as Partial<Record<string, unknown>> | undefined;
  const { issuer, organisation } = subject.properties ?? {};
  if (of?.['type'] !== subject.type || of['id'] !== subject.id) return false;
  if (of['issuer'] !== issuer || of['organisation'] !== organisation) return false;
  if (on?.['type'] !== resource.type || on['id'] !== resource.id || resource.properties?.publisher !== undefined)
    return false;
  if (claims['action'] !== action.name) return false;
  if (context?.purpose !== undefined && claims['purpose'] !== context.purpose) return false;
  const { items } = claims;
  if (items === null) return true;
  const asked = resource.properties?.items ?? [];
  return Array.isArray(items) && asked.length > 0 && asked.every((item) => items.includes(item));
}

function read(claims: Json, rules: PermitRules): VerifiedPermit | PermitFault {
  const obligations = obligationsOf(claims['obligations'], new Set(rules.obligations ?? KNOWN_OBLIGATIONS));
  if (!Array.isArray(obligations)) return 'unknown-obligation';
  const { jti, dataset, revision } = claims;
  if (typeof jti !== 'string' || typeof dataset !== 'string' || !Number.isSafeInteger(revision)) return 'malformed';
  const { items, purpose, grant, exp } = claims as unknown as VerifiedPermit;
  return { evaluationId: jti, dataset, items, purpose, grant, obligations, revision: revision as number, exp };
}

function jsonOf(part: string | undefined): Json | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(part ?? '', 'base64url').toString());
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : null;
  } catch {
    return null;
  }
}
