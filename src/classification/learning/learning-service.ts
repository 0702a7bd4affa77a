import { canonicalJson } from '../../kernel/canonical.js';
import type { Ids } from '../../kernel/ids.js';
import { SYSTEM } from '../../kernel/principal.js';
import { ok } from '../../kernel/result.js';
import { factsOf } from '../../catalogue/index.js';
import type { Transaction, UnitOfWork } from '../../persistence/index.js';
import type { AssessmentRow } from '../assessment-store.js';
import type { DatasetPort } from '../dataset-port.js';
import { ENGINE } from '../domain/assessment.js';
import type { CompiledPack } from '../domain/compiled.js';
import { type Packs, sha256 } from '../packs/load.js';
import type { LearnedModelRow } from '../store/learned-model-row.js';
import type { TierJudgeOfPacks } from '../tier-judge.js';
import type { LearnedModels } from './learned-models.js';
import type { LearningStore } from './learning-store.js';
import type { Reviewed, Taught } from './train-all.js';
import type { trainApart } from './train-apart.js';

/** What the service needs of others. */
export interface LearningDeps {
  readonly store: LearningStore;
  readonly packs: Packs;
  readonly datasets: DatasetPort;
  readonly judge: TierJudgeOfPacks;
  readonly models: LearnedModels;
  readonly ids: Ids;
  readonly train: typeof trainApart;
}

/** The newest decisions of a pack that are learned from. */
const DECISIONS = 3000;
const BATCH = 100;

const reviewedOf = ({ dataset, publisher, facts, decision }: AssessmentRow): Reviewed[] =>
  decision === null || decision.tier === null ? [] : [{ dataset, publisher, facts, tier: decision.tier }];

/** A record of which nothing is known but what the engine found: what was learned may propose for it. */
const isUndeclared = ({ proposal, verdict, current_key }: AssessmentRow): boolean =>
  proposal.by === ENGINE && verdict.declared === null && current_key !== null;

/**
 * Learns from decisions, outside the transactions that make them: reads them, trains apart, writes the models in one
 * transaction, and lets the records that wait be judged anew where the engine would now say something else.
 */
export class LearningService {
  #due = true;
  #loaded = '';
  #running: Promise<void> | null = null;
  readonly #stopping = new AbortController();

  constructor(private readonly deps: LearningDeps) {}

  /** Something was decided: the next round trains. */
  note(): void {
    this.#due = true;
  }

  /** The models of the database, before anything is judged, and where another instance has trained since. */
  async load(unit: UnitOfWork): Promise<void> {
    const { store, models } = this.deps;
    const versions = await unit.read((reader) => store.versions(reader));
    if (versions === this.#loaded) return;
    models.replace(await unit.read((reader) => store.models(reader)));
    this.#loaded = versions;
  }

  /**
   * Takes over what other instances have learned, and starts a round where something was decided since the last; does
   * not wait for it. A round that failed is tried again.
   */
  letTimeAct(unit: UnitOfWork, onFault: (error: unknown) => void): void {
    if (this.#running !== null || this.#stopping.signal.aborted) return;
    this.#running = (this.#due ? this.round(unit) : this.load(unit))
      .catch((error: unknown) => {
        this.#due = true;
        if (!this.#stopping.signal.aborted) onFault(error);
      })
      .finally(() => {
        this.#running = null;
      });
  }

  /** Trains from all decisions now, and gives waiting records the benefit of it. */
  async round(unit: UnitOfWork): Promise<void> {
    this.#due = false;
    for (const id of new Set(this.deps.packs.all.map(({ pack }) => pack.id))) {
      const compiled = this.deps.packs.current(id);
      if (compiled !== null && (await this.learnUnder(compiled, unit))) await this.reconsider(compiled, unit);
    }
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
  }

  /** True when a model changed. */
  private async learnUnder({ pack }: CompiledPack, unit: UnitOfWork): Promise<boolean> {
    const rows = await unit.read((reader) => this.deps.store.decided(reader, pack.id, DECISIONS));
    const reviewed = rows.flatMap(reviewedOf);
    if (reviewed.length === 0) return false;
    const taught = await this.deps.train(pack, reviewed, this.#stopping.signal);
    const outcome = await unit.run(async (tx) => ok(await this.keep(tx, pack.id, taught)));
    if (outcome.ok && outcome.value > 0) await this.load(unit);
    return outcome.ok && outcome.value > 0;
  }

  private async keep(tx: Transaction, pack: string, taught: ReadonlyMap<string, Taught>): Promise<number> {
    const before = (await this.deps.store.models(tx)).filter((row) => row.pack === pack);
    const changed: LearnedModelRow[] = [];
    for (const [publisher, model] of taught) {
      const hash = sha256(canonicalJson(model));
      const row = before.find((one) => one.publisher === publisher);
      if (row?.hash === hash) continue;
      const { own, others } = model.model;
      const next = { pack, publisher, hash, own, others, model, trained_at: tx.now };
      if (row !== undefined) changed.push(await this.deps.store.update(tx, { ...row, ...next }));
      else changed.push({ id: this.deps.ids.next(), version: 1, ...next });
    }
    await this.deps.store.insert(
      tx,
      changed.filter(({ version }) => version === 1),
    );
    const [first] = changed;
    if (first !== undefined)
      tx.append({
        event: 'learned-model.trained',
        subject: { kind: 'learned-model', id: first.id },
        actor: SYSTEM,
        data: {
          pack,
          models: changed.map(({ publisher, version, hash, own, others }) => ({
            publisher,
            version,
            hash,
            own,
            others,
          })),
        },
      });
    return changed.length;
  }

  /** Judges records anew that wait undeclared, where the model now says something else than their assessment holds. */
  private async reconsider(compiled: CompiledPack, unit: UnitOfWork): Promise<void> {
    const { store } = this.deps;
    for (let after = ''; ; ) {
      const rows = await unit.read((reader) => store.waiting(reader, compiled.pack.id, after, BATCH));
      const last = rows.at(-1);
      if (last === undefined || this.#stopping.signal.aborted) return;
      after = last.id;
      const stale = rows.filter((row) => isUndeclared(row) && this.saysOtherwise(row, compiled));
      if (stale.length > 0) await this.judgeAnew(stale, unit);
    }
  }

  private saysOtherwise({ facts, dataset, publisher, pack }: AssessmentRow, { matchers }: CompiledPack): boolean {
    const now = this.deps.models.about(facts, { pack, publisher, dataset, matchers });
    const said = (learned: { tier: string; enough: boolean } | null | undefined): string =>
      learned?.enough === true ? learned.tier : '';
    return said(now) !== said(facts.learned);
  }

  private async judgeAnew(rows: readonly AssessmentRow[], unit: UnitOfWork): Promise<void> {
    const { datasets, judge, store } = this.deps;
    await unit.run(async (tx) => {
      await tx.lock(
        'dataset',
        rows.map(({ dataset }) => dataset),
      );
      const waiting = await store.stillWaiting(
        tx,
        rows.map(({ id }) => id),
      );
      const ids = rows.filter(({ id }) => waiting.has(id)).map(({ dataset }) => dataset);
      const records = await datasets.findMany(tx, ids);
      if (records.length > 0) await judge.judge(tx, records.map(factsOf));
      return ok(undefined);
    });
  }
}
