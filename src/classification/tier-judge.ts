import { setImmediate as breathe } from 'node:timers/promises';
import type { DatasetFacts, Judgement } from '../catalogue/index.js';
import type { Ids } from '../kernel/ids.js';
import { SYSTEM } from '../kernel/principal.js';
import { strictness } from '../kernel/tier.js';
import type { Reader, Transaction } from '../persistence/index.js';
import type { AssessmentRow, AssessmentStore, Evidence } from './assessment-store.js';
import { factsOfDataset } from './dataset-facts.js';
import { assess } from './domain/assess.js';
import { ENGINE } from './domain/assessment.js';
import type { CompiledPack } from './domain/compiled.js';
import { doubtsOf } from './domain/content.js';
import type { Facts } from './domain/facts.js';
import { type Held, hold, itemTiersAt, type Previous } from './domain/hold.js';
import { groupText, replayText } from './domain/replay.js';
import type { FiredRule, Verdict } from './domain/verdict.js';
import { LearnedModels } from './learning/learned-models.js';
import { type Packs, sha256 } from './packs/load.js';

/** Records judged before others get their turn. */
const AT_A_STRETCH = 20;

/** A run of the engine that may be kept. */
export interface Run {
  readonly facts: Facts;
  readonly evidence: Evidence | null;
  readonly verdict: Verdict;
  readonly compiled: CompiledPack;
  readonly publisher: string;
  readonly dataset: string;
}

/** The source of a rule in one line, as reports and import issues show it. */
export const sourceLine = ({ source }: Pick<FiredRule, 'source'>): string =>
  [source.text.en ?? source.text.zh, source.article?.en ?? source.article?.zh].filter(Boolean).join(', ');

export const previousOf = (row: AssessmentRow | undefined): Previous | null =>
  row === undefined
    ? null
    : {
        tier: row.tier,
        decision:
          row.decision === null || row.decision.tier === null
            ? null
            : { tier: row.decision.tier, grounds: row.decision.grounds, declared: row.decision.declared },
      };

/** The row of a run; `held` says what takes effect. It explains the tier from now on. */
export function rowOf(
  id: string,
  run: Run,
  held: Held,
  previous: AssessmentRow | undefined,
  now: number,
): AssessmentRow {
  const { verdict, compiled, facts, evidence, dataset, publisher } = run;
  const stands = held.status === 'confirmed' && previous !== undefined;
  const open = held.status === 'pending-review';
  return {
    id,
    version: 1,
    dataset,
    publisher,
    state: stands ? previous.state : open ? 'proposed' : 'recorded',
    current_key: dataset,
    open_key: open ? dataset : null,
    pack: compiled.pack.id,
    pack_version: compiled.pack.version,
    pack_hash: compiled.pack.hash,
    tier: held.tier,
    proposed_tier: held.proposed,
    group_key: sha256(groupText(verdict, compiled, publisher, held)).slice(0, 32),
    replay_hash: sha256(replayText(facts, compiled, verdict)),
    facts,
    evidence,
    verdict,
    proposal: { by: ENGINE, reason: null, legalBasis: null },
    decision: stands ? previous.decision : null,
    created_at: now,
    decided_at: stands ? previous.decided_at : null,
  };
}

/** Whether too much of the content behind a verdict could not be read. */
export const isUnread = (evidence: Evidence | null | undefined): boolean =>
  evidence?.content !== undefined && doubtsOf(evidence.content).length > 0;

/** What takes effect after a run. */
export const heldOf = ({ verdict, evidence }: Run, previous: Previous | null, draft = false): Held =>
  hold(verdict, previous, draft, isUnread(evidence));

const judgementOf = (row: AssessmentRow, status: Held['status']): Judgement => ({
  tier: row.tier,
  tierStatus: status,
  itemTiers: itemTiersAt(row.verdict, row.tier).map((item) => item.tier),
  distributionTiers: row.verdict.distributionTiers.map(() => row.tier),
  reasons: row.verdict.rules.map((rule) => ({
    rule: rule.id,
    text: rule.text,
    source: sourceLine(rule),
    verified: rule.verified,
  })),
  assessment: row.id,
  issues: issuesOf(row),
});

/** What an import's report says of a record: a tier above the declared one, or one that stays although facts changed. */
function issuesOf({ verdict, tier }: AssessmentRow): { code: string; detail: string }[] {
  const grounds = verdict.rules.flatMap(({ id, outcome }) => ('floor' in outcome ? [id] : [])).join(', ');
  const raised = verdict.issues.some(({ code }) => code === 'declared-weaker-than-floor');
  return [
    ...(raised
      ? [{ code: 'declared-weaker-than-floor', detail: `${verdict.declared} → ${verdict.floor}: ${grounds}` }]
      : []),
    ...(strictness(tier) > strictness(verdict.tier)
      ? [{ code: 'tier-kept', detail: `the source now says less strict; ${tier} stays until a person decides` }]
      : []),
  ];
}

