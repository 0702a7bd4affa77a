import type { Id, Ids } from '../kernel/ids.js';
import type { Actor } from '../kernel/principal.js';
import { refusal } from '../kernel/refusal.js';
import { err, ok, type Result } from '../kernel/result.js';
import type { Transaction, UnitOfWork } from '../persistence/index.js';
import type { Credential, Portal } from './domain/credential.js';
import type { Person } from './domain/person.js';
import { decideRefresh, ended, isLive, rotated, type Session, type SessionEnd } from './domain/session.js';
import type { IdentityStores } from './identity-stores.js';
import { ACCESS_SECONDS, PORTAL_SECONDS, type Profiles, REFRESH_SECONDS } from './tokens/profiles.js';
import type { StrictTokens } from './tokens/strict-token.js';

/** What a sign-in or a refresh hands out. */
export interface IssuedTokens {
  readonly accessToken: string;
  readonly expiresIn: number;
  readonly refreshToken?: string;
}

export interface SessionDeps {
  readonly unit: UnitOfWork;
  readonly stores: IdentityStores;
  readonly tokens: StrictTokens;
  readonly profiles: Profiles;
  readonly ids: Ids;
}

const INVALID = err(refusal('invalid-token'));
const personActor = ({ id, organisation }: Person): Actor => ({ kind: 'person', id, organisation });

/** Sessions of people and their tokens; tokens of machines. */
export class SessionService {
  constructor(private readonly deps: SessionDeps) {}

  /** Begins a session inside the caller's transaction; the person was verified before, and is locked. */
  async begin(tx: Transaction, person: Person, channel: Session['channel']): Promise<IssuedTokens> {
    const { ids, stores } = this.deps;
    const session: Session = {
      id: ids.next<'session'>(),
      person: person.id,
      organisation: person.organisation,
      channel,
      startedAt: tx.now,
      refreshedAt: tx.now,
      refreshToken: ids.next(),
      endedAt: null,
      endReason: null,
      version: 1,
    };
    await stores.sessions.insert(tx, session);
    const subject = { kind: 'session', id: session.id };
    tx.append({ event: 'session.started', subject, actor: personActor(person), data: { person: person.id, channel } });
    return this.issue(session);
  }

  /**
   * Takes a refresh token and gives the next pair. One that was used before ends the session: its owner or a thief has
   * used it, and nobody can tell which.
   */
  async refresh(token: string): Promise<Result<IssuedTokens>> {
    const claims = this.deps.tokens.verify(this.deps.profiles.refresh, token);
    if (!claims.ok || typeof claims.value['sid'] !== 'string') return INVALID;
    const { sid, jti } = claims.value;
    const outcome = await this.deps.unit.run(async (tx) => ok(await this.refreshIn(tx, sid as Id, jti)));
    if (!outcome.ok) return outcome;
    return outcome.value === null ? INVALID : ok(outcome.value);
  }

  private async refreshIn(tx: Transaction, sid: Id, jti: Id): Promise<IssuedTokens | null> {
    const { organisations, people, sessions } = this.deps.stores;
    const before = await sessions.find(tx, sid);
    if (before === null) return null;
    await tx.lock('organisation', [before.organisation], 'share');
    await tx.lock('person', [before.person], 'share');
    await tx.lock('session', [sid]);
    const [session, person] = [await sessions.find(tx, sid), await people.find(tx, before.person)];
    const organisation = await organisations.find(tx, before.organisation);
    if (session === null || person?.state !== 'active' || organisation?.state !== 'active') return null;
    const decision = decideRefresh(session, jti, tx.now);
    if (decision === 'over') return null;
    const actor = personActor(person);
    if (decision === 'reuse') {
      await this.end(tx, session, 'reuse', actor);
      return null;
    }
    const next = await sessions.update(tx, rotated(session, this.deps.ids.next(), tx.now));
    tx.append({ event: 'session.refreshed', subject: { kind: 'session', id: sid }, actor, data: {} });
    return this.issue(next);
  }

  /** Ends the session of a refresh token (browser without access token); an unknown or ended one is no fault. */
  async endByRefreshToken(tx: Transaction, token: string): Promise<void> {
    const claims = this.deps.tokens.verify(this.deps.profiles.refresh, token);
    const sid = claims.ok ? claims.value['sid'] : undefined;
    if (claims.ok && typeof sid === 'string') await this.endOne(tx, sid, { kind: 'person', id: claims.value.sub });
  }

  async endOne(tx: Transaction, id: Id, actor: Actor): Promise<void> {
    await tx.lock('session', [id]);
    const session = await this.deps.stores.sessions.find(tx, id);
    if (session !== null && isLive(session, tx.now)) await this.end(tx, session, 'signed-out', actor);
  }

  /** Ends every session of a person or an organisation, but for `except`. */
  async endAll(
    tx: Transaction,
    of: { readonly person: Id } | { readonly organisation: Id },
    reason: SessionEnd,
    actor: Actor,
    except?: Id,
  ): Promise<void> {
    const open = (await this.deps.stores.sessions.open(tx, of)).filter(({ id }) => id !== except);
    await tx.lock(
      'session',
      open.map(({ id }) => id),
    );
    for (const { id } of open) {
      const session = await this.deps.stores.sessions.find(tx, id);
      if (session?.endedAt === null) await this.end(tx, session, reason, actor);
    }
  }

  private async end(tx: Transaction, session: Session, reason: SessionEnd, actor: Actor): Promise<void> {
    await this.deps.stores.sessions.update(tx, ended(session, reason, tx.now));
    tx.append({ event: 'session.ended', subject: { kind: 'session', id: session.id }, actor, data: { reason } });
  }

  /** A token for a machine: it lives as long as its secret is good, and cannot be refreshed. */
  issueToPortal(portal: Portal, credential: Credential): IssuedTokens {
    const { tokens, profiles, ids } = this.deps;
    const content = {
      sub: portal.id,
      jti: ids.next(),
      lifetimeSeconds: PORTAL_SECONDS,
      claims: { cid: credential.id },
    };
    return { accessToken: tokens.sign(profiles.access, content).token, expiresIn: PORTAL_SECONDS };
  }

  private issue(session: Session): IssuedTokens {
    const { tokens, profiles, ids } = this.deps;
    const [sub, claims] = [session.person, { sid: session.id }];
    const access = tokens.sign(profiles.access, { sub, jti: ids.next(), lifetimeSeconds: ACCESS_SECONDS, claims });
    const refresh = { sub, jti: session.refreshToken, lifetimeSeconds: REFRESH_SECONDS, claims };
    return {
      accessToken: access.token,
      expiresIn: ACCESS_SECONDS,
      refreshToken: tokens.sign(profiles.refresh, refresh).token,
    };
  }
}
