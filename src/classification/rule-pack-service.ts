import type { Id, Ids } from '../kernel/ids.js';
import { accountsOf, actorOf, type Principal } from '../kernel/principal.js';
import { refusal } from '../kernel/refusal.js';
import { err, ok, type Result } from '../kernel/result.js';
import type { Transaction } from '../persistence/index.js';
import type { Pack } from './domain/pack.js';
import { decidePublish, decideRelease, type Release } from './domain/pack-release.js';
import { changedPack, contentHash, type PackChanges, packOfContent, withLists } from './packs/content.js';
import type { Packs } from './packs/load.js';
import type { PackSealer } from './packs/seal.js';
import type { RehearsalStore } from './rehearsal-store.js';
import type { RulePackRow, RulePackStore } from './rule-pack-store.js';

export interface DraftedPack {
  readonly pack: string;
  readonly reason: string;
  readonly changes: PackChanges;
}

export const releaseOf = (row: Omit<RulePackRow, 'content'>): Release => ({
  state: row.state,
  author: row.author,
  proposedBy: row.proposed_by,
  basedOn: row.based_on,
});

type Fits = (row: RulePackRow) => Result<void>;

/** Rule packs as governed law: drafted, rehearsed, proposed by one person, published by another. */
export class RulePackService {
  constructor(
    private readonly store: RulePackStore,
    private readonly rehearsals: Pick<RehearsalStore, 'isDone'>,
    private readonly packs: Packs,
    private readonly sealer: PackSealer,
    private readonly ids: Ids,
  ) {}

  /** A changed version of a pack, checked and kept; it is in force nowhere. */
  async draft(
    tx: Transaction,
    principal: Principal,
    { pack, reason, changes }: DraftedPack,
  ): Promise<Result<RulePackRow>> {
    const base = await this.lawOf(tx, pack);
    if (base === null) return err(refusal('unknown-pack', pack));
    const whole = withLists(changes, this.packs);
    if (!whole.ok) return whole;
    const content = changedPack(base, whole.value, this.packs.root);
    if (!content.ok) return content;
    const row: RulePackRow = {
      id: this.ids.next(),
      version: 1,
      pack,
      number: content.value.version,
      state: 'draft',
      published_key: null,
      based_on: base.hash,
      hash: contentHash(content.value),
      content: content.value,
      reason,
      author: principal.id,
      proposed_by: null,
      published_by: null,
      seal: null,
      created_at: tx.now,
      proposed_at: null,
      published_at: null,
    };
    await this.store.insert(tx, row);
    tell(tx, 'rule-pack.drafted', row, principal);
    return ok(row);
  }

  propose(tx: Transaction, principal: Principal, id: Id, fits: Fits): Promise<Result<RulePackRow>> {
    return this.change(tx, principal, id, fits, 'propose', (row) => ({
      ...row,
      state: 'proposed',
      proposed_by: principal.id,
      proposed_at: tx.now,
    }));
  }

  withdraw(tx: Transaction, principal: Principal, id: Id, fits: Fits): Promise<Result<RulePackRow>> {
    return this.change(tx, principal, id, fits, 'withdraw', (row) => ({ ...row, state: 'withdrawn' }));
  }

  /** Makes a proposed version law: by a second person, on top of what is in force, after a rehearsal of it as it stands. */
  async publish(tx: Transaction, principal: Principal, id: Id, fits: Fits): Promise<Result<RulePackRow>> {
    const found = await this.locked(tx, id, fits);
    if (!found.ok) return found;
    const row = found.value;
    const law = await this.lawOf(tx, row.pack);
    const inForce = law?.hash ?? '';
    const rehearsed = await this.rehearsals.isDone(tx, row.id, row.hash, inForce);
    const decided = decidePublish(releaseOf(row), accountsOf(principal), { inForce, rehearsed });
    if (!decided.ok) return decided;
    if (contentHash(row.content) !== row.hash) return err(refusal('record-tampered', `rule-pack ${row.id}`));
    const published = await this.store.update(tx, {
      ...row,
      state: 'published',
      published_key: `${row.pack}/${row.number}`,
      published_by: principal.id,
      published_at: tx.now,
      seal: this.sealer.seal(row.pack, row.number, row.hash),
    });
    tell(tx, 'rule-pack.published', published, principal);
    return ok(published);
  }

  private async change(
    tx: Transaction,
    principal: Principal,
    id: Id,
    fits: Fits,
    command: 'propose' | 'withdraw',
    to: (row: RulePackRow) => RulePackRow,
  ): Promise<Result<RulePackRow>> {
    const found = await this.locked(tx, id, fits);
    if (!found.ok) return found;
    const decided = decideRelease(releaseOf(found.value), command, accountsOf(principal));
    if (!decided.ok) return decided;
    const row = await this.store.update(tx, to(found.value));
    tell(tx, command === 'propose' ? 'rule-pack.proposed' : 'rule-pack.withdrawn', row, principal);
    return ok(row);
  }

  /** Every version of the pack is locked, so that two publications of one pack stand one after the other. */
  private async locked(tx: Transaction, id: Id, fits: Fits): Promise<Result<RulePackRow>> {
    const seen = await this.store.find(tx, id);
    if (seen === null) return err(refusal('not-found'));
    await tx.lock('rule-pack', await this.store.idsOf(tx, seen.pack));
    const row = await this.store.find(tx, id);
    if (row === null) return err(refusal('not-found'));
    const fit = fits(row);
    return fit.ok ? ok(row) : fit;
  }

  /** The version in force by the database, which another instance may have moved on. */
  private async lawOf(tx: Transaction, pack: string): Promise<Pack | null> {
    const newest = await this.store.newest(tx, pack);
    const here = this.packs.current(pack)?.pack ?? null;
    return newest === null || (here !== null && here.version >= newest.number) ? here : packOfContent(newest.content);
  }
}

function tell(tx: Transaction, event: string, row: RulePackRow, principal: Principal): void {
  const { id, pack, number, hash, based_on: basedOn, reason } = row;
  const data = { pack, number, hash, basedOn, ...(event === 'rule-pack.drafted' ? { reason } : {}) };
  tx.append({ event, subject: { kind: 'rule-pack', id }, actor: actorOf(principal), data });
}
