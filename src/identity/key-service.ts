import type { Id, Ids } from '../kernel/ids.js';
import type { Actor } from '../kernel/principal.js';
import { refusal } from '../kernel/refusal.js';
import { err, ok, type Result } from '../kernel/result.js';
import type { Reader, Transaction } from '../persistence/index.js';
import { apiKeyText, type Credential } from './domain/credential.js';
import type { IdentityStores } from './identity-stores.js';
import { newSecret, secretHash } from './secrets/secret.js';

/** A new secret or key: `text` is shown this once and kept nowhere. */
export interface NewKey {
  readonly credential: Credential;
  readonly text: string;
}

/** What machines authenticate with: the keys and secrets of portals, the keys of grants. */
export class KeyService {
  constructor(
    private readonly stores: IdentityStores,
    private readonly ids: Ids,
  ) {}

  /** Earlier ones stay good, so that a machine can change over without a gap. */
  async make(
    tx: Transaction,
    actor: Actor,
    input: Pick<Credential, 'owner' | 'label' | 'expiresAt' | 'grant' | 'person'> & {
      readonly kind: 'api-key' | 'client-secret' | 'grant-key';
    },
  ): Promise<NewKey> {
    const secret = newSecret();
    const id = this.ids.next<'credential'>();
    const made = { id, ...input, hash: secretHash(secret), createdAt: tx.now, revokedAt: null, version: 1 };
    await this.stores.credentials.insert(tx, [made]);
    tx.append({ event: 'credential.created', subject: { kind: 'credential', id }, actor, data: toldOf(made) });
    return { credential: made, text: input.kind === 'client-secret' ? secret : apiKeyText(id, secret) };
  }

  /** Ends a key, at once and for good; `fits` says whether it is one of those that the caller means. */
  async revoke(
    tx: Transaction,
    actor: Actor,
    id: Id,
    fits: (credential: Credential) => boolean,
  ): Promise<Result<Credential>> {
    await tx.lock('credential', [id]);
    const credential = await this.stores.credentials.find(tx, id);
    if (credential === null || !fits(credential)) return err(refusal('not-found'));
    if (credential.revokedAt !== null) return err(refusal('already-so', 'The key was revoked already.'));
    const saved = await this.stores.credentials.update(tx, { ...credential, revokedAt: tx.now });
    tx.append({ event: 'credential.revoked', subject: { kind: 'credential', id }, actor, data: toldOf(saved) });
    return ok(saved);
  }

  /** Keys of a grant, also those that are good no more, newest first; without what they consist of. */
  ofGrant = (reader: Reader, grant: Id): Promise<readonly Credential[]> =>
    this.stores.credentials.ofGrant(reader, grant);
}

const toldOf = ({ kind, owner, label, grant, person }: Credential) => ({
  kind,
  owner,
  label,
  ...(grant ? { grant } : {}),
  ...(person ? { person } : {}),
});
