import { staleEtag } from '../../kernel/etag.js';
import { actorOf, type Principal } from '../../kernel/principal.js';
import { refusal } from '../../kernel/refusal.js';
import { err, ok, type Result } from '../../kernel/result.js';
import type { Transaction } from '../../persistence/index.js';
import { codeHoldsUntil, CODES } from '../domain/confirming.js';
import type { CodeKeys } from './code-keys.js';
import type { MailPreference, PreferenceStore } from './mail-ports.js';
import type { MailService } from './mail-service.js';

export type PreferenceChange = Partial<Pick<MailPreference, 'address' | 'mode' | 'language'>>;

export interface PreferenceDeps {
  readonly store: PreferenceStore;
  readonly keys: CodeKeys;
  readonly mail: Pick<MailService, 'queueCode' | 'codesSince'>;
}

/** How somebody wants to be told by mail: their own choice, nobody else's, at an address that they showed to be theirs. */
export class PreferenceService {
  constructor(private readonly deps: PreferenceDeps) {}

  get store(): PreferenceStore {
    return this.deps.store;
  }

  async change(
    tx: Transaction,
    principal: Principal,
    ifMatch: number | null,
    change: PreferenceChange,
  ): Promise<Result<MailPreference>> {
    const before = await this.own(tx, principal);
    if (!before.ok) return before;
    if (ifMatch !== null && ifMatch !== before.value.version) return err(staleEtag(before.value.version));
    const next = { ...before.value, ...change };
    if (next.mode !== 'none' && next.address === null) return invalid('/address', 'required', 'mail needs an address');
    if (next.address === before.value.address) return ok(await this.write(tx, principal, 'changed', next));
    if (next.address === null) return ok(await this.write(tx, principal, 'changed', { ...next, askedAt: null }));
    return this.ask(tx, principal, next);
  }

  /** Sends another code to an address that waits for one; the one before does not hold any more. */
  async sendCode(tx: Transaction, principal: Principal): Promise<Result<MailPreference>> {
    const before = await this.own(tx, principal);
    if (!before.ok) return before;
    return before.value.askedAt === null ? nothingWaits() : this.ask(tx, principal, before.value);
  }

  async confirm(tx: Transaction, principal: Principal, code: string): Promise<Result<MailPreference>> {
    const before = await this.own(tx, principal);
    if (!before.ok) return before;
    const { askedAt } = before.value;
    if (askedAt === null) return nothingWaits();
    if (tx.now >= codeHoldsUntil(askedAt) || !this.deps.keys.isCode(code, principal.id, before.value))
      return invalid('/code', 'wrong-code', 'this is not the newest code, or it was sent more than a day ago');
    return ok(await this.write(tx, principal, 'confirmed', { ...before.value, askedAt: null }));
  }

  private async own(tx: Transaction, principal: Principal): Promise<Result<MailPreference>> {
    if (principal.kind !== 'person') return err(refusal('forbidden', 'Only people are told by mail.'));
    await tx.lock('person', [principal.id]);
    return ok(await this.deps.store.find(tx, principal.id));
  }

  private async ask(tx: Transaction, principal: Principal, wish: MailPreference): Promise<Result<MailPreference>> {
    const sent = await this.deps.mail.codesSince(tx, principal.id, tx.now - CODES.within);
    if (sent.length >= CODES.most)
      return err(refusal('too-many-codes', undefined, { retryAfterSeconds: CODES.within / 1000 }));
    // No two codes are of one moment, or they would be the same.
    const askedAt = Math.max(tx.now, ...sent.map((moment) => moment + 1));
    const written = await this.write(tx, principal, 'changed', { ...wish, askedAt });
    await this.deps.mail.queueCode(tx, principal.id, askedAt);
    return ok(written);
  }

  private async write(
    tx: Transaction,
    principal: Principal,
    what: 'changed' | 'confirmed',
    next: MailPreference,
  ): Promise<MailPreference> {
    const written = await this.deps.store.write(tx, next);
    tx.append({
      event: `mail-preference.${what}`,
      subject: { kind: 'mail-preference', id: principal.id },
      actor: actorOf(principal),
      data: { mode: next.mode, language: next.language },
      ...(next.address === null ? {} : { personal: { address: next.address } }),
    });
    return written;
  }
}

const nothingWaits = (): Result<never> => err(refusal('already-so', 'No address waits for its code.'));

const invalid = (pointer: string, code: string, detail: string): Result<never> =>
  err(refusal('invalid-body', undefined, { errors: [{ pointer, code, detail }] }));
