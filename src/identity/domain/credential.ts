import type { Id } from '../../kernel/ids.js';
import type { Instant } from '../../kernel/time.js';

export type CredentialKind = 'password' | 'invitation' | 'client-secret' | 'api-key' | 'grant-key';

/** What proves that somebody is who they say: only a hash is kept (scrypt for passwords, SHA-256 for random secrets). */
export interface Credential {
  readonly id: Id<'credential'>;
  readonly kind: CredentialKind;
  /** A person for passwords, a portal for secrets and keys, an organisation for keys of its grants. */
  readonly owner: Id;
  /** Of a grant's key: the grant, which is all that it is good for. */
  readonly grant?: Id | null;
  /** Of a grant's key where the grant names persons: the one of them in whose name the machine asks. */
  readonly person?: Id | null;
  readonly hash: string;
  readonly label: string;
  readonly createdAt: Instant;
  readonly expiresAt: Instant | null;
  readonly revokedAt: Instant | null;
  readonly version: number;
}

/** A machine of a portal operator; it asks on behalf of the subjects it serves. */
export interface Portal {
  readonly id: Id<'portal'>;
  readonly clientId: string;
  readonly name: string;
  readonly organisation: Id<'organisation'>;
  /** Organisations that it may ask about, with their people; null for everyone. */
  readonly serves: readonly Id<'organisation'>[] | null;
  readonly state: 'active' | 'off';
  readonly version: number;
}

export const isUsable = (credential: Credential, now: Instant): boolean =>
  credential.revokedAt === null && (credential.expiresAt === null || now < credential.expiresAt);

/** Secrets we hand out name their credential, so that a lookup never compares secrets: `tgk_<credential>_<secret>`. */
const HANDED_OUT = /^(tgk|tgi)_([0-7][0-9A-HJKMNP-TV-Z]{25})_([A-Za-z0-9_-]{43})$/;

export interface SecretParts {
  readonly credential: Id<'credential'>;
  readonly secret: string;
}

function partsOf(prefix: 'tgk' | 'tgi', text: string): SecretParts | null {
  const [, found, credential, secret] = HANDED_OUT.exec(text) ?? [];
  return found !== prefix || credential === undefined || secret === undefined ? null : { credential, secret };
}

export const apiKeyText = (credential: Id, secret: string): string => `tgk_${credential}_${secret}`;
export const apiKeyParts = (text: string): SecretParts | null => partsOf('tgk', text);
export const invitationText = (credential: Id, secret: string): string => `tgi_${credential}_${secret}`;
export const invitationParts = (text: string): SecretParts | null => partsOf('tgi', text);
