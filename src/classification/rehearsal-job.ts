import { setImmediate as breathe } from 'node:timers/promises';
import { type DatasetRecord, factsOf, viewsOf, wasListed } from '../catalogue/index.js';
import type { Id } from '../kernel/ids.js';
import { type Actor, SYSTEM } from '../kernel/principal.js';
import { ok } from '../kernel/result.js';
import type { Tier } from '../kernel/tier.js';
import type { Reader, Transaction, UnitOfWork } from '../persistence/index.js';
import type { AssessmentRow, AssessmentStore } from './assessment-store.js';
import { type CaseOutcome, goldenCases } from './cases/golden-outcomes.js';
import { factsOfDataset } from './dataset-facts.js';
import type { DatasetPort } from './dataset-port.js';
import { assess } from './domain/assess.js';
import type { CompiledPack } from './domain/compiled.js';
import type { Facts } from './domain/facts.js';
import { impactOf } from './domain/impact.js';
import { governanceOf } from './domain/governance.js';
import {
  added,
  type ChangeKind,
  rehearse,
  type RehearsalCounts,
  type RehearsedChange,
  type RehearsedRecord,
  type Standpoint,
} from './domain/rehearsal.js';
import type { Answer } from './domain/verdict.js';
import type { RehearsalRow, RehearsalStore } from './rehearsal-store.js';
import type { RestingPort } from './resting-port.js';
import { isUnread, previousOf } from './tier-judge.js';

/** Where a dataset would stand: whether stricter, and whether items of it might still be asked for alone. */
interface WouldStand {
  readonly tier: Tier;
  readonly raised: boolean;
  readonly views: boolean;
}

/** What recorded access decisions would have been; filled by the decision plane. */
export interface AnswersPort {
  rehearse(
    reader: Reader,
    tiers: ReadonlyMap<Id, WouldStand>,
  ): Promise<
    readonly { readonly dataset: Id; readonly looked: number; readonly denied: number; readonly permitted: number }[]
  >;
}

export interface RehearsalDeps {
  readonly unit: UnitOfWork;
  readonly store: RehearsalStore;
  readonly assessments: AssessmentStore;
  readonly datasets: DatasetPort;
  readonly resting: RestingPort;
  readonly answers: AnswersPort;
  readonly root: string;
}

/** Records a reading: what is in memory at once. */
const PAGE = 200;
/** Pages after which progress is written down. */
const PAGES_A_STEP = 10;
/** Changes kept of one kind; the counts go on. */
export const MOST_CHANGES = 10_000;

class Stopped extends Error {}

/**
 * One rehearsal being worked through: page by page over the catalogue, with the changed pack and the one in force.
 * Nothing is written but the rehearsal itself. Whoever cancels it, or takes it over, moves its version on, and it stops.
 */
export class RehearsalJob {
  private version: number;
  private counts: RehearsalCounts;
  private pending: RehearsedChange[] = [];
  private readonly kept: Record<ChangeKind, number> = {
    dataset: 0,
    grant: 0,
    application: 0,
    ruling: 0,
    decision: 0,
    case: 0,
  };
  /** Datasets that would be stricter, or whose milder items nobody could ask for alone: for the recorded answers. */
  private readonly stricter = new Map<Id, WouldStand>();
  private stopping = false;

  constructor(
    private readonly deps: RehearsalDeps,
    private readonly row: RehearsalRow,
    private readonly changed: CompiledPack,
    private readonly inForce: CompiledPack,
  ) {
    this.version = row.version;
    this.counts = row.counts;
  }

  stop(): void {
    this.stopping = true;
  }

  /** Works to the end; a fault of ours ends it as failed and is thrown. */
  async work(): Promise<void> {
    try {
      this.lookAtCases();
      await this.lookAtCatalogue();
      await this.lookAtAnswers();
      await this.step('done');
    } catch (error) {
      if (error instanceof Stopped) return;
      await this.step('failed').catch(() => undefined);
      throw error;
    }
  }

  private lookAtCases(): void {
    const outcomes = goldenCases(this.deps.root, this.changed);
    const failing = outcomes.filter(({ faults }) => faults.length > 0);
    this.count('case', { looked: outcomes.length, failing: failing.length });
    for (const { name, faults } of failing as CaseOutcome[])
      this.note({ kind: 'case', subject: '', data: { case: name, faults } });
  }

  private async lookAtCatalogue(): Promise<void> {
    let after: Id = '';
    for (let page = 1; ; page++) {
      const records = await this.deps.unit.read((reader) => this.lookAtPage(reader, after));
      const last = records.at(-1);
      if (last !== undefined) after = last.id;
      if (page % PAGES_A_STEP === 0) await this.step('running');
      if (records.length < PAGE) return;
      if (this.stopping) throw new Stopped();
      await breathe();
    }
  }

  private async lookAtPage(reader: Reader, after: Id): Promise<readonly DatasetRecord[]> {
    const page = await this.deps.datasets.scan(reader, after, PAGE);
    const own = page.filter(({ pack, state }) => pack === this.row.pack && state !== 'withdrawn');
    const ids = own.map(({ id }) => id);
    const currents = new Map((await this.deps.assessments.current(reader, ids)).map((row) => [row.dataset, row]));
    const raised: { record: DatasetRecord; to: Tier }[] = [];
    for (const record of own) {
      const found = this.lookAtRecord(record, currents.get(record.id));
      const isRaised = found.change === 'raised' || found.change === 'refused';
      if (isRaised) raised.push({ record, to: found.tier });
      const views = found.status !== 'pending-review';
      if (isRaised || (!views && viewsOf(record) !== undefined))
        this.stricter.set(record.id, { tier: found.tier, raised: isRaised, views });
    }
    this.counts = { ...this.counts, read: this.counts.read + page.length };
    await this.lookAtResting(reader, raised);
    return page;
  }

