import { staleEtag } from '../kernel/etag.js';
import type { Id, Ids } from '../kernel/ids.js';
import { accountsOf, type Actor, actorOf, type Principal, standsForBearer, SYSTEM } from '../kernel/principal.js';
import { type Refusal, refusal } from '../kernel/refusal.js';
import { err, ok, type Result } from '../kernel/result.js';
import type { Reader, Transaction, UnitOfWork } from '../persistence/index.js';
import { decide, type EvidenceCommand, file, letTimeAct, replaced } from './domain/decide.js';
import type { EvidenceEvent } from './domain/events.js';
import { type Evidence, type Filing, type Standing, standingOf } from './domain/evidence.js';
import { evolve } from './domain/evolve.js';
import type { EvidenceFiles, EvidenceOrganisations } from './evidence-ports.js';
import { sees, sightOf } from './evidence-sight.js';
import type { EvidenceStore, StoredEvidence } from './evidence-store.js';

const SWEPT_AT_ONCE = 100;

export interface EvidenceDeps {
  readonly store: EvidenceStore;
  readonly ids: Ids;
  /** Whether a kind of condition exists and asks for evidence. */
  readonly asks: (kind: string) => boolean;
  readonly files: EvidenceFiles;
  readonly organisations: EvidenceOrganisations;
}

/** Evidence that belongs to an organisation: filed once, verified once, used by everything of it, over once. */
export class EvidenceService {
  constructor(private readonly deps: EvidenceDeps) {}

  /** Files evidence for the caller's organisation. */
  async file(tx: Transaction, principal: Principal, filing: Omit<Filing, 'sha256'>): Promise<Result<StoredEvidence>> {
    const { store, ids, files, asks } = this.deps;
    const organisation = principal.organisation?.id;
    if (organisation === undefined) return err(refusal('forbidden'));
    await tx.lock('organisation', [organisation]);
    await tx.lock('attachment', filing.attachment === null ? [] : [filing.attachment], 'share');
    const found = filing.attachment === null ? null : await files.find(tx, filing.attachment);
    const event = file(filing, organisation, principal.id, {
      now: tx.now,
      kindAsks: asks(filing.kind),
      onFile: await store.ofKind(tx, organisation, filing.kind),
      sha256: found?.organisation === organisation ? found.sha256 : null,
    });
    if (!event.ok) return event;
    const id = ids.next();
    const evidence = evolve(id, null, event.value);
    await store.insert(tx, evidence);
    if (evidence.attachment !== null) await files.use(tx, id, evidence.attachment);
    tell(tx, evidence, event.value, actorOf(principal));
    return ok({ evidence, version: 1 });
  }

  /** One command on it, against the version the caller saw; whether the role may give it, the route has asked. */
  async command(
    tx: Transaction,
    principal: Principal,
    id: Id,
    seen: number | null,
    command: EvidenceCommand,
  ): Promise<Result<StoredEvidence>> {
    const before = await this.deps.store.find(tx, id);
    if (before === null || !sees(sightOf(principal), before.evidence)) return err(refusal('not-found'));
    const stored = await this.locked(tx, before.evidence);
    if (seen !== null && seen !== stored.version) return err(staleEtag(stored.version));
    const stopped = await this.standsAgainst(tx, principal, stored.evidence, command.name);
    if (stopped !== null) return err(stopped);
    const event = decide(stored.evidence, command, principal.id, tx.now);
    return event.ok ? ok(await this.write(tx, stored, event.value, actorOf(principal))) : event;
  }

  /**
   * Why this person may not give the command: the organisation's own people file and withdraw, nobody of it or of its
   * parent, nobody who filed it, and nobody who bears the name of the natural person it is of, judges it.
   */
  async standsAgainst(
    reader: Reader,
    principal: Principal,
    { organisation, filedBy }: Pick<Evidence, 'organisation' | 'filedBy'>,
    name: EvidenceCommand['name'],
  ): Promise<Refusal | null> {
    const own = principal.organisation?.id ?? null;
    if (name === 'withdraw') return own === organisation ? null : refusal('forbidden');
    const owner = await this.deps.organisations.organisation(reader, organisation);
    const related = own === organisation || (own !== null && own === (owner?.parent ?? null));
    const concerned = related || (owner !== null && standsForBearer(owner, principal.name));
    return concerned || accountsOf(principal).includes(filedBy) ? refusal('organisation-concerned') : null;
  }

  /** What the organisation has to show for each kind now. */
  async standings(reader: Reader, organisation: Id): Promise<ReadonlyMap<string, Standing>> {
    const open = await this.deps.store.open(reader, organisation);
    const kinds = [...new Set(open.map(({ kind }) => kind))];
    return new Map(
      kinds.flatMap((kind) => {
        const found = standingOf(
          open.filter((one) => one.kind === kind),
          reader.now,
        );
        return found === null ? [] : [[kind, found] as const];
      }),
    );
  }

  /** Time acts: first days come, last days pass. Each is looked at again under its lock, so that it happens once. */
  async letTimeAct(unit: UnitOfWork): Promise<number> {
    const { store } = this.deps;
    for (let total = 0; ; ) {
      let changed = 0;
      for (const id of await unit.read((reader) => store.due(reader, reader.now, SWEPT_AT_ONCE))) {
        const done = await unit.run(async (tx) => ok(await this.passes(tx, id)));
        if (!done.ok) throw new Error(`time was refused: ${done.error.code}`);
        changed += done.value;
      }
      total += changed;
      if (changed === 0) return total;
    }
  }

  private async passes(tx: Transaction, id: Id): Promise<number> {
    const before = await this.deps.store.find(tx, id);
    if (before === null) return 0;
    const stored = await this.locked(tx, before.evidence);
    const event = letTimeAct(stored.evidence, SYSTEM.id, tx.now);
    if (event === null) return 0;
    await this.write(tx, stored, event, SYSTEM);
    return 1;
  }

  /** Its organisation first, then it and the one it renews. */
  private async locked(tx: Transaction, { id, organisation, replaces }: Evidence): Promise<StoredEvidence> {
    await tx.lock('organisation', [organisation]);
    await tx.lock('evidence', replaces === null ? [id] : [id, replaces]);
    return (await this.deps.store.find(tx, id)) as StoredEvidence;
  }

  private async write(tx: Transaction, before: StoredEvidence, event: EvidenceEvent, actor: Actor) {
    const { store } = this.deps;
    const stored = await store.update(tx, before, evolve(before.evidence.id, before.evidence, event));
    const { evidence } = stored;
    const old = evidence.replaces === null ? null : await store.find(tx, evidence.replaces);
    const gone = old === null ? null : replaced(old.evidence, evidence, tx.now);
    tell(tx, evidence, event, actor);
    if (old !== null && gone !== null) {
      const after = await store.update(tx, old, evolve(old.evidence.id, old.evidence, gone));
      tell(tx, after.evidence, gone, actor);
    }
    return stored;
  }
}

function tell(tx: Transaction, { id, organisation, kind }: Evidence, { event, at, data }: EvidenceEvent, actor: Actor) {
  tx.append({ event, subject: { kind: 'evidence', id }, actor, data: { organisation, kind, at, ...data } });
}
