import type { Id } from '../kernel/ids.js';
import { ANONYMOUS, SYSTEM } from '../kernel/principal.js';
import { ok, type Result } from '../kernel/result.js';
import type { Role } from '../kernel/roles.js';
import { dayOf } from '../kernel/time.js';
import type { RecordedEntry, Transaction } from '../persistence/index.js';
import type { IdentityPort } from './application-ports.js';
import { type ApplicationChange, type ApplicationStore, placingOf } from './application-store.js';
import type { ApplicationEvent } from './domain/events.js';
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
    await this.passWhereEmpty(tx, [...waiting].sort());
    return ok(undefined);
  }

  private async deskOf(tx: Transaction, { event, subject, data }: RecordedEntry): Promise<Desk | null> {
    if (event === 'organisation.suspended') return { organisation: subject.id };
    if (event !== 'person.switched-off') return data as unknown as Desk;
    const person = await this.identity.person(tx, subject.id);
    return person === null ? null : { organisation: person.organisation };
  }

  /** Thousands of cases may wait at one desk: they are written together. */
  private async passWhereEmpty(tx: Transaction, ids: readonly Id[]): Promise<void> {
    await tx.lock('application', ids);
    const passed: { readonly change: ApplicationChange; readonly events: readonly ApplicationEvent[] }[] = [];
    for (const before of await this.store.findMany(tx, ids)) {
      const { application } = before;
      const known = await this.facts.about(tx, ANONYMOUS, application);
      const events = passing(this.rules, application, known);
      if (events.length === 0) continue;
      const next = events.reduce((state, event) => evolve(application.id, state, event), application);
      const placing = placingOf(next, waitingFor(this.rules, next, known), dayOf(tx.now));
      passed.push({ change: { before, next, placing }, events });
    }
    await this.store.updateMany(
      tx,
      passed.map(({ change }) => change),
    );
    for (const { change, events } of passed) tell(tx, change.next.id, events);
  }
}

function tell(tx: Transaction, id: Id, events: readonly ApplicationEvent[]): void {
  const subject = { kind: 'application', id };
  for (const { event, data } of events) tx.append({ event, subject, actor: SYSTEM, data: { ...data } }, [subject]);
}
