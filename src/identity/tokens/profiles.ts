import { SESSION_IDLE } from '../domain/session.js';
import type { TokenProfile } from './token-claims.js';

export const ACCESS_SECONDS = 600;
export const PORTAL_SECONDS = 3600;
export const REFRESH_SECONDS = SESSION_IDLE / 1000;

export interface Profiles {
  readonly access: TokenProfile;
  readonly refresh: TokenProfile;
}

/** The two kinds of token of a sign-in. Their types and audiences differ, so that neither is taken for the other. */
export const profilesOf = (issuer: string): Profiles => ({
  access: { typ: 'at+jwt', issuer, audience: `${issuer}/api`, maxLifetimeSeconds: PORTAL_SECONDS },
  refresh: { typ: 'rt+jwt', issuer, audience: `${issuer}/api/auth/token`, maxLifetimeSeconds: REFRESH_SECONDS },
});
