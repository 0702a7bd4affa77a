import { SYSTEM } from '../kernel/principal.js';
import { ok } from '../kernel/result.js';
import { dayOf } from '../kernel/time.js';
import type { Transaction, UnitOfWork } from '../persistence/index.js';
import type { ApplicationStore } from './application-store.js';
import { abandonment } from './domain/abandon.js';
import { evolve } from './domain/evolve.js';

const SWEEP = 100;

/** Time as an actor: what a deadline does by itself when nobody answers. */
export class ApplicationClock {
  constructor(private readonly store: ApplicationStore) {}

  /**
   * Abandons what was sent back for correction and not answered in time. Each application is locked and looked at
   * again, so that with several instances it happens exactly once. Returns how many were abandoned.
   */
  async letTimeAct(unit: UnitOfWork): Promise<number> {
    let abandoned = 0;
    for (;;) {
      const swept = await unit.run(async (tx) => ok(await this.sweepOnce(tx)));
      if (!swept.ok) throw new Error(`sweep refused: ${swept.error.code}`);
      abandoned += swept.value;
      if (swept.value === 0) return abandoned;
    }
  }

  private async sweepOnce(tx: Transaction): Promise<number> {
    const ids = await this.store.unanswered(tx, dayOf(tx.now), SWEEP);
    await tx.lock('application', ids);
    let abandoned = 0;
    for (const id of ids) abandoned += await this.abandon(tx, id);
    return abandoned;
  }

  private async abandon(tx: Transaction, id: string): Promise<number> {
    const stored = await this.store.find(tx, id);
    const events = stored === null ? [] : abandonment(stored.application, tx.now);
    if (stored === null || events.length === 0) return 0;
    const next = events.reduce((state, event) => evolve(id, state, event), stored.application);
    await this.store.update(tx, stored, next, { turn: null, due: null });
    for (const { event, data } of events) {
      tx.append({ event, subject: { kind: 'application', id }, actor: SYSTEM, data: { ...data } });
    }
    return events.length;
  }
}
