import { staleEtag } from '../../kernel/etag.js';
import { actorOf, type Principal } from '../../kernel/principal.js';
import { refusal } from '../../kernel/refusal.js';
import { err, ok, type Result } from '../../kernel/result.js';
import type { Transaction } from '../../persistence/index.js';
import type { MailPreference, PreferenceStore } from './mail-ports.js';

export type PreferenceChange = Partial<Pick<MailPreference, 'address' | 'mode' | 'language'>>;

/** How somebody wants to be told by mail: their own choice, nobody else's. */
export class PreferenceService {
  constructor(readonly store: PreferenceStore) {}

  async change(
    tx: Transaction,
    principal: Principal,
    ifMatch: number | null,
    change: PreferenceChange,
  ): Promise<Result<MailPreference>> {
    if (principal.kind !== 'person') return err(refusal('forbidden', 'Only people are told by mail.'));
    await tx.lock('person', [principal.id]);
    const before = await this.store.find(tx, principal.id);
    if (ifMatch !== null && ifMatch !== before.version) return err(staleEtag(before.version));
    const next = { ...before, ...change };
    if (next.mode !== 'none' && next.address === null) return noAddress();
    const written = await this.store.write(tx, next);
    tx.append({
      event: 'mail-preference.changed',
      subject: { kind: 'mail-preference', id: principal.id },
      actor: actorOf(principal),
      data: { mode: next.mode, language: next.language },
      ...(next.address === null ? {} : { personal: { address: next.address } }),
    });
    return ok(written);
  }
}

const noAddress = (): Result<never> =>
  err(
    refusal('invalid-body', undefined, {
      errors: [{ pointer: '/address', code: 'required', detail: 'mail needs an address' }],
    }),
  );
