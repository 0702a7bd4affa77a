import { type DatasetRecord, isNoticed, OVERDUE } from '../catalogue/index.js';
import type { Id } from '../kernel/ids.js';
import { type Actor, actorOf, type Principal, SYSTEM } from '../kernel/principal.js';
import { refusal } from '../kernel/refusal.js';
import { err, ok, type Result } from '../kernel/result.js';
import type { Reader, RecordedEntry, Transaction } from '../persistence/index.js';
import { maySee } from './assessment-service.js';
import type { DatasetPort } from './dataset-port.js';
import { CAUTIOUS, governanceOf } from './domain/governance.js';
import { type ASKED_CAUSES, nextReview, notedFusion, notedToo, type ReviewCause } from './domain/reevaluation.js';
import type { ObjectionStore } from './objection-store.js';
import type { Packs } from './packs/load.js';
import type { ReevaluationRow, ReevaluationStore, ReviewFilter } from './reevaluation-store.js';

/** A review with the name of what is to be looked at. */
export interface TitledReview {
  readonly row: ReevaluationRow;
  readonly dataset: Pick<DatasetRecord, 'title' | 'tier'> | null;
  /** Objections to its tier that wait, the oldest first. */
  readonly objections: readonly Id[];
}

type Fits = (row: ReevaluationRow) => Result<void>;

/** When people look at tiers again: the queue, asking for a look, and saying that a tier still holds. */
export class ReevaluationService {
  constructor(
    private readonly store: ReevaluationStore,
    private readonly datasets: DatasetPort,
    private readonly packs: Packs,
    private readonly objections: Pick<ObjectionStore, 'openOn'>,
  ) {}

  async list(
    reader: Reader,
    principal: Principal,
    filter: Omit<ReviewFilter, 'publisher'>,
    page: { offset: number; limit: number },
  ): Promise<{ items: TitledReview[]; total: number }> {
    const own = maySee(principal, '') ? {} : { publisher: principal.organisation?.id ?? 'nobody' };
    const { rows, total } = await this.store.list(reader, { ...filter, ...own }, page);
    return { items: await this.titled(reader, rows), total };
  }

  /** Reviews with what a screen shows beside them. */
  async titled(reader: Reader, rows: readonly ReevaluationRow[]): Promise<TitledReview[]> {
    const ids = rows.map(({ id }) => id);
    const waiting = await this.objections.openOn(reader, ids);
    const records = new Map((await this.datasets.findMany(reader, ids)).map((one) => [one.id as Id, one]));
    return rows.map((row) => ({
      row,
      dataset: records.get(row.id) ?? null,
      objections: waiting.filter(({ dataset }) => dataset === row.id).map(({ id }) => id),
    }));
  }

  /**
   * Puts a dataset into the queue at once: it was joined with another, updated late, or somebody complained. Where it
   * stands there already, what was said before stays, and so does how long it has waited.
   */
  async ask(
    tx: Transaction,
    principal: Principal,
    dataset: Id,
    asked: { readonly cause: (typeof ASKED_CAUSES)[number]; readonly note: string },
  ): Promise<Result<ReevaluationRow>> {
    const record = await this.locked(tx, principal, dataset);
    if (!record.ok) return record;
    const before = await this.store.find(tx, dataset);
    const waiting = before?.state === 'due' ? before : null;
    const row = await this.put(tx, record.value, {
      state: 'due',
      since: waiting?.since ?? tx.now,
      due_at: waiting?.due_at ?? tx.now,
      cause: asked.cause,
      note: notedToo(waiting?.note ?? null, asked.note),
    });
    tell(tx, 'review.asked', dataset, { cause: asked.cause }, actorOf(principal));
    return ok(row);
  }

  /**
   * Files of these datasets showed that joined they single records out: each stands in the queue until a person has looked.
   * What somebody asked for before stays said; no tier changes.
   */
  async joined(tx: Transaction, datasets: readonly Id[], fusion: Id): Promise<void> {
    for (const record of await this.datasets.findMany(tx, datasets)) {
      const before = await this.store.find(tx, record.id);
      const waiting = before?.state === 'due' ? before : null;
      await this.put(tx, record, {
        state: 'due',
        since: waiting?.since ?? tx.now,
        due_at: waiting?.due_at ?? tx.now,
        cause: waiting?.cause ?? 'join',
        note: notedFusion(waiting?.note ?? null, fusion),
      });
      tell(tx, 'review.asked', record.id, { cause: 'join', fusion });
    }
  }

  /** Somebody objected: it stands in the queue until that is decided. What it stood there for before stays said. */
  async objected(tx: Transaction, record: DatasetRecord, objection: Id, actor: Actor): Promise<void> {
    const before = await this.store.find(tx, record.id);
    if (before?.state !== 'due') await this.put(tx, record, dueFor('objection', tx.now));
    tell(tx, 'review.asked', record.id, { cause: 'objection', objection }, actor);
  }

  /** The last objection was decided: whoever did so has looked. What else it stands in the queue for stays. */
  async objectionsEnded(tx: Transaction, record: DatasetRecord, actor: Actor): Promise<void> {
    const row = await this.store.find(tx, record.id);
    if (row?.cause !== 'objection') return;
    await this.put(tx, record, this.again(record, tx.now));
    tell(tx, 'review.scheduled', record.id, {}, actor);
  }

  /** The data was not renewed when it should have been: somebody looks whether its tier and what it states still hold. */
  async late(tx: Transaction, record: DatasetRecord): Promise<void> {
    const before = await this.store.find(tx, record.id);
    if (before?.state === 'due') return;
    await this.put(tx, record, dueFor('late-update', tx.now));
    tell(tx, 'review.due', record.id, { cause: 'late-update' });
  }

