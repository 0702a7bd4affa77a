import { staleEtag } from '../kernel/etag.js';
import type { Id, Ids } from '../kernel/ids.js';
import { type Actor, SYSTEM } from '../kernel/principal.js';
import { err, ok, type Result } from '../kernel/result.js';
import { refusal } from '../kernel/refusal.js';
import { endOfDay, type Instant } from '../kernel/time.js';
import type { Reader, Transaction, UnitOfWork } from '../persistence/index.js';
import { create, decide, type GrantCommand } from './domain/decide.js';
import type { GrantEvent } from './domain/events.js';
import { evolve } from './domain/evolve.js';
import type { AcceptedAgreement, Approval, Following, Grant } from './domain/grant.js';
import type { GrantStore, StoredGrant } from './grant-store.js';

const SWEEP = 200;

/** A dataset or an organisation changed; this is what it does to the grants that rest on it. */
export interface PremiseChange {
  readonly what: 'dataset' | 'organisation';
  readonly id: Id;
  readonly command: GrantCommand;
  readonly actor: Actor;
  /** Only grants of this kind rest on what changed; absent: all do. */
  readonly kind?: 'opening' | 'sharing';
}

/** Load → decide → evolve → write and tell the log, in the transaction it is given. */
export class GrantService {
  constructor(
    private readonly store: GrantStore,
    private readonly ids: Ids,
    /** How many deliveries a grant has seen. */
    private readonly deliveries: (reader: Reader, grant: Id) => Promise<number> = () => Promise.resolve(0),
  ) {}

  /** One pending grant per approved dataset. The unique key (application, dataset) stops a second one. */
  async createPending(tx: Transaction, approvals: readonly Approval[], actor: Actor): Promise<void> {
    for (const given of approvals) {
      const approval = await this.inLine(tx, given);
      const event = create(this.ids.next(), approval, tx.now);
      const grant = evolve(null, event);
      await this.store.insert(tx, [grant]);
      tell(tx, grant, event, actor);
    }
  }

  private async inLine(tx: Transaction, approval: Approval): Promise<Approval> {
    const { succeeds } = approval;
    if (succeeds === undefined) return approval;
    const before = await this.store.find(tx, succeeds.grant);
    return { ...approval, line: [...(before?.grant.approval.line ?? []), succeeds.grant] };
  }

  /**
   * The accepted agreement makes the grants of these datasets active. A pending one it does not cover (its dataset was
   * withdrawn, its period over) is revoked: nobody could sign for it any more.
   */
  async activate(
    tx: Transaction,
    application: Id,
    datasets: readonly Id[],
    agreement: AcceptedAgreement,
    actor: Actor,
  ): Promise<void> {
    const own = await this.store.ofApplication(tx, application);
    const earlier = own.flatMap(({ grant }) => grant.approval.succeeds?.grant ?? []);
    await tx.lock('grant', [...own.map(({ grant }) => grant.id), ...earlier]);
    for (const stored of await this.locked(tx, own)) {
      const covered = datasets.includes(stored.grant.approval.dataset);
      if (covered) await this.begin(tx, stored, agreement, actor);
      else await this.drop(tx, stored, 'The dataset was not available when the agreement was signed.', actor);
    }
  }

  /** The signatory accepted, or accepts anew, what the holder has yet to sign: nothing begins, and whose turn it is shows. */
  async followAcceptance(
    tx: Transaction,
    application: Id,
    commandOf: (grant: Grant) => GrantCommand | null,
    actor: Actor,
  ): Promise<void> {
    for (const stored of await this.locked(tx, await this.store.ofApplication(tx, application))) {
      const command = commandOf(stored.grant);
      if (command !== null) await this.carryOut(tx, stored, command, actor);
    }
  }

  /** What was pending begins; a grant that it renews or amends gives way to it, in the same transaction. */
  private async begin(tx: Transaction, stored: StoredGrant, agreement: AcceptedAgreement, actor: Actor): Promise<void> {
    const { succeeds } = stored.grant.approval;
    const first = stored.grant.agreement === null;
    const old = first && succeeds !== undefined ? await this.store.find(tx, succeeds.grant) : null;
    const carried = old !== null && succeeds?.kind === 'amendment' ? await this.used(tx, old.grant) : undefined;
    const activate: GrantCommand = { kind: 'activate', agreement, ...(carried === undefined ? {} : { carried }) };
    const begun = await this.carryOut(tx, stored, activate, actor);
    if (old === null || succeeds === undefined || !begun.ok || begun.value.version === stored.version) return;
    const { id, startsAt } = begun.value.grant;
    const to = { grant: id, kind: succeeds.kind, at: startsAt };
    await this.carryOut(tx, old, { kind: 'give-way', to }, actor);
  }

  private async used(tx: Transaction, { id, carried = 0 }: Grant): Promise<number> {
    return carried + (await this.deliveries(tx, id));
  }

  /** An application was begun that renews or amends a grant; its caller has locked it. */
  async openSuccession(tx: Transaction, grant: Id, following: Following, actor: Actor): Promise<void> {
    for (const stored of await this.locked(
      tx,
      [await this.store.find(tx, grant)].filter((one) => one !== null),
    ))
      await this.carryOut(tx, stored, { kind: 'open-succession', following }, actor);
  }