  private lookAtRecord(record: DatasetRecord, current: AssessmentRow | undefined): RehearsedRecord {
    const stated = factsOfDataset(factsOf(record), current?.evidence ?? null);
    const learned = current?.facts.learned;
    const facts: Facts = learned === undefined ? stated : { ...stated, learned };
    const now: Standpoint = {
      tier: record.tier,
      status: record.tierStatus,
      draft: !wasListed(record),
      unread: isUnread(current?.evidence),
      previous: previousOf(current),
    };
    const before = this.standing(facts, current);
    const after = assess(facts, this.changed);
    const found = before.kind === 'secret' ? SAME : rehearse(now, before, after);
    this.count('dataset', { [found.change]: 1 });
    const decided = current?.decision ?? null;
    if (decided !== null) this.count('ruling', { looked: 1, reopened: found.reopens ? 1 : 0 });
    if (found.reopens)
      this.note({
        kind: 'ruling',
        subject: record.id,
        data: { ...named(record), decidedBy: decided?.by, tier: decided?.tier },
      });
    if (found.change !== 'same' && found.change !== 'reasons')
      this.note({ kind: 'dataset', subject: record.id, data: { ...named(record), ...differenceOf(record, found) } });
    return found;
  }

  /** The verdict by the version in force: the stored one where that version gave it, else a run of it. */
  private standing(facts: Facts, current: AssessmentRow | undefined): Answer {
    const own = current?.pack === this.row.pack && current.pack_hash === this.inForce.pack.hash;
    return own ? current.verdict : assess(facts, this.inForce);
  }

  private async lookAtResting(reader: Reader, raised: readonly { record: DatasetRecord; to: Tier }[]): Promise<void> {
    if (raised.length === 0) return;
    const records = raised.map(({ record }) => record);
    const grants = await this.deps.resting.grants(
      reader,
      records.map(({ id }) => id),
    );
    const applications = await this.deps.resting.applications(reader, records);
    for (const { record, to } of raised) {
      const resting = {
        grants: grants.get(record.id) ?? [],
        applications: applications.get(record.id) ?? [],
        distributions: [],
      };
      const impact = impactOf(record.tier, to, governanceOf(this.changed.pack), resting);
      for (const kind of ['grant', 'application'] as const)
        for (const { id, outcome, ...rest } of impact[`${kind}s`]) {
          this.count(kind, { [outcome]: 1 });
          this.note({
            kind,
            subject: id,
            data: { ...rest, outcome, dataset: record.id, title: record.title, from: record.tier, to },
          });
        }
    }
  }

  private async lookAtAnswers(): Promise<void> {
    if (this.stricter.size === 0) return;
    const answers = await this.deps.unit.read((reader) => this.deps.answers.rehearse(reader, this.stricter));
    for (const { dataset, looked, denied, permitted } of answers) {
      this.count('decision', { looked, denied, permitted });
      if (denied + permitted > 0)
        this.note({
          kind: 'decision',
          subject: dataset,
          data: { looked, denied, permitted, to: this.stricter.get(dataset)?.tier },
        });
    }
  }

  private count(kind: ChangeKind, tally: Readonly<Record<string, number>>): void {
    this.counts = { ...this.counts, [kind]: added(this.counts[kind], tally) };
  }

  private note(change: RehearsedChange): void {
    const waiting = this.pending.filter(({ kind }) => kind === change.kind).length;
    if (this.kept[change.kind] + waiting < MOST_CHANGES) this.pending.push(change);
  }

  /** Writes down how far it is and what it found, in one transaction; throws where somebody has ended it. */
  private async step(state: RehearsalRow['state']): Promise<void> {
    const changes = this.pending;
    this.pending = [];
    const outcome = await this.deps.unit.run(async (tx) => {
      const row = await this.deps.store.find(tx, this.row.id);
      if (row === null || row.version !== this.version) return ok(null);
      await this.deps.store.addChanges(tx, row.id, this.kept, changes);
      const next = await this.deps.store.update(tx, { ...row, state, counts: this.counts, heartbeat_at: tx.now });
      tellRehearsal(tx, state === 'running' ? 'rehearsal.progressed' : `rehearsal.${state}`, next, SYSTEM);
      return ok(next);
    });
    if (!outcome.ok || outcome.value === null) throw new Stopped();
    this.version = outcome.value.version;
    for (const { kind } of changes) this.kept[kind]++;
  }
}

const SAME: RehearsedRecord = {
  change: 'same',
  tier: 'restricted',
  status: 'pending-review',
  proposed: null,
  fires: [],
  silent: [],
  reopens: false,
};

const named = ({ title, publisher }: DatasetRecord) => ({ title, publisher });

const differenceOf = (record: DatasetRecord, { change, tier, status, proposed, fires, silent }: RehearsedRecord) => ({
  change,
  from: record.tier,
  to: tier,
  statusFrom: record.tierStatus,
  statusTo: status,
  proposed,
  fires,
  silent,
});

export function tellRehearsal(tx: Transaction, event: string, row: RehearsalRow, actor: Actor): void {
  const { id, draft, pack, hash, counts } = row;
  const data = { draft, pack, hash, read: counts.read };
  tx.append({ event, subject: { kind: 'rehearsal', id }, actor, data });
}
