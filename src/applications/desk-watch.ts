import type { Id } from '../kernel/ids.js';
import { ANONYMOUS, SYSTEM } from '../kernel/principal.js';
import { ok, type Result } from '../kernel/result.js';
import type { Role } from '../kernel/roles.js';
import { dayOf } from '../kernel/time.js';
import type { RecordedEntry, Transaction } from '../persistence/index.js';
import type { IdentityPort } from './application-ports.js';
import { type ApplicationStore, placingOf } from './application-store.js';
import { evolve } from './domain/evolve.js';
import type { Rules } from './domain/facts.js';
import { passing } from './domain/separation.js';
import { waitingFor } from './domain/turn.js';
import type { FactsLoader } from './facts-loader.js';

/** Events after which a desk may have nobody left who may act there. */
export const STAFF_EVENTS = [
  'post.ended',
  'post.handed-over',
  'person.switched-off',
  'organisation.suspended',
] as const;

interface Desk {
  readonly organisation: Id;
  /** Every role of the organisation where it is left out. */
  readonly role?: Role;
}

/**
 * When a post is emptied, the cases that wait there pass to the authority's substitute at once, in the same transaction,
 * so that they stand in its queue and not in nobody's.
 */
export class DeskWatch {
  constructor(
    private readonly rules: Rules,
    private readonly identity: IdentityPort,
    private readonly store: ApplicationStore,
    private readonly facts: FactsLoader,
  ) {}

  async staffChanged(tx: Transaction, entries: readonly RecordedEntry[]): Promise<Result<void>> {
    const waiting = new Set<Id>();
    for (const entry of entries) {
      const desk = await this.deskOf(tx, entry);
      if (desk === null) continue;
      for (const id of await this.store.waitingAt(tx, desk.organisation, desk.role ?? null)) waiting.add(id);
    }
    const ids = [...waiting].sort();
    await tx.lock('application', ids);
    for (const id of ids) await this.passWhereEmpty(tx, id);
    return ok(undefined);
  }

  private async deskOf(tx: Transaction, { event, subject, data }: RecordedEntry): Promise<Desk | null> {
    if (event === 'organisation.suspended') return { organisation: subject.id };
    if (event !== 'person.switched-off') return data as unknown as Desk;
    const person = await this.identity.person(tx, subject.id);
    return person === null ? null : { organisation: person.organisation };
  }

  private async passWhereEmpty(tx: Transaction, id: Id): Promise<void> {
    const stored = await this.store.find(tx, id);
    if (stored === null) return;
    const facts = await this.facts.about(tx, ANONYMOUS, stored.application);
    const events = passing(this.rules, stored.application, facts);
    if (events.length === 0) return;
    const next = events.reduce((state, event) => evolve(id, state, event), stored.application);
    await this.store.update(tx, stored, next, placingOf(next, waitingFor(this.rules, next, facts), dayOf(tx.now)));
    for (const { event, data } of events)
      tx.append({ event, subject: { kind: 'application', id }, actor: SYSTEM, data: { ...data } });
  }
}
