import type { IncomingHttpHeaders } from 'node:http';
import type { Id } from '../kernel/ids.js';
import { ANONYMOUS, type Principal } from '../kernel/principal.js';
import { refusal } from '../kernel/refusal.js';
import { err, ok, type Result } from '../kernel/result.js';
import type { Clock } from '../kernel/time.js';
import type { Follower } from '../log/index.js';
import type { Reader, UnitOfWork } from '../persistence/index.js';
import { apiKeyParts } from './domain/credential.js';
import type { IdentityStores } from './identity-stores.js';
import type { LoadedPrincipal, PrincipalLoader } from './principal-loader.js';
import { sameHash, secretHash } from './secrets/secret.js';
import type { Profiles } from './tokens/profiles.js';
import type { StrictTokens } from './tokens/strict-token.js';

export interface CredentialDeps {
  readonly unit: UnitOfWork;
  readonly stores: IdentityStores;
  readonly tokens: StrictTokens;
  readonly profiles: Profiles;
  readonly loader: PrincipalLoader;
  readonly clock: Clock;
  readonly follower: Pick<Follower, 'position' | 'age' | 'subscribe'>;
  /** Longest time in milliseconds for which the log may be unconfirmed before nothing remembered is believed. */
  readonly staleness: number;
}

interface Verified extends LoadedPrincipal {
  /** Position of the log from which the principal was loaded. */
  readonly position: number;
}

/** What a request says of its sender, and under which hash it is remembered. */
interface Sent {
  readonly hash: string;
  readonly text: string;
  readonly isToken: boolean;
}

const INVALID = err(refusal('invalid-token'));
/** The name of a scheme is the same in any case (RFC 9110 §11.1). */
const BEARER = /^Bearer +([\x21-\x7e]{1,4096})$/i;
const REMEMBERED = 20_000;

function sentBy(authorization: string | undefined, apiKey: string | undefined): Sent | Result<Principal> {
  if (authorization === undefined && apiKey === undefined) return ok(ANONYMOUS);
  if (authorization !== undefined && apiKey !== undefined) return INVALID;
  const text = apiKey ?? BEARER.exec(authorization ?? '')?.[1];
  if (text === undefined) return INVALID;
  const isToken = apiKey === undefined;
  return { hash: secretHash(isToken ? `token ${text}` : `key ${text}`), text, isToken };
}

/**
 * Who sends a request. What was verified is remembered under the SHA-256 of the exact bytes sent (a cache asked by `jti`
 * before the signature would take a forged token), and every hit is checked: not ended, and no row it rests on has
 * changed since. While the log cannot be confirmed, nothing remembered is believed and the database is asked; on the
 * access plane, where it does not answer either, who was known until then is let in unconfirmed.
 */
export class Credentials {
  private readonly verified = new Map<string, Verified>();
  /** Position at which a row on which principals rest has last changed. */
  private readonly changed = new Map<string, number>();
  /** What was loaded before this position is not believed. */
  private floor = 0;

  constructor(private readonly deps: CredentialDeps) {
    const kinds = ['session', 'person', 'organisation', 'post', 'portal', 'credential'];
    deps.follower.subscribe(kinds, async (changes) => {
      for (const { kind, id, position } of changes) {
        this.noteChange(kind === 'post' ? 'post' : `${kind}:${id}`, position);
        // A new account, or another name, may be somebody's second one.
        if (kind === 'person') this.noteChange('person', position);
      }
    });
  }

  /** ANONYMOUS without a credential; `invalid-token` with one that is not good, or with two. */
  async verify(headers: IncomingHttpHeaders): Promise<Result<Principal>> {
    const { authorization, 'x-api-key': apiKey } = headers;
    if (Array.isArray(apiKey)) return INVALID;
    const sent = sentBy(authorization, apiKey);
    if ('ok' in sent) return sent;
    const known = this.remembered(sent.hash);
    return known === undefined ? this.check(sent) : ok(known);
  }

