import type { Id } from '../kernel/ids.js';
import { SYSTEM } from '../kernel/principal.js';
import { ok, type Result } from '../kernel/result.js';
import { dayOf } from '../kernel/time.js';
import type { Tier } from '../kernel/tier.js';
import type { Reader, RecordedEntry, Transaction } from '../persistence/index.js';
import type { CataloguePort } from './application-ports.js';
import { type ApplicationStore, placingOf, type StoredApplication } from './application-store.js';

/** The open requests for opening that name each of these datasets, drafts included, in order of id. */
export async function openByDataset(
  store: Pick<ApplicationStore, 'openAt'>,
  reader: Reader,
  datasets: readonly { readonly id: Id; readonly publisher: Id }[],
): Promise<ReadonlyMap<Id, readonly StoredApplication[]>> {
  const open = await store.openAt(reader, [...new Set(datasets.map(({ publisher }) => publisher))]);
  const naming = new Map<Id, StoredApplication[]>(datasets.map(({ id }) => [id, []]));
  for (const stored of open.filter(({ application }) => application.kind === undefined))
    for (const dataset of askedBy(stored)) naming.get(dataset)?.push(stored);
  return naming;
}

/** What it still asks for: where it is ruled on, what was given. */
const askedBy = ({ application: { request, outcomes } }: StoredApplication): Id[] =>
  request.datasets
    .map(({ dataset }) => dataset)
    .filter((id) => outcomes.find(({ dataset }) => dataset === id)?.ruling !== 'refused');

/**
 * Tells every open request that a dataset it asks for went to another tier. Its state stays: what may still be done with
 * it follows from the tier. Its version moves on, so that whoever rules on what they saw before is told to look again.
 */
export class TierWatch {
  constructor(
    private readonly catalogue: Pick<CataloguePort, 'datasets'>,
    private readonly store: ApplicationStore,
  ) {}

  async tierChanged(tx: Transaction, entries: readonly RecordedEntry[]): Promise<Result<void>> {
    const changed = await this.catalogue.datasets(
      tx,
      entries.map(({ subject }) => subject.id),
    );
    const naming = await openByDataset(this.store, tx, changed);
    const ids = [...naming.values()].flat().map(({ application }) => application.id);
    await tx.lock('application', ids);
    for (const entry of entries)
      for (const { application } of naming.get(entry.subject.id) ?? []) await this.tell(tx, application.id, entry);
    return ok(undefined);
  }

  private async tell(tx: Transaction, id: Id, { subject, data }: RecordedEntry): Promise<void> {
    const stored = await this.store.find(tx, id);
    if (stored === null) return;
    const { from, to } = data as { from: Tier; to: Tier };
    await this.store.update(tx, stored, stored.application, placingOf(stored.application, stored.turn, dayOf(tx.now)));
    tx.append({
      event: 'application.tier-changed',
      subject: { kind: 'application', id },
      actor: SYSTEM,
      data: { dataset: subject.id, from, to },
    });
  }
}
