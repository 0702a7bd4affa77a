import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto';
import type { Id, Ids } from '../../kernel/ids.js';
import { SYSTEM } from '../../kernel/principal.js';
import { ok } from '../../kernel/result.js';
import type { Clock } from '../../kernel/time.js';
import type { Transaction, UnitOfWork } from '../../persistence/index.js';
import type { Sealer } from '../secrets/sealing.js';
import type { SigningKeyStore } from '../store/credential-store.js';
import type { PublicJwk, StoredKey } from './stored-key.js';
import type { SigningKey, TokenKey, TokenKeys } from './strict-token.js';

/** How long a retired key still verifies: longer than any token it signed lives. */
export const RETIRED_VERIFIES = 8 * 24 * 3_600_000;

export interface KeyRingDeps {
  readonly unit: UnitOfWork;
  readonly keys: SigningKeyStore;
  readonly sealer: Sealer;
  readonly ids: Ids;
  readonly clock: Clock;
}

/**
 * The signing keys of the product. They lie sealed in the database, so that two instances and a restart accept one
 * token; the log's follower reloads them when an instance has rotated them.
 */
export class KeyRing implements TokenKeys {
  private current: SigningKey | undefined;
  private known = new Map<Id, { readonly key: TokenKey; readonly jwk: PublicJwk; readonly retiredAt: number | null }>();

  constructor(private readonly deps: KeyRingDeps) {}

  /** Loads the keys, and makes the first one in an empty database. @throws SealBroken with another sealing key */
  async open(): Promise<void> {
    await this.reload();
    if (this.current !== undefined) return;
    await this.replace('signing-key.created', async () => undefined);
  }

  /** A new key signs from now on; the last one stays valid for what it signed. */
  async rotate(): Promise<void> {
    await this.replace('signing-key.rotated', async (tx) => {
      const [open] = (await this.deps.keys.all(tx)).filter(({ openKey }) => openKey === 'signing');
      if (open !== undefined) await this.deps.keys.update(tx, { ...open, openKey: null, retiredAt: tx.now });
    });
  }

  signing(): SigningKey {
    if (this.current === undefined) throw new Error('no signing key is loaded');
    return this.current;
  }

  find(kid: Id): TokenKey | undefined {
    const entry = this.known.get(kid);
    return entry === undefined || this.isOver(entry.retiredAt) ? undefined : entry.key;
  }

  /** The public keys that verify now (RFC 7517), for `/.well-known/jwks.json`. */
  publicKeys(): readonly Readonly<Record<string, string>>[] {
    const live = [...this.known].filter(([, { retiredAt }]) => !this.isOver(retiredAt));
    return live.map(([kid, { jwk }]) => ({ ...jwk, kid, alg: 'ES256', use: 'sig' }));
  }

  /** Reads the keys anew: at the start, and when the log says that they changed. */
  async reload(): Promise<void> {
    const stored = await this.deps.unit.read((reader) => this.deps.keys.all(reader));
    this.known = new Map(
      stored.map((row) => [row.id, { key: tokenKey(row), jwk: row.publicKey, retiredAt: row.retiredAt }]),
    );
    const open = stored.find(({ openKey }) => openKey === 'signing');
    this.current = open === undefined ? undefined : this.unsealed(open);
  }

  private isOver(retiredAt: number | null): boolean {
    return retiredAt !== null && this.deps.clock.now() > retiredAt + RETIRED_VERIFIES;
  }

  private async replace(event: string, before: (tx: Transaction) => Promise<void>): Promise<void> {
    const { unit, keys } = this.deps;
    await unit.run(async (tx) => {
      const stored = await keys.all(tx);
      // Another instance, started at the same moment, may have made the first key.
      if (event === 'signing-key.created' && stored.some(({ openKey }) => openKey === 'signing')) return ok(undefined);
      await before(tx);
      const row = this.newKey(tx.now);
      await keys.insert(tx, row);
      tx.append({ event, subject: { kind: 'signing-key', id: row.id }, actor: SYSTEM, data: { kid: row.id } });
      return ok(undefined);
    });
    await this.reload();
  }

  private newKey(now: number): StoredKey {
    const id = this.deps.ids.next<'signing-key'>();
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const { kty, crv, x, y } = publicKey.export({ format: 'jwk' }) as PublicJwk;
    const sealed = this.deps.sealer.seal(privateKey.export({ type: 'pkcs8', format: 'der' }), sealContext(id));
    return {
      id,
      version: 1,
      openKey: 'signing',
      publicKey: { kty, crv, x, y },
      sealed,
      createdAt: now,
      retiredAt: null,
    };
  }

  private unsealed(row: StoredKey): SigningKey {
    const der = this.deps.sealer.open(row.sealed, sealContext(row.id));
    return { ...tokenKey(row), privateKey: createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }) };
  }
}

const sealContext = (id: Id): string => `signing-key:${id}`;

const tokenKey = (row: StoredKey): TokenKey => ({
  kid: row.id,
  algorithm: 'ES256',
  publicKey: createPublicKey({ key: { ...row.publicKey }, format: 'jwk' }),
});