  /** The same for the access plane: answers at once where the answer is remembered, and whom it knew while nobody can be asked. */
  recall(
    authorization: string | undefined,
    apiKey: string | undefined,
  ): Result<Principal> | Promise<Result<Principal>> {
    const sent = sentBy(authorization, apiKey);
    if ('ok' in sent) return sent;
    const known = this.remembered(sent.hash);
    if (known !== undefined) return ok(known);
    const heardOf = this.lastKnown(sent.hash);
    return heardOf === undefined ? this.check(sent) : this.checkOr(sent, { ...heardOf, unconfirmed: true });
  }

  private async checkOr(sent: Sent, unconfirmed: Principal): Promise<Result<Principal>> {
    try {
      return await this.check(sent);
    } catch {
      return ok(unconfirmed);
    }
  }

  private async check({ hash, text, isToken }: Sent): Promise<Result<Principal>> {
    const position = this.deps.follower.position;
    const loaded = await this.deps.unit.read((reader) =>
      isToken ? this.ofToken(reader, text) : this.ofApiKey(reader, text),
    );
    if (loaded === null) return INVALID;
    this.remember(hash, { ...loaded, position });
    return ok(loaded.principal);
  }

  private remembered(hash: string): Principal | undefined {
    return this.deps.follower.age() > this.deps.staleness ? undefined : this.lastKnown(hash);
  }

  /** Whom it is, as far as this instance has heard. */
  private lastKnown(hash: string): Principal | undefined {
    const entry = this.verified.get(hash);
    if (entry === undefined) return undefined;
    if (
      this.deps.clock.now() < entry.until &&
      entry.restsOn.every((row) => (this.changed.get(row) ?? 0) <= entry.position)
    ) {
      return entry.principal;
    }
    this.verified.delete(hash);
    return undefined;
  }

  private remember(hash: string, entry: Verified): void {
    const [oldest] = this.verified.size >= REMEMBERED ? this.verified.keys() : [];
    if (oldest !== undefined) this.verified.delete(oldest);
    this.verified.set(hash, entry);
  }

  /** Changes are kept as long as something remembered may be older; when there are too many, all is forgotten. */
  private noteChange(row: string, position: number): void {
    if (this.changed.size >= REMEMBERED) {
      this.changed.clear();
      this.verified.clear();
      this.floor = position;
    }
    this.changed.set(row, position);
  }

  private async ofToken(reader: Reader, token: string): Promise<LoadedPrincipal | null> {
    const claims = this.deps.tokens.verify(this.deps.profiles.access, token);
    if (!claims.ok) return null;
    const { sub, sid, cid, exp } = claims.value;
    const loaded =
      typeof sid === 'string'
        ? await this.deps.loader.ofSession(reader, sid, sub)
        : await this.ofMachine(reader, cid, sub);
    return loaded === null ? null : { ...loaded, until: Math.min(loaded.until, exp * 1000) };
  }

  private async ofMachine(reader: Reader, cid: unknown, portal: Id): Promise<LoadedPrincipal | null> {
    const credential = typeof cid === 'string' ? await this.deps.stores.credentials.find(reader, cid) : null;
    if (credential?.kind !== 'client-secret' || credential.owner !== portal) return null;
    return this.deps.loader.ofCredential(reader, credential);
  }

  private async ofApiKey(reader: Reader, text: string): Promise<LoadedPrincipal | null> {
    const parts = apiKeyParts(text);
    const credential = parts === null ? null : await this.deps.stores.credentials.find(reader, parts.credential);
    const matches = sameHash(secretHash(parts?.secret ?? ''), credential?.hash ?? secretHash('nobody'));
    if (!matches || credential === null) return null;
    if (credential.kind === 'grant-key') return this.deps.loader.ofGrantKey(reader, credential);
    return credential.kind === 'api-key' ? this.deps.loader.ofCredential(reader, credential) : null;
  }
}
