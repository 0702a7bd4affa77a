import type { Id, Ids } from '../kernel/ids.js';
import { accountsOf, actorOf, type Principal, SYSTEM } from '../kernel/principal.js';
import { refusal } from '../kernel/refusal.js';
import { err, ok, type Result } from '../kernel/result.js';
import { Underway } from '../kernel/underway.js';
import type { Transaction } from '../persistence/index.js';
import { type CompiledPack, compile } from './domain/compiled.js';
import { decideRelease } from './domain/pack-release.js';
import { NOTHING_COUNTED } from './domain/rehearsal.js';
import { packOfContent } from './packs/content.js';
import type { Packs } from './packs/load.js';
import { RehearsalJob, type RehearsalDeps, tellRehearsal } from './rehearsal-job.js';
import type { RehearsalRow } from './rehearsal-store.js';
import { releaseOf } from './rule-pack-service.js';
import type { RulePackRow, RulePackStore } from './rule-pack-store.js';

export interface RehearsalServiceDeps extends RehearsalDeps {
  readonly releases: RulePackStore;
  readonly packs: Packs;
  readonly ids: Ids;
  readonly onFault: (error: unknown) => void;
}

/** A rehearsal that has not moved for so long is taken as ended with its instance. */
const STALE = 60_000;

interface Begun {
  readonly row: RehearsalRow;
  readonly release: RulePackRow;
  readonly inForce: CompiledPack;
}

/** Runs changed packs over the catalogue beside everything else: started, looked at while it runs, cancelled. */
export class RehearsalService {
  private readonly working = new Underway<RehearsalJob>();

  constructor(private readonly deps: RehearsalServiceDeps) {}

  /** Begins a rehearsal of a draft; it goes on after this has answered. */
  async start(principal: Principal, draft: Id): Promise<Result<RehearsalRow>> {
    const begun = await this.deps.unit.run((tx) => this.begin(tx, principal, draft));
    if (!begun.ok) return begun;
    const { row, release, inForce } = begun.value;
    const job = new RehearsalJob(this.deps, row, compile(packOfContent(release.content)), inForce);
    const ending = job.work().catch((error: unknown) => this.deps.onFault(error));
    this.working.add(row.id, job, ending);
    return ok(row);
  }

  /** Ends a running rehearsal; what it found so far stays to be read. */
  async cancel(tx: Transaction, principal: Principal, id: Id): Promise<Result<RehearsalRow>> {
    const row = await this.deps.store.find(tx, id);
    if (row === null) return err(refusal('not-found'));
    if (row.state !== 'running') return err(refusal('rehearsal-over', `it is ${row.state}`));
    const next = await this.deps.store.update(tx, { ...row, state: 'cancelled' });
    tellRehearsal(tx, 'rehearsal.cancelled', next, actorOf(principal));
    return ok(next);
  }

  /** Marks as failed what an instance left behind that has ended; call now and then. */
  async recover(): Promise<void> {
    const running = await this.deps.unit.read(async (reader) => {
      const rows = await this.deps.store.running(reader);
      return rows.filter(({ id, heartbeat_at: moved }) => !this.working.has(id) && reader.now - moved >= STALE);
    });
    for (const { id, version } of running)
      await this.deps.unit.run(async (tx) => {
        const row = await this.deps.store.find(tx, id);
        if (row === null || row.version !== version) return ok(undefined);
        const next = await this.deps.store.update(tx, { ...row, state: 'failed' });
        tellRehearsal(tx, 'rehearsal.failed', next, SYSTEM);
        return ok(undefined);
      });
  }

  /** Resolves when nothing is being rehearsed here. */
  settled(): Promise<void> {
    return this.working.settled();
  }

  async stop(): Promise<void> {
    this.working.stop();
    await this.settled();
  }

  private async begin(tx: Transaction, principal: Principal, draft: Id): Promise<Result<Begun>> {
    const release = await this.deps.releases.find(tx, draft);
    if (release === null) return err(refusal('not-found'));
    const possible = decideRelease(releaseOf(release), 'rehearse', accountsOf(principal));
    if (!possible.ok) return possible;
    const inForce = this.deps.packs.current(release.pack);
    if (inForce === null) return err(refusal('unknown-pack', release.pack));
    if (inForce.pack.hash !== release.based_on) return err(refusal('pack-superseded'));
    const row: RehearsalRow = {
      id: this.deps.ids.next(),
      version: 1,
      draft,
      pack: release.pack,
      hash: release.hash,
      against: inForce.pack.hash,
      state: 'running',
      started_by: principal.id,
      counts: { ...NOTHING_COUNTED, total: await this.deps.datasets.count(tx) },
      created_at: tx.now,
      heartbeat_at: tx.now,
    };
    await this.deps.store.insert(tx, row);
    tellRehearsal(tx, 'rehearsal.started', row, actorOf(principal));
    return ok({ row, release, inForce });
  }
}
