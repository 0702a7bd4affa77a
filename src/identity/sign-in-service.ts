import type { Id } from '../kernel/ids.js';
import { type Actor, SYSTEM } from '../kernel/principal.js';
import { refusal } from '../kernel/refusal.js';
import { err, ok, type Result } from '../kernel/result.js';
import type { Reader, Transaction, UnitOfWork } from '../persistence/index.js';
import { type Credential, isUsable } from './domain/credential.js';
import { afterFailure, lockedFor, NO_GUESSES } from './domain/lockout.js';
import type { Person } from './domain/person.js';
import type { Session } from './domain/session.js';
import type { IdentityStores } from './identity-stores.js';
import { type Passwords, type PasswordVerdict, TooBusy } from './secrets/passwords.js';
import { sameHash, secretHash } from './secrets/secret.js';
import type { IssuedTokens, SessionService } from './session-service.js';

export interface SignInDeps {
  readonly unit: UnitOfWork;
  readonly stores: IdentityStores;
  readonly passwords: Passwords;
  readonly sessions: SessionService;
}

/** How one guess ended, told by the transaction that recorded it: a failure has to be committed too. */
type Judged<T> =
  | { readonly outcome: 'passed'; readonly value: T }
  | { readonly outcome: 'failed' }
  | { readonly outcome: 'locked'; readonly milliseconds: number };

const WRONG = err(refusal('invalid-credentials'));

/**
 * Proving who one is. Guesses are limited per name, whether anybody has it or not, so that neither text, code, time nor
 * lock tells which names exist. The verdict on a password counts only in the transaction that holds the name's counter:
 * a thousand guesses sent at once learn no more than those before the lock.
 */
export class SignInService {
  constructor(private readonly deps: SignInDeps) {}

  async byPassword(username: string, password: string, channel: Session['channel']): Promise<Result<IssuedTokens>> {
    const { unit, stores } = this.deps;
    const name = secretHash(`person ${username}`);
    const known = await unit.read(async (reader) => ({
      lock: lockedFor(await stores.guesses.find(reader, name), reader.now),
      ...(await this.passwordOf(reader, username)),
    }));
    if (known.lock > 0) return lockedFault(known.lock);
    const verdict = await this.verdictOn(password, known.credential);
    if (!verdict.ok) return verdict;
    const rehashed = verdict.value.matches && verdict.value.outdated ? await this.deps.passwords.hash(password) : null;
    return this.judge(name, known.person?.id ?? null, verdict.value.matches, async (tx) => {
      const person = await this.stillActive(tx, known.person);
      if (person === null || !(await this.unchanged(tx, known.credential, rehashed))) return null;
      return this.deps.sessions.begin(tx, person, channel);
    });
  }

  async byClientSecret(clientId: string, clientSecret: string): Promise<Result<IssuedTokens>> {
    const { unit, stores, sessions } = this.deps;
    const name = secretHash(`client ${clientId}`);
    const hash = secretHash(clientSecret);
    const known = await unit.read(async (reader) => {
      const portal = await stores.portals.byClientId(reader, clientId);
      const organisation = portal === null ? null : await stores.organisations.find(reader, portal.organisation);
      const secrets = portal === null ? [] : await stores.confirmed.credentialsOf(reader, portal.id, 'client-secret');
      const good = secrets.filter((secret) => isUsable(secret, reader.now) && sameHash(secret.hash, hash));
      const record = await stores.guesses.find(reader, name);
      const active = portal?.state === 'active' && organisation?.state === 'active';
      return { portal: active ? portal : null, credential: good[0], record, lock: lockedFor(record, reader.now) };
    });
    if (known.lock > 0) return lockedFault(known.lock);
    const { portal, credential } = known;
    const matches = portal !== null && credential !== undefined;
    // A machine that asks with its own secret writes nothing.
    if (matches && known.record.failures === 0) return ok(sessions.issueToPortal(portal, credential));
    return this.judge(name, portal?.id ?? null, matches, async () =>
      matches ? sessions.issueToPortal(portal, credential) : null,
    );
  }

