import { staleEtag } from '../kernel/etag.js';
import type { Id } from '../kernel/ids.js';
import { actorOf, type Principal, standsForBearer } from '../kernel/principal.js';
import { refusal } from '../kernel/refusal.js';
import { err, ok, type Result } from '../kernel/result.js';
import type { RecordedEntry, Transaction } from '../persistence/index.js';
import { lift } from './domain/sanction.js';
import type { Measures } from './measures.js';
import { sees, sightOf } from './sight.js';
import type { SupervisionSurroundings } from './supervision-ports.js';
import type { StoredSanction } from './supervision-stores.js';

/** Measures in force: lifting them early, and what they do to grants that come into being meanwhile. */
export class SanctionService {
  constructor(
    private readonly measures: Measures,
    private readonly surroundings: SupervisionSurroundings,
  ) {}

  /** Early, with a reason, by another person than the one who imposed it, and by nobody of the organisation concerned. */
  async lift(
    tx: Transaction,
    principal: Principal,
    id: Id,
    ifMatch: number | null,
    reason: string,
  ): Promise<Result<StoredSanction>> {
    const before = await this.measures.store.find(tx, id);
    if (before === null || !sees(sightOf(principal), { ...before.sanction, holder: null }))
      return err(refusal('not-found'));
    const { organisation } = before.sanction;
    await tx.lock('organisation', [organisation]);
    const stored = await this.measures.store.find(tx, id);
    if (stored === null) return err(refusal('not-found'));
    if (ifMatch !== null && ifMatch !== stored.version) return err(staleEtag(stored.version));
    const concerned = await this.surroundings.organisation(tx, organisation);
    const own = principal.organisation?.id ?? null;
    const related = own === organisation || (own !== null && own === (concerned?.parent ?? null));
    if (related || (concerned !== null && standsForBearer(concerned, principal.name)))
      return err(refusal('organisation-concerned'));
    const event = lift(stored.sanction, principal.id, reason, tx.now);
    if (!event.ok) return event;
    const ending = [{ stored, event: event.value }];
    await this.measures.carryOut(tx, id, { organisation, ending, imposing: null, actor: actorOf(principal) });
    return ok((await this.measures.store.find(tx, id)) as StoredSanction);
  }

  /** Reaction to new grants: a suspension of all grants of an organisation holds those that come after it, too. */
  async grantsCreated(tx: Transaction, entries: readonly RecordedEntry[]): Promise<Result<void>> {
    for (const { subject, data, actor } of entries) {
      const { organisation } = (data as unknown as { approval: { organisation: Id } }).approval;
      await this.measures.holdNew(tx, [{ id: subject.id, organisation }], actor);
    }
    return ok(undefined);
  }
}
