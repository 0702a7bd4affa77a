import { setImmediate as breathe } from 'node:timers/promises';
import { type DatasetRecord, factsOf, judged, tierNoted } from '../catalogue/index.js';
import type { Id } from '../kernel/ids.js';
import { SYSTEM } from '../kernel/principal.js';
import { ok, type Result } from '../kernel/result.js';
import type { Instant } from '../kernel/time.js';
import type { Transaction, UnitOfWork } from '../persistence/index.js';
import type { AssessmentStore } from './assessment-store.js';
import type { DatasetPort } from './dataset-port.js';
import { CAUTIOUS, governanceOf } from './domain/governance.js';
import type { Governance } from './domain/pack.js';
import { nextReview } from './domain/reevaluation.js';
import type { Packs } from './packs/load.js';
import type { ReevaluationRow, ReevaluationStore } from './reevaluation-store.js';
import type { TierJudgeOfPacks } from './tier-judge.js';

export interface ReevaluationClockDeps {
  readonly store: ReevaluationStore;
  readonly assessments: AssessmentStore;
  readonly datasets: DatasetPort;
  readonly judge: TierJudgeOfPacks;
  readonly packs: Packs;
}

const CHUNK = 100;
/** Datasets judged anew in one transaction. */
const JUDGED = 50;
/** How long it is believed that nothing is left to be done of what needs a look through all assessments. */
const REST = 600_000;

/**
 * Time and new rules as actors: reviews fall due, and after a pack was published every tier is assessed anew by it. Each
 * dataset is locked and looked at again before anything happens, so that with several instances it happens once.
 */
export class ReevaluationClock {
  /** What was found to be done, and when; by pack and version, or `schedule`. */
  private readonly done = new Map<string, Instant>();

  constructor(private readonly deps: ReevaluationClockDeps) {}

  /** Does what is due now. Returns how many datasets it changed something for. */
  async letTimeAct(unit: UnitOfWork): Promise<number> {
    const scheduled = await this.unlessDone(unit, 'schedule', () => this.schedule(unit));
    let assessed = 0;
    for (const { pack } of this.deps.packs.inForce)
      assessed += await this.unlessDone(unit, `${pack.id}/${pack.version}`, () =>
        this.assessAnew(unit, pack.id, pack.version),
      );
    return scheduled + assessed + (await this.fallDue(unit));
  }

  /** Looking for what is left reads every assessment, so it is not done in every round. */
  private async unlessDone(unit: UnitOfWork, what: string, work: () => Promise<number>): Promise<number> {
    const now = await unit.read(async (reader) => reader.now);
    const before = this.done.get(what);
    if (before !== undefined && now - before < REST && now >= before) return 0;
    const changed = await work();
    this.done.set(what, now);
    return changed;
  }

  /** Gives every dataset that has a tier the day on which a person looks at it again. */
  private schedule(unit: UnitOfWork): Promise<number> {
    return this.inParts(
      unit,
      (limit) => (reader) => this.deps.store.unscheduled(reader, limit),
      CHUNK,
      async (tx, ids) => {
        const known = new Set((await this.deps.store.findMany(tx, ids)).map(({ id }) => id));
        const records = (await this.deps.datasets.findMany(tx, ids)).filter(({ id }) => !known.has(id));
        const decided = new Map(
          (await this.deps.assessments.current(tx, ids)).map((row) => [row.dataset, row.decided_at]),
        );
        await this.deps.store.insert(
          tx,
          records.map((record) => this.scheduled(record, decided.get(record.id) ?? record.createdAt, tx.now)),
        );
        const [first] = records;
        if (first !== undefined) tell(tx, 'review.scheduled', first.id, { datasets: records.length });
        return records.length;
      },
    );
  }

  /** Never in the past at first: whoever installs the product does not begin with every dataset overdue. */
  private scheduled({ id, publisher, pack, tier }: DatasetRecord, lookedAt: Instant, now: Instant): ReevaluationRow {
    const governance = this.governance(pack);
    const due = nextReview(governance, tier, lookedAt);
    const due_at = due > now ? due : nextReview(governance, tier, now);
    return { id, version: 1, publisher, state: 'scheduled', cause: 'schedule', note: null, due_at, since: null };
  }