  /** It was renewed after all: nobody has to look because of that any more. */
  async renewed(tx: Transaction, records: readonly DatasetRecord[], actor?: Actor): Promise<void> {
    for (const row of await this.store.findMany(
      tx,
      records.map(({ id }) => id),
    )) {
      const record = records.find(({ id }) => id === row.id);
      if (record === undefined || row.cause !== 'late-update' || isNoticed(record, OVERDUE)) continue;
      await this.put(tx, record, this.again(record, tx.now));
      tell(tx, 'review.scheduled', record.id, {}, actor);
    }
  }

  /** Reaction to edits of stewards: a renewal that was overdue has come. */
  async edited(tx: Transaction, entries: readonly RecordedEntry[]): Promise<Result<void>> {
    const renewed = entries.filter(({ data }) =>
      RENEWING.some((field) => (data['fields'] as string[])?.includes(field)),
    );
    if (renewed.length === 0) return ok(undefined);
    const ids = renewed.map(({ subject }) => subject.id);
    await this.renewed(tx, await this.datasets.findMany(tx, ids), renewed[0]?.actor);
    return ok(undefined);
  }

  /** A person looked and the tier still holds; the next review is counted from today. */
  async close(
    tx: Transaction,
    principal: Principal,
    dataset: Id,
    reason: string,
    fits: Fits,
  ): Promise<Result<ReevaluationRow>> {
    const record = await this.locked(tx, principal, dataset);
    if (!record.ok) return record;
    const row = await this.store.find(tx, dataset);
    if (row === null) return err(refusal('not-found'));
    const fit = fits(row);
    if (!fit.ok) return fit;
    if (row.state !== 'due') return err(refusal('review-not-due'));
    if ((await this.objections.openOn(tx, [dataset])).length > 0) return err(refusal('objections-waiting'));
    const next = await this.put(tx, record.value, this.again(record.value, tx.now));
    tell(tx, 'review.done', dataset, { reason, tier: record.value.tier }, actorOf(principal));
    return ok(next);
  }

  /** Reaction to rulings of officers: whoever ruled has looked. An objection to the tier waits on. */
  async ruled(tx: Transaction, entries: readonly RecordedEntry[]): Promise<Result<void>> {
    const ids = entries.map(({ data }) => data['dataset'] as Id);
    const disputed = new Set((await this.objections.openOn(tx, ids)).map(({ dataset }) => dataset));
    for (const record of await this.datasets.findMany(tx, ids)) {
      const row = await this.store.find(tx, record.id);
      if (row === null || (disputed.has(record.id) && row.cause === 'objection')) continue;
      await this.put(tx, record, disputed.has(record.id) ? dueFor('objection', tx.now) : this.again(record, tx.now));
      tell(tx, 'review.scheduled', record.id, {}, entries[0]?.actor);
    }
    return ok(undefined);
  }

  /**
   * Reaction to what an officer gave back: where the tier still waits for a person, it stands in the queue with the
   * officer's reason, so that the steward finds it. What it stood there for before stays said.
   */
  async returned(tx: Transaction, entries: readonly RecordedEntry[]): Promise<Result<void>> {
    for (const { data, actor } of entries) {
      const record = await this.datasets.find(tx, data['dataset'] as Id);
      if (record === null || record.tierStatus !== 'pending-review') continue;
      const before = await this.store.find(tx, record.id);
      const waiting = before?.state === 'due' ? before : null;
      await this.put(tx, record, {
        ...(waiting ?? dueFor('returned', tx.now)),
        note: notedToo(waiting?.note ?? null, String(data['reason'])),
      });
      tell(tx, 'review.due', record.id, { cause: 'returned' }, actor);
    }
    return ok(undefined);
  }

  private async locked(tx: Transaction, principal: Principal, dataset: Id): Promise<Result<DatasetRecord>> {
    await tx.lock('dataset', [dataset]);
    const record = await this.datasets.find(tx, dataset);
    return record === null || !maySee(principal, record.publisher) ? err(refusal('not-found')) : ok(record);
  }

  private again(
    { pack, tier }: DatasetRecord,
    now: number,
  ): Pick<ReevaluationRow, 'state' | 'since' | 'due_at' | 'cause' | 'note'> {
    const compiled = this.packs.current(pack);
    const governance = compiled === null ? CAUTIOUS : governanceOf(compiled.pack);
    return {
      state: 'scheduled',
      since: null,
      due_at: nextReview(governance, tier, now),
      cause: 'schedule',
      note: null,
    };
  }

  private async put(
    tx: Transaction,
    { id, publisher }: DatasetRecord,
    change: Pick<ReevaluationRow, 'state' | 'since' | 'due_at' | 'cause' | 'note'>,
  ): Promise<ReevaluationRow> {
    const before = await this.store.find(tx, id);
    if (before !== null) return this.store.update(tx, { ...before, ...change });
    const row: ReevaluationRow = { id, version: 1, publisher, ...change };
    await this.store.insert(tx, [row]);
    return row;
  }
}

const RENEWING = ['lastUpdated', 'updateFrequency'] as const;

const dueFor = (cause: ReviewCause, now: number) =>
  ({ state: 'due', cause, note: null, since: now, due_at: now }) as const;

const tell = (
  tx: Transaction,
  event: string,
  dataset: Id,
  data: Readonly<Record<string, unknown>>,
  actor?: Actor,
): void =>
  tx.append({ event, subject: { kind: 'dataset', id: dataset }, actor: actor ?? SYSTEM, data }, [
    { kind: 'reevaluation', id: dataset },
  ]);
