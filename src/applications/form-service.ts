import type { Id, Ids } from '../kernel/ids.js';
import { type Actor, actorOf, type Principal, SYSTEM } from '../kernel/principal.js';
import { staleEtag } from '../kernel/etag.js';
import { refusal } from '../kernel/refusal.js';
import { err, ok, type Result } from '../kernel/result.js';
import type { Transaction } from '../persistence/index.js';
import type { IdentityPort } from './application-ports.js';
import { type FormContent, formFaults } from './domain/form.js';
import type { FormStore, StoredForm } from './form-store.js';

/**
 * Publishes and withdraws the forms of purposes. Every application holds the authority's row while it is decided, so
 * taking it here puts publishing and submitting one after the other.
 */
export class FormService {
  constructor(
    private readonly identity: Pick<IdentityPort, 'authority'>,
    private readonly store: FormStore,
    private readonly ids: Ids,
  ) {}

  /** The first form of a purpose, or the next version; `replaces` names the form in force as the writer knew it. */
  async publish(
    tx: Transaction,
    content: FormContent,
    replaces: Id | null,
    actor: Actor = SYSTEM,
  ): Promise<Result<StoredForm>> {
    const errors = formFaults(content);
    if (errors.length > 0) return err(refusal('form-unsound', errors[0]?.detail, { errors }));
    await this.lock(tx);
    const current = await this.store.current(tx, content.purpose);
    if ((current?.id ?? null) !== replaces)
      return err(refusal('form-changed', undefined, { extra: { current: current?.id ?? null } }));
    if (current !== null) await this.store.retire(tx, current.id);
    const number = (await this.store.lastNumber(tx, content.purpose)) + 1;
    const form = { id: this.ids.next(), number, ...content, current: true, publishedAt: tx.now };
    const stored = await this.store.insert(tx, form);
    if (current !== null) tell(tx, 'form.retired', current.id, actor, { purpose: content.purpose, by: form.id });
    tell(tx, 'form.published', form.id, actor, { number, ...content });
    return ok(stored);
  }

  /** From now on the purpose asks for no form. */
  async withdraw(
    tx: Transaction,
    { principal, ifMatch }: { readonly principal: Principal; readonly ifMatch: number | null },
    id: Id,
  ): Promise<Result<StoredForm>> {
    await this.lock(tx);
    const found = await this.store.stored(tx, id);
    if (found === null) return err(refusal('not-found'));
    if (ifMatch !== null && ifMatch !== found.version) return err(staleEtag(found.version));
    if (!found.form.current) return err(refusal('form-changed', 'The form is not in force any more.'));
    const stored = await this.store.retire(tx, id);
    tell(tx, 'form.retired', id, actorOf(principal), { purpose: found.form.purpose });
    return ok(stored);
  }

  private async lock(tx: Transaction): Promise<void> {
    const authority = await this.identity.authority(tx);
    if (authority !== null) await tx.lock('organisation', [authority]);
  }
}

function tell(tx: Transaction, event: string, id: Id, actor: Actor, data: object): void {
  tx.append({ event, subject: { kind: 'form', id }, actor, data: data as Record<string, unknown> });
}
