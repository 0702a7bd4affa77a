import { setImmediate as breathe } from 'node:timers/promises';
import { type DatasetRecord, factsOf, type Judgement, judged, tierNoted } from '../catalogue/index.js';
import type { Id } from '../kernel/ids.js';
import { SYSTEM } from '../kernel/principal.js';
import type { Transaction } from '../persistence/index.js';
import type { AssessmentRow, AssessmentStore } from './assessment-store.js';
import type { DatasetPort } from './dataset-port.js';
import type { Outdated, ReevaluationStore } from './reevaluation-store.js';
import type { TierJudgeOfPacks } from './tier-judge.js';

export interface ReassessmentDeps {
  readonly store: ReevaluationStore;
  readonly assessments: AssessmentStore;
  readonly datasets: DatasetPort;
  readonly judge: TierJudgeOfPacks;
}

/** A dataset whose tier was assessed anew. */
interface Looked {
  readonly before: DatasetRecord;
  readonly after: DatasetRecord;
  /** Empty where the new rules refuse it. */
  readonly assessment: Id;
}

const rulesOf = (rules: readonly string[]): string => [...rules].sort().join();
const ruleIds = ({ verdict }: AssessmentRow): string => rulesOf(verdict.rules.map(({ id }) => id));

/**
 * Runs the newest rules over datasets whose tiers older ones gave, in the caller's transaction: each is locked and read
 * once, all are judged together, and what changed is written together. A raise acts at once, a milder verdict waits.
 */
export class Reassessment {
  constructor(private readonly deps: ReassessmentDeps) {}

  /** Returns how many were assessed; one that somebody else has assessed meanwhile is left alone. */
  async of(tx: Transaction, ids: readonly Id[], { pack, version }: Outdated): Promise<number> {
    const { assessments, datasets, judge } = this.deps;
    await tx.lock('dataset', ids);
    const currents = (await assessments.current(tx, ids)).filter(
      (row) => row.pack === pack && row.pack_version < version,
    );
    const behind = new Map(currents.map((row) => [row.dataset, row]));
    await breathe();
    const records = await datasets.findMany(tx, [...behind.keys()]);
    await breathe();
    const judgements = await judge.judgeAnew(tx, records.map(factsOf), currents);
    await breathe();
    const looked = records.map((record, at) => lookedAt(record, judgements[at], tx.now));
    const refused = looked.filter(({ assessment }) => assessment === '');
    await this.supersede(
      tx,
      refused.flatMap(({ before }) => behind.get(before.id) ?? []),
    );
    await this.take(tx, looked);
    const overruled = records.flatMap((record, at) => {
      const [row, judgement] = [behind.get(record.id), judgements[at]];
      if (row === undefined || row.decision === null || isRefused(judgement)) return [];
      const rules = rulesOf(judgement.reasons.map(({ rule }) => rule));
      return rules === ruleIds(row) ? [] : [{ dataset: record.id, assessment: judgement.assessment }];
    });
    await this.putDue(tx, overruled);
    return records.length;
  }

  /** By the new rules a secret: it has no assessment any more, and is put before a person; what to do is theirs to say. */
  private async supersede(tx: Transaction, rows: readonly AssessmentRow[]): Promise<void> {
    await this.deps.assessments.change(tx, rows, { current_key: null });
    for (const { id, dataset } of rows) {
      const subject = { kind: 'assessment', id };
      tx.append({ event: 'assessment.superseded', subject, actor: SYSTEM, data: { dataset } }, [subject]);
    }
  }

  /** Writes the records whose tier or standing changed, and tells each. */
  private async take(tx: Transaction, looked: readonly Looked[]): Promise<void> {
    const changed = looked.filter(
      ({ before, after }) => before.tier !== after.tier || before.tierStatus !== after.tierStatus,
    );
    await this.deps.datasets.updateMany(
      tx,
      changed.map(({ after }) => after),
    );
    for (const { before, after, assessment } of changed) {
      const subject = { kind: 'dataset', id: before.id };
      const event = before.tier === after.tier ? 'dataset.changed' : 'dataset.reclassified';
      const { tier: to, tierStatus: status, publisher } = after;
      tx.append({ event, subject, actor: SYSTEM, data: { from: before.tier, to, status, publisher, assessment } }, [
        subject,
      ]);
    }
  }

  /** A ruling rests on rules that are others now: whoever ruled, or their successor, looks again. */
  private async putDue(
    tx: Transaction,
    overruled: readonly { readonly dataset: Id; readonly assessment: Id }[],
  ): Promise<void> {
    const found = await this.deps.store.findMany(
      tx,
      overruled.map(({ dataset }) => dataset),
    );
    const rows = found.filter(({ state }) => state !== 'due');
    await this.deps.store.change(tx, rows, { state: 'due', cause: 'pack', since: tx.now, due_at: tx.now });
    const waiting = new Set(rows.map(({ id }) => id));
    for (const { dataset: id, assessment } of overruled)
      if (waiting.has(id))
        tx.append(
          { event: 'review.due', subject: { kind: 'dataset', id }, actor: SYSTEM, data: { cause: 'pack', assessment } },
          [{ kind: 'reevaluation', id }],
        );
  }
}

const isRefused = (judgement: Judgement | undefined): judgement is undefined =>
  judgement === undefined || judgement.refused !== undefined;

function lookedAt(before: DatasetRecord, judgement: Judgement | undefined, now: number): Looked {
  const after = isRefused(judgement) ? closed(before) : judged(before, judgement);
  return { before, after: tierNoted(before, after, now), assessment: judgement?.assessment ?? '' };
}

const closed = (record: DatasetRecord): DatasetRecord => ({
  ...record,
  tier: 'restricted',
  tierStatus: 'pending-review',
  items: record.items.map((item) => ({ ...item, tier: 'restricted' })),
  distributions: record.distributions.map((one) => ({ ...one, tier: 'restricted' })),
});
