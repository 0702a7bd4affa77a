import type { Id, Ids } from '../kernel/ids.js';
import { SYSTEM } from '../kernel/principal.js';
import { ok } from '../kernel/result.js';
import { addDays, dayOf, endOfDay } from '../kernel/time.js';
import type { Reader, Transaction, UnitOfWork } from '../persistence/index.js';
import type { Nearness } from './domain/near.js';
import { isNear, nearOfGrant } from './domain/near.js';
import type { NearSource } from './notification-ports.js';
import { type Reminder, reminderKey, type ReminderStore } from './reminder-store.js';

type Due = Omit<Reminder, 'id'>;
/** What is looked at, and locked, for days that are near. */
type NearKind = 'application' | 'grant' | 'evidence';
const CHUNK = 200;

/**
 * Time as an actor: tells the log of days that are near, each once. What is near is looked at again under the lock of
 * the case, grant or evidence, so that with several instances it happens once.
 */
export class ReminderClock {
  constructor(
    private readonly near: Nearness,
    private readonly source: NearSource,
    private readonly store: ReminderStore,
    private readonly ids: Ids,
  ) {}

  /** Returns how many reminders were given. */
  async letTimeAct(unit: UnitOfWork): Promise<number> {
    const cases = await this.all(unit, 'application', (reader, after) => this.nearCases(reader, after));
    const grants = await this.all(unit, 'grant', (reader, after) => this.nearGrants(reader, after));
    return cases + grants + (await this.all(unit, 'evidence', (reader, after) => this.nearEvidence(reader, after)));
  }

  private async all(
    unit: UnitOfWork,
    kind: NearKind,
    page: (reader: Reader, after: Id) => Promise<readonly Id[]>,
  ): Promise<number> {
    let given = 0;
    for (let after = ''; ; ) {
      const ids = await unit.read((reader) => page(reader, after));
      const last = ids.at(-1);
      if (last === undefined) return given;
      const due = await unit.read((reader) => this.open(reader, kind, ids));
      if (due.length > 0) given += await this.give(unit, kind, [...new Set(due.map(({ subject }) => subject))]);
      after = last;
    }
  }

  private async give(unit: UnitOfWork, kind: NearKind, ids: readonly Id[]): Promise<number> {
    const done = await unit.run(async (tx) => {
      await tx.lock(kind, ids);
      const due = await this.open(tx, kind, ids);
      for (const one of due) await this.tell(tx, { id: this.ids.next(), ...one });
      return ok(due.length);
    });
    if (!done.ok) throw new Error(`time was refused: ${done.error.code}`);
    return done.value;
  }

  private async tell(tx: Transaction, reminder: Reminder): Promise<void> {
    await this.store.insert(tx, reminder);
    const { id, ...data } = reminder;
    tx.append({ event: 'reminder.due', subject: { kind: 'reminder', id }, actor: SYSTEM, data });
  }

  /** What is near of these and was not told yet. */
  private async open(reader: Reader, kind: NearKind, ids: readonly Id[]): Promise<Due[]> {
    const due: Due[] = [];
    for (const id of ids) due.push(...(await this.of(kind, reader, id)));
    const given = await this.store.given(reader, due);
    return due.filter((one) => !given.has(reminderKey(one)));
  }

  private of(kind: NearKind, reader: Reader, id: Id): Promise<Due[]> {
    if (kind === 'evidence') return this.ofEvidence(reader, id);
    return kind === 'grant' ? this.ofGrant(reader, id) : this.ofCase(reader, id);
  }

  private nearCases(reader: Reader, after: Id): Promise<readonly Id[]> {
    const today = dayOf(reader.now);
    const farthest = Math.max(this.near.application, this.near.correction);
    return this.source.casesDue(reader, today, addDays(today, farthest), after, CHUNK);
  }

  private nearGrants(reader: Reader, after: Id): Promise<readonly Id[]> {
    const farthest = Math.max(this.near.evidence, this.near.grant, this.near.duty);
    return this.source.grantsDue(reader, endOfDay(addDays(dayOf(reader.now), farthest)), after, CHUNK);
  }

  private nearEvidence(reader: Reader, after: Id): Promise<readonly Id[]> {
    const before = endOfDay(addDays(dayOf(reader.now), this.near.proof));
    return this.source.evidenceDue(reader, before, after, CHUNK);
  }

  private async ofEvidence(reader: Reader, id: Id): Promise<Due[]> {
    const day = await this.source.evidenceEnd(reader, id);
    return day !== null && isNear(day, this.near.proof, dayOf(reader.now)) ? [{ what: 'proof', subject: id, day }] : [];
  }

  private async ofCase(reader: Reader, id: Id): Promise<Due[]> {
    const found = await this.source.caseDue(reader, id);
    if (found === null) return [];
    const what = found.correction ? 'correction' : 'application';
    const near = isNear(found.day, this.near[what], dayOf(reader.now));
    return near ? [{ what, subject: id, day: found.day }] : [];
  }

  private async ofGrant(reader: Reader, id: Id): Promise<Due[]> {
    const found = await this.source.grantDue(reader, id);
    return found === null ? [] : nearOfGrant(found, this.near, reader.now).map((one) => ({ ...one, subject: id }));
  }
}