  /**
   * Applications ended before their agreement: their pending grants go with them, and those that they would have renewed
   * or amended may be followed by another one. All of them are locked at once.
   */
  async applicationsEnded(
    tx: Transaction,
    ended: readonly { readonly application: Id; readonly reason: string; readonly actor: Actor }[],
  ): Promise<void> {
    const found: StoredGrant[] = [];
    for (const { application } of ended) {
      found.push(...(await this.store.followedBy(tx, application)));
      found.push(...(await this.store.ofApplication(tx, application)));
    }
    for (const stored of await this.locked(tx, found))
      for (const { application, reason, actor } of ended) {
        if (stored.grant.approval.application === application) await this.drop(tx, stored, reason, actor);
        else await this.carryOut(tx, stored, { kind: 'close-succession', application, reason }, actor);
      }
  }

  /** What became of datasets and organisations reaches each of their live grants; all of them are locked at once. */
  async follow(tx: Transaction, changes: readonly PremiseChange[]): Promise<void> {
    const found: StoredGrant[] = [];
    for (const change of changes) {
      const live = await this.store.liveOf(tx, change.what, change.id);
      found.push(...live.filter(({ grant }) => restsOn(grant, change)));
    }
    const locked = new Map((await this.locked(tx, found)).map((stored) => [stored.grant.id, stored]));
    for (const change of changes) {
      for (const stored of locked.values()) {
        if (!restsOn(stored.grant, change)) continue;
        const done = await this.carryOut(tx, stored, change.command, change.actor);
        if (done.ok) locked.set(done.value.grant.id, done.value);
      }
    }
  }

  /**
   * What a measure does to these grants, each by its own commands. One that does not change, or refuses them, is left as
   * it is; answers those that changed.
   */
  async carryOutOn(
    tx: Transaction,
    ids: readonly Id[],
    commandsOf: (grant: Grant) => readonly GrantCommand[],
    actor: Actor,
  ): Promise<Id[]> {
    await tx.lock('grant', ids);
    const changed: Id[] = [];
    for (const id of [...ids].sort()) {
      const before = await this.store.find(tx, id);
      if (before === null) continue;
      let stored = before;
      for (const command of commandsOf(before.grant)) {
        const done = await this.carryOut(tx, stored, command, actor);
        if (done.ok) stored = done.value;
      }
      if (stored.version !== before.version) changed.push(id);
    }
    return changed;
  }

  /** One person's command on one grant, against the version they saw. The caller has checked that they may. */
  async command(
    tx: Transaction,
    id: Id,
    seen: number | null,
    command: GrantCommand,
    actor: Actor,
  ): Promise<Result<StoredGrant>> {
    await tx.lock('grant', [id]);
    const stored = await this.store.find(tx, id);
    if (stored === null) return err(refusal('not-found'));
    if (seen !== null && seen !== stored.version) return err(staleEtag(stored.version));
    return this.carryOut(tx, stored, command, actor);
  }

  /**
   * Lets time act on everything due at `now`: each grant is locked and looked at again, so that with several instances
   * each end happens exactly once. Returns how many grants changed.
   */
  async letTimeAct(unit: UnitOfWork): Promise<number> {
    let changed = 0;
    for (;;) {
      const swept = await unit.run(async (tx) => ok(await this.sweepOnce(tx)));
      if (!swept.ok) throw new Error(`sweep refused: ${swept.error.code}`);
      changed += swept.value;
      if (swept.value === 0) return changed;
    }
  }

  private async sweepOnce(tx: Transaction): Promise<number> {
    const due = (await this.store.due(tx, tx.now, SWEEP)).sort();
    await tx.lock('grant', due);
    let changed = 0;
    for (const id of due) {
      const stored = await this.store.find(tx, id);
      if (stored === null) continue;
      const before = stored.version;
      const after = await this.carryOut(tx, stored, { kind: 'let-time-act' }, SYSTEM);
      if (after.ok && after.value.version !== before) changed += 1;
    }
    return changed;
  }

  private async drop(tx: Transaction, stored: StoredGrant, reason: string, actor: Actor): Promise<void> {
    if (stored.grant.agreement === null) await this.carryOut(tx, stored, { kind: 'revoke', reason }, actor);
  }

  /** Locks in order of id and reads again: what was read unlocked may have changed. */
  private async locked(tx: Transaction, found: readonly StoredGrant[]): Promise<StoredGrant[]> {
    const ids = [...new Set(found.map(({ grant }) => grant.id))].sort();
    await tx.lock('grant', ids);
    const again: StoredGrant[] = [];
    for (const id of ids) {
      const stored = await this.store.find(tx, id);
      if (stored !== null) again.push(stored);
    }
    return again;
  }

  private async carryOut(
    tx: Transaction,
    stored: StoredGrant,
    command: GrantCommand,
    actor: Actor,
  ): Promise<Result<StoredGrant>> {
    const decided = decide(stored.grant, command, tx.now);
    if (!decided.ok) return decided;
    if (decided.value.length === 0) return ok(stored);
    const next = decided.value.reduce<Grant>((grant, event) => evolve(grant, event), stored.grant);
    const written = await this.store.update(tx, stored, next);
    for (const event of decided.value) tell(tx, next, event, actor);
    return ok(written);
  }
}

const restsOn = ({ approval }: Grant, { what, id, kind }: PremiseChange): boolean =>
  approval[what] === id && (kind === undefined || kind === (approval.kind ?? 'opening'));

function tell(tx: Transaction, grant: Grant, { event, at, data }: GrantEvent, actor: Actor): void {
  const { application, dataset, organisation, holder } = grant.approval;
  tx.append({
    event,
    subject: { kind: 'grant', id: grant.id },
    actor,
    data: { ...(event === 'grant.created' ? {} : { application, dataset, organisation, holder }), at, ...data },
  });
}

/** The end of a measure as a caller writes it: an instant, or a day, which is inclusive. */
export function untilOf(until: string | undefined): Instant | null {
  if (until === undefined) return null;
  return until.includes('T') ? Date.parse(until) : endOfDay(until);
}