  /** Runs the newest rules over every tier that older ones gave. A raise acts at once, a milder verdict waits. */
  private assessAnew(unit: UnitOfWork, pack: string, version: number): Promise<number> {
    return this.inParts(
      unit,
      (limit) => (reader) => this.deps.store.behind(reader, pack, version, limit),
      JUDGED,
      async (tx, ids) => {
        await tx.lock('dataset', ids);
        const currents = await this.deps.assessments.current(tx, ids);
        const behind = new Set(
          currents.filter((row) => row.pack === pack && row.pack_version < version).map((row) => row.dataset),
        );
        const records = (await this.deps.datasets.findMany(tx, ids)).filter(({ id }) => behind.has(id));
        const ruled = new Map(
          currents
            .filter((row) => row.decision !== null)
            .map((row) => [
              row.dataset,
              row.verdict.rules
                .map(({ id }) => id)
                .sort()
                .join(),
            ]),
        );
        const judgements = await this.deps.judge.judge(tx, records.map(factsOf));
        for (const [at, record] of records.entries()) {
          const judgement = judgements[at];
          if (judgement === undefined || judgement.refused !== undefined) await this.refuse(tx, record);
          else {
            await this.take(tx, record, tierNoted(record, judged(record, judgement), tx.now), judgement.assessment);
            const rules = judgement.reasons.map(({ rule }) => rule).sort();
            if (ruled.has(record.id) && ruled.get(record.id) !== rules.join())
              await this.putDue(tx, record, judgement.assessment);
          }
        }
        return records.length;
      },
    );
  }

  private async take(tx: Transaction, before: DatasetRecord, after: DatasetRecord, assessment: Id): Promise<void> {
    if (before.tier === after.tier && before.tierStatus === after.tierStatus) return;
    await this.deps.datasets.update(tx, after);
    tx.append({
      event: before.tier === after.tier ? 'dataset.changed' : 'dataset.reclassified',
      subject: { kind: 'dataset', id: before.id },
      actor: SYSTEM,
      data: { from: before.tier, to: after.tier, status: after.tierStatus, publisher: after.publisher, assessment },
    });
  }

  /** A ruling rests on rules that are others now: whoever ruled, or their successor, looks again. */
  private async putDue(tx: Transaction, record: DatasetRecord, assessment: Id): Promise<void> {
    const row = await this.deps.store.find(tx, record.id);
    if (row === null || row.state === 'due') return;
    await this.deps.store.update(tx, { ...row, state: 'due', cause: 'pack', since: tx.now, due_at: tx.now });
    tell(tx, 'review.due', record.id, { cause: 'pack', assessment });
  }

  /** By the new rules a secret: closed at once and put before a person; what to do with it is theirs to say. */
  private async refuse(tx: Transaction, record: DatasetRecord): Promise<void> {
    const closed: DatasetRecord = {
      ...record,
      tier: 'restricted',
      tierStatus: 'pending-review',
      items: record.items.map((item) => ({ ...item, tier: 'restricted' })),
      distributions: record.distributions.map((one) => ({ ...one, tier: 'restricted' })),
    };
    const [current] = await this.deps.assessments.current(tx, [record.id]);
    if (current !== undefined) {
      await this.deps.assessments.update(tx, { ...current, current_key: null });
      tx.append({
        event: 'assessment.superseded',
        subject: { kind: 'assessment', id: current.id },
        actor: SYSTEM,
        data: { dataset: record.id },
      });
    }
    await this.take(tx, record, tierNoted(record, closed, tx.now), '');
  }

  /** Reviews whose day has come stand in the queue from now on. */
  private fallDue(unit: UnitOfWork): Promise<number> {
    const due = (limit: number) => async (reader: Parameters<ReevaluationStore['find']>[0]) => {
      const filter = { state: 'scheduled', until: reader.now } as const;
      return (await this.deps.store.list(reader, filter, { offset: 0, limit })).rows.map(({ id }) => id);
    };
    return this.inParts(unit, due, CHUNK, async (tx, ids) => {
      let changed = 0;
      for (const row of await this.deps.store.findMany(tx, ids)) {
        if (row.state !== 'scheduled' || row.due_at > tx.now) continue;
        await this.deps.store.update(tx, { ...row, state: 'due', since: tx.now });
        tell(tx, 'review.due', row.id, { cause: row.cause });
        changed += 1;
      }
      return changed;
    });
  }

  /** Works through ids part by part, a transaction each, until a part changes nothing. */
  private async inParts(
    unit: UnitOfWork,
    find: (limit: number) => (reader: Parameters<ReevaluationStore['find']>[0]) => Promise<Id[]>,
    size: number,
    work: (tx: Transaction, ids: readonly Id[]) => Promise<number>,
  ): Promise<number> {
    for (let total = 0; ; ) {
      const ids = await unit.read(find(size));
      const done: Result<number> = ids.length === 0 ? ok(0) : await unit.run(async (tx) => ok(await work(tx, ids)));
      if (!done.ok) throw new Error(`a review was refused: ${done.error.code}`);
      total += done.value;
      if (done.value === 0) return total;
      await breathe();
    }
  }

  private governance(pack: string): Governance {
    const compiled = this.deps.packs.current(pack);
    return compiled === null ? CAUTIOUS : governanceOf(compiled.pack);
  }
}

export function tell(
  tx: Transaction,
  event: string,
  dataset: Id,
  data: Readonly<Record<string, unknown>>,
  actor = SYSTEM,
): void {
  tx.append({ event, subject: { kind: 'dataset', id: dataset }, actor, data });
}
