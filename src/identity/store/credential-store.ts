import { IsNull, LessThan } from 'typeorm';
import type { Id } from '../../kernel/ids.js';
import type { Instant } from '../../kernel/time.js';
import type { Reader, Transaction } from '../../persistence/index.js';
import type { Credential, CredentialKind, Portal } from '../domain/credential.js';
import { type GuessRecord, NO_GUESSES } from '../domain/lockout.js';
import type { Session } from '../domain/session.js';
import type { StoredKey } from '../tokens/stored-key.js';
import { CredentialRow, GuessRow, PortalRow, SessionRow, SigningKeyRow } from './identity-rows.js';
import { credentialTable, listed, portalTable, sessionTable, signingKeyTable } from './identity-tables.js';

type Listed<T> = Promise<{ readonly items: readonly T[]; readonly total: number }>;

/** Portals and everything that proves who somebody is. */
export class CredentialStore {
  find = (reader: Reader, id: Id): Promise<Credential | null> => credentialTable.find(reader, id);
  insert = (tx: Transaction, rows: readonly Credential[]): Promise<void> => credentialTable.insert(tx, [...rows]);
  update = (tx: Transaction, row: Credential): Promise<Credential> => credentialTable.update(tx, { ...row });

  /** What an owner has of one kind and has not lost, newest first. */
  ofOwner(reader: Reader, owner: Id, kind: CredentialKind): Promise<readonly Credential[]> {
    return reader.manager.find(CredentialRow, { where: { owner, kind, revokedAt: IsNull() }, order: { id: 'DESC' } });
  }

  ofGrant(reader: Reader, grant: Id): Promise<readonly Credential[]> {
    return reader.manager.find(CredentialRow, { where: { grant }, order: { id: 'DESC' } });
  }

  allOf(reader: Reader, owner: Id): Promise<readonly Credential[]> {
    return reader.manager.find(CredentialRow, { where: { owner }, order: { id: 'DESC' } });
  }
}

export class PortalStore {
  find = (reader: Reader, id: Id): Promise<Portal | null> => portalTable.find(reader, id);
  insert = (tx: Transaction, rows: readonly Portal[]): Promise<void> => portalTable.insert(tx, [...rows]);
  update = (tx: Transaction, row: Portal): Promise<Portal> => portalTable.update(tx, { ...row });

  byClientId(reader: Reader, clientId: string): Promise<Portal | null> {
    return reader.manager.findOneBy(PortalRow, { clientId });
  }

  list(reader: Reader, limit: number, offset: number): Listed<Portal> {
    return listed(reader, portalTable, { where: {}, limit, offset });
  }
}

export class SessionStore {
  find = (reader: Reader, id: Id): Promise<Session | null> => sessionTable.find(reader, id);
  insert = (tx: Transaction, row: Session): Promise<void> => sessionTable.insert(tx, [row]);
  update = (tx: Transaction, row: Session): Promise<Session> => sessionTable.update(tx, { ...row });

  /** Sessions nobody has ended, of a person or of a whole organisation. */
  open(reader: Reader, of: { readonly person: Id } | { readonly organisation: Id }): Promise<readonly Session[]> {
    return reader.manager.find(SessionRow, { where: { ...of, endedAt: IsNull() }, order: { id: 'ASC' } });
  }
}

export class SigningKeyStore {
  insert = (tx: Transaction, row: StoredKey): Promise<void> => signingKeyTable.insert(tx, [row]);
  update = (tx: Transaction, row: StoredKey): Promise<StoredKey> => signingKeyTable.update(tx, { ...row });

  all(reader: Reader): Promise<readonly StoredKey[]> {
    return reader.manager.find(SigningKeyRow, { order: { id: 'ASC' } });
  }
}

const KEPT = 2 * 24 * 3_600_000;

/** Counters of failed guesses. `id` is the hash of the name that was tried, whether anybody has it or not. */
export class GuessStore {
  async find(reader: Reader, id: string): Promise<GuessRecord> {
    return (await reader.manager.findOneBy(GuessRow, { id })) ?? NO_GUESSES;
  }

  /**
   * The record, locked until the transaction ends: guesses of one name are judged one after the other. Where nothing
   * failed yet there is no row, and none is made: a name that signs in at once leaves no trace here.
   */
  async lock(tx: Transaction, id: string): Promise<GuessRecord> {
    if (tx.dialect === 'mysql') await tx.manager.query('SELECT id FROM sign_in_guesses WHERE id = ? FOR UPDATE', [id]);
    return this.find(tx, id);
  }

  /** Makes the row where it is missing and locks it; `ON DUPLICATE KEY` takes the exclusive lock at once. */
  async lockOrMake(tx: Transaction, id: string): Promise<GuessRecord> {
    const zero = tx.instantValue(0);
    const values = 'INTO sign_in_guesses (id, failures, last_failure_at, locked_until) VALUES (?, 0, ?, ?)';
    const text =
      tx.dialect === 'mysql'
        ? `INSERT ${values} ON DUPLICATE KEY UPDATE failures = failures`
        : `INSERT OR IGNORE ${values}`;
    await tx.manager.query(text, [id, zero, zero]);
    return this.find(tx, id);
  }

  async save(tx: Transaction, id: string, { failures, lastFailureAt, lockedUntil }: GuessRecord): Promise<void> {
    await tx.manager.update(GuessRow, { id }, { failures, lastFailureAt, lockedUntil });
  }

  /** Forgets names whose last failure is two days old. */
  async prune(tx: Transaction, now: Instant): Promise<void> {
    await tx.manager.delete(GuessRow, { lastFailureAt: LessThan(now - KEPT) });
  }
}