const refused = (code: string): Judgement => ({
  tier: 'restricted',
  tierStatus: 'pending-review',
  itemTiers: [],
  distributionTiers: [],
  reasons: [],
  assessment: '',
  refused: code,
});

/** Fills the catalogue's port: judges records in bulk, keeps one assessment of each, in the caller's transaction. */
export class TierJudgeOfPacks {
  constructor(
    private readonly packs: Packs,
    private readonly store: AssessmentStore,
    private readonly ids: Ids,
    readonly models: LearnedModels = new LearnedModels(),
  ) {}

  async judge(tx: Transaction, records: readonly DatasetFacts[]): Promise<Judgement[]> {
    const datasets = records.map((record) => record.id);
    return this.judgeAnew(tx, records, await this.store.current(tx, datasets));
  }

  /** The same for records whose current assessments the caller has read. Others get their turn while many are judged. */
  async judgeAnew(
    tx: Transaction,
    records: readonly DatasetFacts[],
    currents: readonly AssessmentRow[],
  ): Promise<Judgement[]> {
    const before = new Map(currents.map((row) => [row.dataset, row]));
    const rows: AssessmentRow[] = [];
    const judgements: Judgement[] = [];
    for (const [at, record] of records.entries()) {
      if (at > 0 && at % AT_A_STRETCH === 0) await breathe();
      const previous = before.get(record.id);
      const run = this.run(record, previous?.evidence ?? null);
      const held = run === null ? null : heldOf(run, previousOf(previous), record.state === 'draft');
      if (run === null || held === null) {
        judgements.push(refused('state-secret'));
        continue;
      }
      const row = rowOf(this.ids.next(), run, held, previous, tx.now);
      rows.push(row);
      judgements.push(judgementOf(row, held.status));
    }
    const judged = rows.map((row) => row.dataset);
    const replaced = await this.replace(tx, judged, before);
    await this.store.insert(tx, rows);
    this.tell(tx, rows, replaced);
    return judgements;
  }

  async standing(reader: Reader, datasets: readonly string[]) {
    return new Map((await this.store.current(reader, datasets)).map((row) => [row.dataset, issuesOf(row)]));
  }

  /** Runs the record's pack over its facts; null for a secret, of which nothing may be kept. */
  run(record: DatasetFacts, evidence: Evidence | null, conditions?: number): Run | null {
    const compiled = this.packs.current(record.pack);
    if (compiled === null) throw new RangeError(`there is no rule pack "${record.pack}"`);
    const { pack, publisher, id: dataset } = record;
    const stated = factsOfDataset(record, evidence, conditions);
    const learned = this.models.about(stated, { pack, publisher, dataset, matchers: compiled.matchers });
    const facts = learned === null ? stated : { ...stated, learned };
    const verdict = assess(facts, compiled);
    if (verdict.kind === 'secret') return null;
    return { facts, evidence, verdict, compiled, publisher, dataset };
  }

  /** The new run explains the tier from now on; what waited for an officer is superseded. Tells which rows changed. */
  async replace(
    tx: Transaction,
    datasets: readonly string[],
    currents: ReadonlyMap<string, AssessmentRow>,
  ): Promise<readonly AssessmentRow[]> {
    const superseded = await this.store.open(tx, datasets);
    const waited = new Set(superseded.map(({ id }) => id));
    const explained = datasets.flatMap((dataset) => currents.get(dataset) ?? []);
    const both = explained.filter(({ id }) => waited.has(id));
    const explainedOnly = explained.filter(({ id }) => !waited.has(id));
    const known = new Set(both.map(({ id }) => id));
    const waitedOnly = superseded.filter(({ id }) => !known.has(id));
    await this.store.change(tx, explainedOnly, { current_key: null });
    await this.store.change(tx, waitedOnly, { open_key: null, state: 'superseded' });
    await this.store.change(tx, both, { current_key: null, open_key: null, state: 'superseded' });
    return [...explainedOnly, ...waitedOnly, ...both];
  }

  /** One entry for the whole run; it names the rows of this slice only. */
  private tell(tx: Transaction, rows: readonly AssessmentRow[], replaced: readonly AssessmentRow[]): void {
    const [first] = rows;
    if (first === undefined) return;
    const pending = rows.filter((row) => row.open_key !== null).length;
    const data = { pack: first.pack, version: first.pack_version, records: rows.length, pending };
    const subject = { kind: 'assessment', id: first.id };
    tx.append(
      { event: 'assessment.recorded', subject, actor: SYSTEM, data },
      [...replaced, ...rows].map(({ id }) => ({ kind: 'assessment', id })),
    );
  }
}
