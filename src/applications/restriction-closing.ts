import type { Id } from '../kernel/ids.js';
import type { Actor } from '../kernel/principal.js';
import { dayOf, type Instant } from '../kernel/time.js';
import type { Reader, Transaction } from '../persistence/index.js';
import { type ApplicationStore, placingOf } from './application-store.js';
import { OPEN_STATES } from './domain/application.js';
import type { ApplicationEvent } from './domain/events.js';
import { endAll, evolve } from './domain/evolve.js';

/** Ends what a restriction of use leaves no room for: the open requests of the organisation for the same datasets. */
export class RestrictionClosing {
  constructor(private readonly store: ApplicationStore) {}

  /** Requests that ask for one of these datasets, or all where none is named; drafts stay and cannot be submitted. */
  async openUnder(reader: Reader, organisation: Id, datasets: readonly Id[]): Promise<readonly Id[]> {
    const open = await this.store.openBy(reader, organisation);
    return open.flatMap(({ application: { id, request } }) =>
      datasets.length === 0 || request.datasets.some(({ dataset }) => datasets.includes(dataset)) ? [id] : [],
    );
  }

  /**
   * Leaves each to its officers, who are told and decide by name: none can be approved or signed meanwhile. The version
   * moves on, so that whoever rules on what they saw before is told to look again.
   */
  async leaveToOfficers(tx: Transaction, ids: readonly Id[], until: Instant | null, actor: Actor): Promise<void> {
    await tx.lock('application', ids);
    for (const id of ids) {
      const stored = await this.store.find(tx, id);
      if (stored === null || !OPEN_STATES.includes(stored.application.state)) continue;
      const { application, turn } = stored;
      await this.store.update(tx, stored, application, placingOf(application, turn, dayOf(tx.now)));
      const data = { until: until === null ? null : dayOf(until - 1) };
      tx.append({ event: 'application.use-restricted', subject: { kind: 'application', id }, actor, data });
    }
  }

  /** Closes them. The caller has locked them: they come before grants in the one order. */
  async close(tx: Transaction, ids: readonly Id[], reason: string, actor: Actor): Promise<void> {
    await tx.lock('application', ids);
    for (const id of ids) {
      const stored = await this.store.find(tx, id);
      if (stored === null || !OPEN_STATES.includes(stored.application.state)) continue;
      const data = { reason, deadlines: endAll(stored.application, tx.now) };
      const event: ApplicationEvent = { event: 'application.closed', by: actor.id, at: tx.now, data };
      const next = evolve(id, stored.application, event);
      await this.store.update(tx, stored, next, placingOf(next, null, dayOf(tx.now)));
      tx.append({ event: event.event, subject: { kind: 'application', id }, actor, data });
    }
  }
}
