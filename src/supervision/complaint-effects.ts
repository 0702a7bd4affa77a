import type { DatasetStore, HoldService } from '../catalogue/index.js';
import { isNoticed, noticed, unnoticed } from '../catalogue/index.js';
import type { Actor } from '../kernel/principal.js';
import type { Text } from '../kernel/text.js';
import type { Transaction } from '../persistence/index.js';
import type { ComplaintStore } from './complaint-store.js';
import type { Complaint, ComplaintEvent, QualityFault } from './domain/complaint.js';
import type { ComplaintRules } from './domain/complaint-rules.js';

/** How the record says that somebody objected to its quality. */
export const QUALITY_NOTICE = 'quality-objected';

export interface EffectDeps {
  readonly rules: Pick<ComplaintRules, 'faults'>;
  readonly store: ComplaintStore;
  readonly datasets: Pick<DatasetStore, 'find' | 'update'>;
  readonly holding: Pick<HoldService, 'hold' | 'release' | 'withdraw' | 'askAgain'>;
}

/**
 * What a complaint does to the record it is about, computed from how it stands after each event. The dataset is locked by
 * whoever writes the complaint.
 */
export class ComplaintEffects {
  constructor(private readonly deps: EffectDeps) {}

  async follow(tx: Transaction, complaint: Complaint, { event }: ComplaintEvent, actor: Actor): Promise<void> {
    if (complaint.about === 'quality') return this.mark(tx, complaint, actor);
    const { holding } = this.deps;
    const { id, dataset, items, restsSince, answer } = complaint;
    if (event === 'complaint.treated' || event === 'complaint.released') await holding.askAgain(tx, dataset, actor);
    if (restsSince === null) return holding.release(tx, dataset, id);
    if (!RESTING.has(event)) return;
    await holding.hold(tx, dataset, { by: id, items: answer?.outcome === 'withdraw' ? [] : items });
    if (answer?.outcome !== 'withdraw') return;
    const withdrawn = await holding.withdraw(tx, dataset, WITHDRAWN, actor);
    if (!withdrawn.ok) throw new Error(`a ruling could not withdraw ${dataset}: ${withdrawn.error.code}`);
  }

  /** One notice with a count: it tells nobody's name, and many objections do not bury the record. */
  private async mark(tx: Transaction, { dataset }: Complaint, actor: Actor): Promise<void> {
    const { store, datasets, rules } = this.deps;
    const open = (await store.openOn(tx, dataset)).map(({ complaint }) => complaint);
    const faults = open.flatMap(({ fault }) => fault ?? []);
    const before = await datasets.find(tx, dataset);
    const first = open.find(({ about }) => about === 'quality');
    if (before === null || (first === undefined && !isNoticed(before, QUALITY_NOTICE))) return;
    const after =
      first === undefined
        ? unnoticed(before, QUALITY_NOTICE)
        : noticed(before, { code: QUALITY_NOTICE, text: noticeOf(faults, rules.faults), at: first.filedAt });
    const { id, publisher } = await datasets.update(tx, after);
    const data = { publisher, notice: QUALITY_NOTICE, stands: first !== undefined, count: faults.length };
    tx.append({ event: 'dataset.changed', subject: { kind: 'dataset', id }, actor, data });
  }
}

/** Events after which what rests, or how much of it, may be another. */
const RESTING: ReadonlySet<string> = new Set(['complaint.filed', 'complaint.suspended', 'complaint.answered']);

const WITHDRAWN = '依权益投诉处理决定撤回。Withdrawn by a decision on a complaint about rights.';

function noticeOf(faults: readonly QualityFault[], words: ComplaintRules['faults']): Text {
  const counted = new Map<QualityFault, number>();
  for (const fault of faults) counted.set(fault, (counted.get(fault) ?? 0) + 1);
  const each = [...counted].sort(([a, many], [b, more]) => more - many || (a < b ? -1 : 1));
  const zh = each.map(([fault, count]) => `${words[fault].zh} ${count} 条`).join('、');
  const en = each.map(([fault, count]) => `${words[fault].en} (${count})`).join(', ');
  return {
    zh: `有 ${faults.length} 条数据质量异议正在办理：${zh}。`,
    en: `Objections to the quality of this data are being handled: ${en}.`,
  };
}
