import { createHash } from 'node:crypto';
import type { Principal } from '../../kernel/principal.js';
import type { Clock, Instant } from '../../kernel/time.js';
import type { CredentialVerifier, Verified } from './ports.js';

/** Verifies a credential in full: signature, expiry, revocation. */
export type VerifyInFull = (authorization: string | undefined, apiKey: string | undefined) => Promise<Verified>;

interface Remembered {
  readonly principal: Principal;
  readonly until: Instant;
}

/** A credential is verified in full at least this often: the same bound as for everything else that is believed (ms). */
const BELIEVED_FOR = 2000;
const MOST = 10_000;

/**
 * Remembers credentials that held. The key is the SHA-256 of the exact bytes presented: a `jti` read before the
 * signature was checked would let a forged token in. Only good ones are remembered, never beyond their own expiry, and
 * a change of the person, session, organisation or key they stand for forgets them at once.
 */
export class CredentialCache implements CredentialVerifier {
  private readonly known = new Map<string, Remembered>();
  private readonly running = new Map<string, Promise<Verified>>();
  private epoch = 0;

  constructor(
    private readonly inFull: VerifyInFull,
    private readonly clock: Clock,
  ) {}

  verify(authorization: string | undefined, apiKey: string | undefined): Verified | Promise<Verified> {
    if (authorization === undefined && apiKey === undefined) return null;
    const key = createHash('sha256')
      .update(`${authorization ?? ''}\n${apiKey ?? ''}`)
      .digest('base64');
    const found = this.known.get(key);
    if (found !== undefined && this.clock.now() < found.until) return found.principal;
    return this.verifyOnce(key, authorization, apiKey);
  }

  /** Forgets whoever is named by a changed row; a change that names nobody we can tell apart forgets everyone. */
  forget(changes: readonly { readonly kind: string; readonly id: string }[]): void {
    this.epoch += 1;
    const ids = new Set(changes.map(({ id }) => id));
    const everyone = changes.some(({ kind }) => kind !== 'session' && kind !== 'person' && kind !== 'organisation');
    for (const [key, { principal }] of this.known) {
      const named =
        ids.has(principal.id) || ids.has(principal.session ?? '') || ids.has(principal.organisation?.id ?? '');
      if (everyone || named) this.known.delete(key);
    }
  }

  /** Requests with the same bytes share one verification; what changed meanwhile is not remembered. */
  private verifyOnce(key: string, authorization: string | undefined, apiKey: string | undefined): Promise<Verified> {
    const underway = this.running.get(key);
    if (underway !== undefined) return underway;
    const { epoch } = this;
    const verification = this.inFull(authorization, apiKey)
      .then((verified) => {
        if (verified !== null && verified !== 'invalid' && epoch === this.epoch)
          this.remember(key, verified, authorization);
        return verified;
      })
      .finally(() => this.running.delete(key));
    this.running.set(key, verification);
    return verification;
  }

  private remember(key: string, principal: Principal, authorization: string | undefined): void {
    this.known.delete(key);
    if (this.known.size >= MOST) {
      for (const oldest of this.known.keys()) {
        this.known.delete(oldest);
        break;
      }
    }
    const until = Math.min(this.clock.now() + BELIEVED_FOR, expiryOf(authorization));
    this.known.set(key, { principal, until });
  }
}

/** `exp` of a verified bearer token; a credential without one is believed for the bound only. */
function expiryOf(authorization: string | undefined): Instant {
  const payload = authorization?.split(' ')[1]?.split('.')[1];
  if (payload === undefined) return Number.POSITIVE_INFINITY;
  try {
    const { exp } = JSON.parse(Buffer.from(payload, 'base64url').toString()) as { exp?: unknown };
    return typeof exp === 'number' ? exp * 1000 : Number.POSITIVE_INFINITY;
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}
