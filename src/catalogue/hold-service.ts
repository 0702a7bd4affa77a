import type { Id } from '../kernel/ids.js';
import { type Actor, SYSTEM } from '../kernel/principal.js';
import { ok, type Result } from '../kernel/result.js';
import type { Transaction } from '../persistence/index.js';
import type { DatasetStore } from './dataset-store.js';
import type { DatasetHold, DatasetRecord } from './domain/dataset.js';
import { heldFor, heldItems, isHeldBy, letGo, ownState } from './domain/holds.js';
import { decide, evolve } from './domain/lifecycle.js';
import { isNoticed, noticed, unnoticed } from './domain/notices.js';

/** How the record says that data rests. */
export const HELD = 'rights-held';

/**
 * Data that rests while somebody's rights are looked into. Whoever calls has locked the dataset; the log names neither who
 * complained nor who decided, for both stand in the complaint.
 */
export class HoldService {
  constructor(private readonly store: Pick<DatasetStore, 'find' | 'update'>) {}

  /** From the next decision on the data, or the named items of it, is not served. Null where there is no such record. */
  async hold(tx: Transaction, dataset: Id, hold: DatasetHold): Promise<DatasetRecord | null> {
    const before = await this.store.find(tx, dataset);
    if (before === null) return null;
    const after = await this.store.update(tx, told(heldFor(before, hold), tx.now));
    // A hold that is narrowed to some items serves the others again.
    const servesAgain = before.state === 'suspended' && after.state === 'listed';
    tellHeld(tx, before, after, servesAgain ? 'dataset.released' : 'dataset.held', SYSTEM);
    return after;
  }

  /** What this cause held is let go; the record rests on while another cause, or its publisher, holds it. */
  async release(tx: Transaction, dataset: Id, cause: Id): Promise<void> {
    const before = await this.store.find(tx, dataset);
    if (before === null || !isHeldBy(before, cause)) return;
    const after = await this.store.update(tx, told(letGo(before, cause), tx.now));
    tellHeld(tx, before, after, 'dataset.released', SYSTEM);
  }

  /** The catalogue's own command, by a ruling instead of by its publisher; what is withdrawn already stays so. */
  async withdraw(tx: Transaction, dataset: Id, reason: string, actor: Actor): Promise<Result<void>> {
    const before = await this.store.find(tx, dataset);
    if (before === null || ownState(before) === 'withdrawn') return ok(undefined);
    const decided = decide(before, { kind: 'withdraw', reason }, tx.now);
    if (!decided.ok) return decided;
    const { id, publisher, identifier, source } = await this.store.update(tx, evolve(before, decided.value));
    const data = { publisher, identifier, source, from: before.state, reason };
    tx.append({ event: 'dataset.withdrawn', subject: { kind: 'dataset', id }, actor, data });
    return ok(undefined);
  }

  /** After data was treated its tier is for a person to look at again, whatever was confirmed before. */
  async askAgain(tx: Transaction, dataset: Id, actor: Actor): Promise<void> {
    const before = await this.store.find(tx, dataset);
    if (before === null || before.tierStatus === 'pending-review') return;
    const { id, publisher } = await this.store.update(tx, { ...before, tierStatus: 'pending-review' });
    const data = { publisher, fields: ['tierStatus'] };
    tx.append({ event: 'dataset.changed', subject: { kind: 'dataset', id }, actor, data });
  }
}

/** One notice, however many hold it, and nothing in it of anybody. */
function told(record: DatasetRecord, at: number): DatasetRecord {
  if (record.held === undefined) return unnoticed(record, HELD);
  const items = record.held.by.some((hold) => hold.items.length === 0) ? [] : heldItems(record);
  const since = isNoticed(record, HELD) ? record.notices.find(({ code }) => code === HELD)?.at : undefined;
  return noticed(record, { code: HELD, text: textOf(items), at: since ?? at });
}

const textOf = (items: readonly string[]) =>
  items.length === 0
    ? {
        zh: '有权益投诉正在核实，核实期间暂停提供本数据集。',
        en: 'A complaint about rights is being looked into. Until that is decided the dataset is not served.',
      }
    : {
        zh: `有权益投诉正在核实，核实期间暂停提供以下数据项：${items.join('、')}。`,
        en: `A complaint about rights is being looked into. Until that is decided these items are not served: ${items.join(', ')}.`,
      };

/** Tells downstream what is served of a record now that something holds it, or no longer does. */
export function tellHeld(
  tx: Transaction,
  before: Pick<DatasetRecord, 'state'>,
  after: DatasetRecord,
  event: 'dataset.held' | 'dataset.released',
  actor: Actor,
): void {
  const { id, publisher, state } = after;
  const data = { publisher, from: before.state, state, items: heldItems(after) };
  tx.append({ event, subject: { kind: 'dataset', id }, actor, data });
}

/** An edit may take a held item out of a record, or bring it back: then more, or less, of it rests. */
export function tellRest(tx: Transaction, before: DatasetRecord, after: DatasetRecord, actor: Actor): void {
  if (after.held === undefined || before.held?.own !== after.held.own || before.state === after.state) return;
  tellHeld(tx, before, after, after.state === 'suspended' ? 'dataset.held' : 'dataset.released', actor);
}
