import type { DatasetRecord } from '../catalogue/index.js';
import type { Id } from '../kernel/ids.js';
import { type Actor, actorOf, type Principal, SYSTEM } from '../kernel/principal.js';
import { refusal } from '../kernel/refusal.js';
import { err, ok, type Result } from '../kernel/result.js';
import type { Text } from '../kernel/text.js';
import type { Reader, RecordedEntry, Transaction } from '../persistence/index.js';
import { maySee } from './assessment-service.js';
import type { DatasetPort } from './dataset-port.js';
import { CAUTIOUS, governanceOf } from './domain/governance.js';
import { type ASKED_CAUSES, nextReview, notedFusion } from './domain/reevaluation.js';
import type { Packs } from './packs/load.js';
import type { ReevaluationRow, ReevaluationStore } from './reevaluation-store.js';

/** A review with the name of what is to be looked at. */
export interface TitledReview {
  readonly row: ReevaluationRow;
  readonly dataset: Pick<DatasetRecord, 'title' | 'tier'> | null;
}

type Fits = (row: ReevaluationRow) => Result<void>;

/** When people look at tiers again: the queue, asking for a look, and saying that a tier still holds. */
export class ReevaluationService {
  constructor(
    private readonly store: ReevaluationStore,
    private readonly datasets: DatasetPort,
    private readonly packs: Packs,
  ) {}

  async list(
    reader: Reader,
    principal: Principal,
    filter: { readonly state: ReevaluationRow['state']; readonly until?: number },
    page: { offset: number; limit: number },
  ): Promise<{ items: TitledReview[]; total: number }> {
    const own = maySee(principal, '') ? {} : { publisher: principal.organisation?.id ?? 'nobody' };
    const { rows, total } = await this.store.list(reader, { ...filter, ...own }, page);
    const records = await this.datasets.findMany(
      reader,
      rows.map(({ id }) => id),
    );
    const found = new Map<Id, { title: Text; tier: DatasetRecord['tier'] }>(records.map((one) => [one.id, one]));
    return { items: rows.map((row) => ({ row, dataset: found.get(row.id) ?? null })), total };
  }

  /** Puts a dataset into the queue at once: it was joined with another, updated late, or somebody complained. */
  async ask(
    tx: Transaction,
    principal: Principal,
    dataset: Id,
    asked: { readonly cause: (typeof ASKED_CAUSES)[number]; readonly note: string },
  ): Promise<Result<ReevaluationRow>> {
    const record = await this.locked(tx, principal, dataset);
    if (!record.ok) return record;
    const row = await this.put(tx, record.value, { state: 'due', since: tx.now, due_at: tx.now, ...asked });
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
    const next = await this.put(tx, record.value, this.again(record.value, tx.now));
    tell(tx, 'review.done', dataset, { reason, tier: record.value.tier }, actorOf(principal));
    return ok(next);
  }

  /** Reaction to rulings of officers: whoever ruled has looked. */
  async ruled(tx: Transaction, entries: readonly RecordedEntry[]): Promise<Result<void>> {
    const ids = entries.map(({ data }) => data['dataset'] as Id);
    for (const record of await this.datasets.findMany(tx, ids)) {
      if ((await this.store.find(tx, record.id)) === null) continue;
      await this.put(tx, record, this.again(record, tx.now));
      tell(tx, 'review.scheduled', record.id, {}, entries[0]?.actor);
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
