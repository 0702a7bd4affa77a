import type { Id } from '../kernel/ids.js';
import type { Actor } from '../kernel/principal.js';
import { ok, type Result } from '../kernel/result.js';
import type { Tier } from '../kernel/tier.js';
import type { RecordedEntry, Transaction } from '../persistence/index.js';
import type { DatasetStore } from './dataset-store.js';
import type { DatasetRecord, DatasetState } from './domain/dataset.js';
import { type BurialCause, type Exposure, exposureOf, type Grave, graveAfter } from './domain/tombstone.js';
import type { TombstoneRow, TombstoneStore } from './tombstone-store.js';

/** What changes how public a dataset is. */
export const EXPOSING = [
  'dataset.reclassified',
  'dataset.suspended',
  'dataset.withdrawn',
  'dataset.restored',
  'dataset.listed',
  'dataset.held',
  'dataset.released',
] as const;

/**
 * Tells harvesters what they must no longer hold: in the transaction that raises a tier, suspends or withdraws a dataset,
 * what was public before becomes a tombstone, and is taken back when it is public again.
 */
export class TombstoneKeeper {
  constructor(
    private readonly store: TombstoneStore,
    private readonly datasets: Pick<DatasetStore, 'findMany'>,
  ) {}

  /** Reaction to {@link EXPOSING}. */
  async changed(tx: Transaction, entries: readonly RecordedEntry[]): Promise<Result<void>> {
    const firsts = new Map<Id, RecordedEntry>();
    for (const entry of entries) if (!firsts.has(entry.subject.id)) firsts.set(entry.subject.id, entry);
    const ids = [...firsts.keys()];
    const standing = new Map((await this.store.findMany(tx, ids)).map((row) => [row.id as Id, row]));
    for (const record of await this.datasets.findMany(tx, ids)) {
      const first = firsts.get(record.id) as RecordedEntry;
      const row = standing.get(record.id) ?? null;
      const grave = graveAfter(row, exposedBefore(first, record), exposureOf(record));
      if (grave !== null) await this.set(tx, row, record, grave, causeOf(entries, record), first.actor);
    }
    return ok(undefined);
  }

  private async set(
    tx: Transaction,
    row: TombstoneRow | null,
    { id, identifier, source, publisher }: DatasetRecord,
    grave: Grave,
    cause: BurialCause,
    actor: Actor,
  ): Promise<void> {
    const said = {
      identifier,
      source,
      publisher,
      ...grave,
      cause: grave.gone === null && row ? row.cause : cause,
      at: tx.now,
    };
    if (row === null) await this.store.insert(tx, { id, version: 1, ...said });
    else await this.store.update(tx, { ...row, ...said });
    const subject = { kind: 'tombstone', id };
    tx.append({ event: `tombstone.${grave.state}`, subject, actor, data: { gone: grave.gone, cause } }, [subject]);
  }
}

/** How public it was before: the entry says what changed, the record how it stands now. */
function exposedBefore({ event, data }: RecordedEntry, { state, tier }: DatasetRecord): Exposure {
  if (event === 'dataset.reclassified') return exposureOf({ state, tier: data['from'] as Tier });
  // Not listed, so nothing of it was handed out; what an earlier change took back stands in the tombstone.
  if (event === 'dataset.restored' || event === 'dataset.listed' || event === 'dataset.released') return 'none';
  return exposureOf({ state: (data['from'] as DatasetState | undefined) ?? 'draft', tier });
}

function causeOf(entries: readonly RecordedEntry[], { id }: DatasetRecord): BurialCause {
  const events = new Set(entries.filter(({ subject }) => subject.id === id).map(({ event }) => event));
  if (events.has('dataset.withdrawn')) return 'withdrawn';
  return events.has('dataset.suspended') || events.has('dataset.held') ? 'suspended' : 'tier-raised';
}
