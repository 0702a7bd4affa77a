import type { Id } from '../kernel/ids.js';
import { SYSTEM } from '../kernel/principal.js';
import { ok } from '../kernel/result.js';
import { dayOf } from '../kernel/time.js';
import type { Reader, Transaction, UnitOfWork } from '../persistence/index.js';
import { type ApplicationStore, placingOf } from './application-store.js';
import type { Application } from './domain/application.js';
import type { ApplicationEvent } from './domain/events.js';
import { evolve } from './domain/evolve.js';
import { type Rules, rulesOf } from './domain/facts.js';
import { calendarApplied, timeActs } from './domain/let-time-act.js';

const CHUNK = 100;
type Act = (state: Application, now: number) => readonly ApplicationEvent[];

/**
 * Time as an actor: what happens by itself when nobody does anything. Each application is locked and looked at again,
 * so that with several instances each thing happens exactly once.
 */
export class ApplicationClock {
  /** The calendar is read at the start and does not change while the process runs. */
  private calendarApplied = false;

  constructor(
    private readonly rules: Rules,
    private readonly store: ApplicationStore,
  ) {}

  /** Does to every case what a passed day does to it. Returns how many cases changed. */
  async letTimeAct(unit: UnitOfWork): Promise<number> {
    if (!this.calendarApplied) await this.applyCalendar(unit);
    const act: Act = (state, now) => timeActs(rulesOf(this.rules, state).clock, state, now);
    let total = 0;
    for (;;) {
      const ids = await unit.read((reader) => this.store.dueToAct(reader, dayOf(reader.now), CHUNK));
      const changed = ids.length === 0 ? 0 : await this.actOn(unit, ids, act);
      total += changed;
      if (changed === 0) return total;
    }
  }

  /** Counts every running deadline again on the calendar as it is published now. Returns how many cases moved. */
  async applyCalendar(unit: UnitOfWork): Promise<number> {
    const act: Act = (state, now) => calendarApplied(rulesOf(this.rules, state).clock, state, now);
    let moved = 0;
    for (let after = ''; ; ) {
      const { ids, stale } = await unit.read((reader) => this.staleAfter(reader, after, act));
      const last = ids.at(-1);
      if (last === undefined) break;
      if (stale.length > 0) moved += await this.actOn(unit, stale, act);
      after = last;
    }
    this.calendarApplied = true;
    return moved;
  }

  /** The next running cases, and those of them on which the act would do something; nothing is locked for the rest. */
  private async staleAfter(reader: Reader, after: Id, act: Act): Promise<{ ids: readonly Id[]; stale: readonly Id[] }> {
    const ids = await this.store.running(reader, after, CHUNK);
    const stored = await this.store.findMany(reader, ids);
    const stale = stored
      .filter(({ application }) => act(application, reader.now).length > 0)
      .map(({ application }) => application.id)
      .sort();
    return { ids, stale };
  }

  private async actOn(unit: UnitOfWork, ids: readonly Id[], act: Act): Promise<number> {
    const done = await unit.run(async (tx) => {
      await tx.lock('application', ids);
      let changed = 0;
      for (const id of ids) changed += await this.actOnOne(tx, id, act);
      return ok(changed);
    });
    if (!done.ok) throw new Error(`time was refused: ${done.error.code}`);
    return done.value;
  }

  private async actOnOne(tx: Transaction, id: Id, act: Act): Promise<number> {
    const stored = await this.store.find(tx, id);
    const events = stored === null ? [] : act(stored.application, tx.now);
    if (stored === null || events.length === 0) return 0;
    const next = events.reduce((state, event) => evolve(id, state, event), stored.application);
    const turn = next.state === 'abandoned' ? null : stored.turn;
    await this.store.update(tx, stored, next, placingOf(next, turn, dayOf(tx.now)));
    for (const { event, data } of events) {
      tx.append({ event, subject: { kind: 'application', id }, actor: SYSTEM, data: { ...data } });
    }
    return 1;
  }
}
