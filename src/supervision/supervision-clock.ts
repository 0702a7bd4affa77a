import type { Id } from '../kernel/ids.js';
import { SYSTEM } from '../kernel/principal.js';
import { ok } from '../kernel/result.js';
import type { Reader, Transaction, UnitOfWork } from '../persistence/index.js';
import { escalated } from './domain/decide.js';
import type { Ladder } from './domain/ladder.js';
import { isOver, sanctionEvent } from './domain/sanction.js';
import { evolve } from './domain/violation.js';
import type { Measures } from './measures.js';
import type { ViolationStore } from './supervision-stores.js';
import { placeOf, tell, type ViolationService } from './violation-service.js';

const CHUNK = 100;

/**
 * Time as an actor: a warning that was not heeded leads on, a measure that has run out ends. Each is looked at again
 * under the lock of its organisation, so that with several instances it happens exactly once.
 */
export class SupervisionClock {
  constructor(
    private readonly ladder: Ladder,
    private readonly store: ViolationStore,
    private readonly measures: Measures,
    private readonly service: ViolationService,
  ) {}

  /** Returns how much time did. */
  async letTimeAct(unit: UnitOfWork): Promise<number> {
    const uncured = await this.all(
      unit,
      (reader) => this.store.due(reader, reader.now, CHUNK),
      (tx, id) => this.escalate(tx, id),
    );
    const over = await this.all(
      unit,
      (reader) => this.measures.store.due(reader, reader.now, CHUNK),
      (tx, id) => this.end(tx, id),
    );
    return uncured + over;
  }

  private async all(
    unit: UnitOfWork,
    due: (reader: Reader) => Promise<readonly Id[]>,
    act: (tx: Transaction, id: Id) => Promise<number>,
  ): Promise<number> {
    for (let total = 0; ; ) {
      let changed = 0;
      for (const id of await unit.read(due)) {
        const done = await unit.run(async (tx) => ok(await act(tx, id)));
        if (!done.ok) throw new Error(`time was refused: ${done.error.code}`);
        changed += done.value;
      }
      total += changed;
      if (changed === 0) return total;
    }
  }

  private async escalate(tx: Transaction, id: Id): Promise<number> {
    const before = await this.store.find(tx, id);
    if (before === null) return 0;
    await tx.lock('organisation', [before.violation.organisation]);
    await tx.lock('violation', [id]);
    const stored = await this.store.find(tx, id);
    const sanction = this.measures.nextId();
    const spared = await this.measures.isSpared(tx, before.violation.organisation);
    const event = stored === null ? null : escalated(stored.violation, this.ladder, sanction, tx.now, spared);
    if (stored === null || event === null) return 0;
    const { violation } = await this.store.update(tx, stored, evolve(id, stored.violation, event));
    tell(tx, violation, event, SYSTEM);
    if (event.event !== 'violation.escalated') return 1;
    const { step, reason } = event.data;
    await this.measures.carryOut(tx, sanction, {
      organisation: violation.organisation,
      ending: await this.service.superseded(tx, violation, event.event, tx.now),
      imposing: {
        ...placeOf(violation),
        step,
        reason,
        by: null,
        until: null,
        limit: null,
        datasets: [],
        interim: false,
      },
      actor: SYSTEM,
    });
    return 1;
  }

  private async end(tx: Transaction, id: Id): Promise<number> {
    const before = await this.measures.store.find(tx, id);
    if (before === null) return 0;
    const { organisation } = before.sanction;
    await tx.lock('organisation', [organisation]);
    const stored = await this.measures.store.find(tx, id);
    if (stored === null || !isOver(stored.sanction, tx.now)) return 0;
    const event = sanctionEvent('sanction.ended', tx.now, { cause: 'run-out' });
    await this.measures.carryOut(tx, id, { organisation, ending: [{ stored, event }], imposing: null, actor: SYSTEM });
    return 1;
  }
}
