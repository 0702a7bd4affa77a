import { setImmediate as breathe } from 'node:timers/promises';
import { type DatasetRecord, isNoticed, latenessAt, markedLate, OVERDUE, unnoticed } from '../catalogue/index.js';
import type { Id } from '../kernel/ids.js';
import { SYSTEM } from '../kernel/principal.js';
import { ok, type Result } from '../kernel/result.js';
import type { Instant } from '../kernel/time.js';
import type { Transaction, UnitOfWork } from '../persistence/index.js';
import type { DatasetPort } from './dataset-port.js';
import type { ReevaluationService } from './reevaluation-service.js';
import type { ReevaluationStore } from './reevaluation-store.js';

/** Which records have to be looked at for a renewal that did not come; the catalogue's calendar fills it. */
export interface LatePort {
  due(now: Instant): readonly Id[];
}

export interface LateUpdateDeps {
  readonly calendar: LatePort;
  readonly datasets: DatasetPort;
  readonly reviews: ReevaluationService;
  readonly store: ReevaluationStore;
}

const CHUNK = 100;
/** How long it is believed that no import settled anything: looking reads every record that stands in the queue as late. */
const REST = 600_000;

/**
 * Late renewals as events: one for each missed period, said on the record and put into the queue of tiers to look at
 * again; settled by an update. Each record is locked and looked at again first, so that with several instances, and after
 * downtime, it happens once.
 */
export class LateUpdateClock {
  private settledAt: Instant | null = null;

  constructor(private readonly deps: LateUpdateDeps) {}

  /** Does what is due now. Returns how many records it changed. */
  async letTimeAct(unit: UnitOfWork): Promise<number> {
    const now = await unit.read(async (reader) => reader.now);
    const ids = this.deps.calendar.due(now);
    let changed = await this.settleAgain(unit, now);
    for (let start = 0; start < ids.length; start += CHUNK) {
      const part = ids.slice(start, start + CHUNK);
      changed += valueOf(await unit.run(async (tx) => ok(await this.look(tx, part))));
      await breathe();
    }
    return changed;
  }

  private async look(tx: Transaction, ids: readonly Id[]): Promise<number> {
    await tx.lock('dataset', ids);
    let changed = 0;
    for (const record of await this.deps.datasets.findMany(tx, ids)) {
      const lateness = latenessAt(record, tx.now);
      if (lateness === null) continue;
      changed += 1;
      if (lateness.kind === 'in-time') {
        const after = await this.deps.datasets.update(tx, unnoticed(record, OVERDUE));
        tell(tx, 'dataset.changed', after, { notice: OVERDUE, stands: false });
        await this.deps.reviews.renewed(tx, [after]);
      } else {
        const after = await this.deps.datasets.update(tx, markedLate(record, lateness.missed, tx.now));
        tell(tx, 'dataset.update-overdue', after, { ...lateness.missed });
        await this.deps.reviews.late(tx, after);
      }
    }
    return changed;
  }

  private async settleAgain(unit: UnitOfWork, now: Instant): Promise<number> {
    if (this.settledAt !== null && now - this.settledAt < REST && now >= this.settledAt) return 0;
    const settled = await this.settle(unit);
    this.settledAt = now;
    return settled;
  }

  /** An import brought renewals: what stood in the queue because of their lateness no longer does. */
  private async settle(unit: UnitOfWork): Promise<number> {
    const renewed = await unit.read(async (reader) => {
      const found: Id[] = [];
      for (let offset = 0; ; offset += CHUNK) {
        const filter = { state: 'due', cause: 'late-update' } as const;
        const { rows } = await this.deps.store.list(reader, filter, { offset, limit: CHUNK });
        const records = await this.deps.datasets.findMany(
          reader,
          rows.map(({ id }) => id),
        );
        found.push(...records.filter((record) => !isNoticed(record, OVERDUE)).map(({ id }) => id));
        if (rows.length < CHUNK) return found;
      }
    });
    if (renewed.length === 0) return 0;
    const settled = await unit.run(async (tx) => {
      await tx.lock('dataset', renewed);
      await this.deps.reviews.renewed(tx, await this.deps.datasets.findMany(tx, renewed));
      return ok(undefined);
    });
    valueOf(settled);
    return renewed.length;
  }
}

function tell(tx: Transaction, event: string, { id, publisher }: DatasetRecord, data: object): void {
  const subject = { kind: 'dataset', id };
  tx.append({ event, subject, actor: SYSTEM, data: { publisher, ...data } }, [subject]);
}

function valueOf<T>(outcome: Result<T>): T {
  if (!outcome.ok) throw new Error(`a late update was refused: ${outcome.error.code}`);
  return outcome.value;
}