  /** Changes one's own password: the present one is asked for, and other sessions end. */
  async changePassword(person: Person, present: string, next: string, session: Id | undefined): Promise<Result<void>> {
    const name = secretHash(`person ${person.username}`);
    const known = await this.deps.unit.read(async (reader) => ({
      lock: lockedFor(await this.deps.stores.guesses.find(reader, name), reader.now),
      credential: (await this.passwordOf(reader, person.username)).credential,
    }));
    if (known.lock > 0) return lockedFault(known.lock);
    const verdict = await this.verdictOn(present, known.credential);
    if (!verdict.ok) return verdict;
    const hash = verdict.value.matches ? await this.deps.passwords.hash(next) : null;
    const actor: Actor = { kind: 'person', id: person.id, organisation: person.organisation };
    return this.judge(name, person.id, verdict.value.matches, async (tx) => {
      if ((await this.stillActive(tx, person)) === null) return null;
      await this.deps.sessions.endAll(tx, { person: person.id }, 'password-changed', actor, session);
      return (await this.unchanged(tx, known.credential, hash, actor)) ? true : null;
    }).then((outcome) => (outcome.ok ? ok(undefined) : outcome));
  }

  private async verdictOn(password: string, credential: Credential | null): Promise<Result<PasswordVerdict>> {
    try {
      return ok(await this.deps.passwords.check(password, credential?.hash ?? null));
    } catch (error) {
      if (error instanceof TooBusy) return err(refusal('unavailable', undefined, { retryAfterSeconds: 2 }));
      throw error;
    }
  }

  private async passwordOf(
    reader: Reader,
    username: string,
  ): Promise<{ readonly person: Person | null; readonly credential: Credential | null }> {
    const person = await this.deps.stores.people.byUsername(reader, username);
    const [credential] = await this.deps.stores.confirmed.credentialsOf(reader, person?.id ?? '', 'password');
    return { person, credential: credential ?? null };
  }

  /** Counts the guess, then does what a good one may: `null` from `pass` is a failure that is not counted. */
  private async judge<T>(
    name: string,
    account: Id | null,
    matches: boolean,
    pass: (tx: Transaction) => Promise<T | null>,
  ): Promise<Result<T>> {
    const judged = await this.deps.unit.run(async (tx): Promise<Result<Judged<T>>> => {
      const { guesses } = this.deps.stores;
      const record = matches ? await guesses.lock(tx, name) : await guesses.lockOrMake(tx, name);
      const lock = lockedFor(record, tx.now);
      if (lock > 0) return ok({ outcome: 'locked', milliseconds: lock });
      if (!matches) return ok(await this.countFailure(tx, name, account, record));
      if (record.failures > 0) await guesses.save(tx, name, NO_GUESSES);
      const value = await pass(tx);
      return ok(value === null ? { outcome: 'failed' } : { outcome: 'passed', value });
    });
    if (!judged.ok) return judged;
    if (judged.value.outcome === 'locked') return lockedFault(judged.value.milliseconds);
    return judged.value.outcome === 'passed' ? ok(judged.value.value) : WRONG;
  }

  private async countFailure(
    tx: Transaction,
    name: string,
    account: Id | null,
    record: typeof NO_GUESSES,
  ): Promise<Judged<never>> {
    const next = afterFailure(record, tx.now);
    await this.deps.stores.guesses.save(tx, name, next);
    await this.deps.stores.guesses.prune(tx, tx.now);
    if (next.lockedUntil > 0 && account !== null) {
      const data = { failures: next.failures, until: next.lockedUntil };
      tx.append({ event: 'account.locked', subject: { kind: 'account', id: account }, actor: SYSTEM, data });
    }
    return { outcome: 'failed' };
  }

  /** The person, locked, if they and their organisation are still active. */
  private async stillActive(tx: Transaction, known: Person | null): Promise<Person | null> {
    if (known === null) return null;
    await tx.lock('organisation', [known.organisation], 'share');
    await tx.lock('person', [known.id], 'share');
    const person = await this.deps.stores.people.find(tx, known.id);
    const organisation = await this.deps.stores.organisations.find(tx, known.organisation);
    return person?.state === 'active' && organisation?.state === 'active' ? person : null;
  }

  /** Whether the password that was checked is the one still stored; replaces its hash when one is given. */
  private async unchanged(
    tx: Transaction,
    known: Credential | null,
    hash: string | null,
    actor: Actor = SYSTEM,
  ): Promise<boolean> {
    if (known === null) return false;
    await tx.lock('credential', [known.id], hash === null ? 'share' : 'update');
    const stored = await this.deps.stores.credentials.find(tx, known.id);
    if (stored === null || stored.version !== known.version || stored.revokedAt !== null) return false;
    if (hash === null) return true;
    await this.deps.stores.credentials.update(tx, { ...stored, hash });
    const subject = { kind: 'credential', id: stored.id };
    tx.append({ event: 'credential.replaced', subject, actor, data: { kind: 'password', owner: stored.owner } });
    return true;
  }
}

const lockedFault = (milliseconds: number): Result<never> =>
  err(refusal('account-locked', undefined, { retryAfterSeconds: Math.ceil(milliseconds / 1000) }));
