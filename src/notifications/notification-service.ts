import type { Id, Ids } from '../kernel/ids.js';
import { ok, type Result } from '../kernel/result.js';
import type { RecordedEntry, Transaction, UnitOfWork } from '../persistence/index.js';
import { type NotificationTable, templateKey } from './domain/table.js';
import { applies, tellings } from './domain/telling.js';
import { subjectOf, type SubjectKind } from './domain/told-events.js';
import { Around } from './matters/around.js';
import type { Matter, ReadMatter } from './matters/matter.js';
import type { ToldSurroundings } from './notification-ports.js';
import type { Notification, NotificationStore } from './notification-store.js';

/** Told of new notifications in the transaction that makes them; the mail listens. */
export type OnTold = (tx: Transaction, notifications: readonly Notification[]) => Promise<void>;

export interface NotificationDeps {
  readonly table: NotificationTable;
  readonly store: NotificationStore;
  readonly ids: Ids;
  readonly surroundings: ToldSurroundings;
  readonly matters: Readonly<Record<SubjectKind, ReadMatter>>;
  readonly onTold: OnTold;
}

/** Notifications older than this many days are taken away: what they tell of stands in the log and on the case. */
const KEPT_DAYS = 400;
const CHUNK = 500;

/**
 * Tells people of events, in the transaction of the event: either both are there or neither, whatever instance did it
 * and whenever it was stopped (ADR 0029).
 */
export class NotificationService {
  constructor(private readonly deps: NotificationDeps) {}

  /** Every event of the table; what happens to it is in `told`. */
  get events(): readonly string[] {
    return Object.keys(this.deps.table.events);
  }

  async told(tx: Transaction, entries: readonly RecordedEntry[]): Promise<Result<void>> {
    await this.deps.surroundings.foresee(tx, casesOf(entries));
    const around = new Around(this.deps.surroundings, tx);
    const made: Notification[] = [];
    for (const entry of entries) made.push(...(await this.notificationsOf(tx, around, entry)));
    if (made.length === 0) return ok(undefined);
    await this.deps.store.insert(tx, made);
    await this.deps.onTold(tx, made);
    return ok(undefined);
  }

  /** Takes away what is old. Returns how many. */
  async letTimeAct(unit: UnitOfWork): Promise<number> {
    for (let total = 0; ; ) {
      const done = await unit.run(async (tx) =>
        ok(await this.deps.store.forgetBefore(tx, tx.now - KEPT_DAYS * 86_400_000, CHUNK)),
      );
      if (!done.ok) throw new Error(`time was refused: ${done.error.code}`);
      total += done.value;
      if (done.value < CHUNK) return total;
    }
  }

  private async notificationsOf(tx: Transaction, around: Around, entry: RecordedEntry): Promise<Notification[]> {
    const { event, actor, data } = entry;
    const lines = (this.deps.table.events[event] ?? []).filter((line) => applies(line, data));
    if (lines.length === 0) return [];
    const matter = await this.deps.matters[subjectOf(event)](around, entry);
    if (matter === null) return [];
    const reached = [];
    for (const line of lines) reached.push({ line, people: await matter.people(line.to) });
    return tellings(reached, actor.id).map(({ person, line }) =>
      this.notification(tx, person, templateKey(event, line), matter),
    );
  }

  private notification(tx: Transaction, person: Id, template: string, { about, values }: Matter): Notification {
    return { id: this.deps.ids.next(), person, template, about, values, at: tx.now, readAt: null };
  }
}

const casesOf = (entries: readonly RecordedEntry[]): Id[] => [
  ...new Set(entries.flatMap(({ subject }) => (subject.kind === 'application' ? [subject.id] : []))),
];
