import type { Id } from '../../kernel/ids.js';
import type { Instant } from '../../kernel/time.js';

export type SessionEnd = 'signed-out' | 'reuse' | 'password-changed' | 'person-switched-off' | 'organisation-suspended';

/** One sign-in of a person and the family of tokens that came from it. */
export interface Session {
  readonly id: Id<'session'>;
  readonly person: Id<'person'>;
  readonly organisation: Id<'organisation'>;
  readonly channel: 'browser' | 'api';
  readonly startedAt: Instant;
  readonly refreshedAt: Instant;
  /** The one refresh token that is good now, by its `jti`; each use replaces it. */
  readonly refreshToken: Id;
  readonly endedAt: Instant | null;
  readonly endReason: SessionEnd | null;
  readonly version: number;
}

/** A session lasts a working week at most, and ends when it was not used for a working day. */
export const SESSION_LIFETIME = 7 * 24 * 3_600_000;
export const SESSION_IDLE = 12 * 3_600_000;

export type RefreshDecision = 'rotate' | 'reuse' | 'over';

export const isLive = (session: Session, now: Instant): boolean =>
  session.endedAt === null && now < session.startedAt + SESSION_LIFETIME && now < session.refreshedAt + SESSION_IDLE;

/**
 * What a refresh token does to its session (RFC 9700, 4.14.2): the current one rotates; an earlier one of a live session
 * was used twice, by its owner or a thief, nobody can tell, so the whole family ends.
 */
export function decideRefresh(session: Session, token: Id, now: Instant): RefreshDecision {
  if (!isLive(session, now)) return 'over';
  return session.refreshToken === token ? 'rotate' : 'reuse';
}

export const rotated = (session: Session, token: Id, now: Instant): Session => ({
  ...session,
  refreshToken: token,
  refreshedAt: now,
});
export const ended = (session: Session, reason: SessionEnd, now: Instant): Session =>
  session.endedAt === null ? { ...session, endedAt: now, endReason: reason } : session;
