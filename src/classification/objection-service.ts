import { type DatasetRecord, isNoticed, noticed, sightOf, unnoticed, visibilityOf } from '../catalogue/index.js';
import type { Id, Ids } from '../kernel/ids.js';
import { actorOf, type Principal } from '../kernel/principal.js';
import { refusal } from '../kernel/refusal.js';
import { err, ok, type Result } from '../kernel/result.js';
import type { Tier } from '../kernel/tier.js';
import type { Transaction } from '../persistence/index.js';
import type { AssessmentService } from './assessment-service.js';
import type { AssessmentStore } from './assessment-store.js';
import type { DatasetPort } from './dataset-port.js';
import { rulersOf } from './domain/assessment.js';
import { type ClaimedRight, decideObjection, type ObjectionRuling, standingOf } from './domain/objection.js';
import { officerOf, seesObjection } from './objection-queries.js';
import type { ObjectionDecision, ObjectionRow, ObjectionStore } from './objection-store.js';
import type { ReevaluationService } from './reevaluation-service.js';
import type { BodyNames } from './worksheets/worksheet-service.js';

export interface FiledObjection {
  readonly dataset: Id;
  /** The tier that the objector holds right. */
  readonly tier: Tier;
  readonly reason: string;
  readonly legalBasis?: string;
  readonly evidence?: string;
  readonly right?: ClaimedRight;
}

export type ObjectionCommand =
  | { readonly kind: 'uphold'; readonly tier?: Tier; readonly reason: string; readonly legalBasis?: string }
  | { readonly kind: 'reject'; readonly reason: string };

export interface ObjectionDeps {
  readonly store: ObjectionStore;
  readonly datasets: DatasetPort;
  readonly assessments: AssessmentStore;
  readonly service: AssessmentService;
  readonly reviews: ReevaluationService;
  readonly ids: Ids;
  readonly names: BodyNames;
}

type Fits = (row: ObjectionRow) => Result<void>;
/** How the record says that its tier is disputed. */
const NOTICE = 'tier-objected';

/**
 * Objections to tiers: filed by whom the tier touches, marked on the dataset at once, decided by an officer with reasons.
 * An upheld one becomes a proposal, so that no tier is lowered by fewer than two people. Each act is one transaction, the
 * dataset locked first.
 */
export class ObjectionService {
  constructor(private readonly deps: ObjectionDeps) {}

  async file(tx: Transaction, principal: Principal, filed: FiledObjection): Promise<Result<ObjectionRow>> {
    const { datasets, store, reviews } = this.deps;
    const { organisation } = principal;
    if (organisation === null) return err(refusal('forbidden'));
    await tx.lock('dataset', [filed.dataset]);
    const record = await datasets.find(tx, filed.dataset);
    if (record === null || visibilityOf(record, sightOf(principal)) === 'none') return err(refusal('not-found'));
    if (record.state !== 'listed' && record.state !== 'suspended')
      return err(refusal('dataset-state', `an objection is possible when it is listed; it is ${record.state}`));
    const row = this.rowOf(tx, principal, organisation, record, filed);
    if (!row.ok) return row;
    const open = await store.openOn(tx, [record.id]);
    if (open.some((one) => one.organisation === organisation.id)) return err(refusal('objection-open'));
    await store.insert(tx, row.value);
    tell(tx, 'objection.filed', row.value, principal, { tier: record.tier, wanted: filed.tier });
    await this.mark(tx, principal, record, true);
    await reviews.objected(tx, record, row.value.id, actorOf(principal));
    return row;
  }

  /** An officer upholds or rejects it. Upholding proposes the tier, with the objection named. */
  async decide(
    tx: Transaction,
    principal: Principal,
    id: Id,
    command: ObjectionCommand,
    fits: Fits,
  ): Promise<Result<ObjectionRow>> {
    const found = await this.locked(tx, principal, id, fits);
    if (!found.ok) return found;
    const { row, record } = found.value;
    const [current] = await this.deps.assessments.current(tx, [record.id]);
    const names = await this.deps.names(tx, [row.organisation]);
    const officer = officerOf(principal, row, names.get(row.organisation) ?? {});
    const ruling = decideObjection(
      { ...caseOf(row), inForce: record.tier, ruledBy: rulersOf(current ?? null) },
      officer,
      command,
    );
    if (!ruling.ok) return ruling;
    const follows = await this.follow(tx, principal, row, ruling.value, command);
    if (!follows.ok) return follows;
    return this.end(tx, principal, row, ruling.value.state, follows.value);
  }

  /** Whoever objected no longer does. */
  async withdraw(
    tx: Transaction,
    principal: Principal,
    id: Id,
    reason: string | null,
    fits: Fits,
  ): Promise<Result<ObjectionRow>> {
    const found = await this.locked(tx, principal, id, fits);
    if (!found.ok) return found;
    const { row } = found.value;
    if (principal.organisation?.id !== row.organisation) return err(refusal('forbidden', 'only who objected may'));
    if (row.state !== 'open') return err(refusal('objection-closed', `it is ${row.state}`));
    const decision = { by: principal.id, reason, legalBasis: null, tier: null, assessment: null };
    return this.end(tx, principal, row, 'withdrawn', decision);
  }

  private rowOf(
    tx: Transaction,
    principal: Principal,
    organisation: NonNullable<Principal['organisation']>,
    record: DatasetRecord,
    { tier, right: claimed, reason, legalBasis, evidence }: FiledObjection,
  ): Result<ObjectionRow> {
    const right = claimed ?? null;
    const publisher = principal.roles.includes('steward') && organisation.id === record.publisher;
    const standing = standingOf({ publisher, right }, record.tier, tier);
    if (!standing.ok) return standing;
    return ok({
      id: this.deps.ids.next(),
      version: 1,
      dataset: record.id,
      publisher: record.publisher,
      state: 'open',
      open_key: `${record.id}:${organisation.id}`,
      objector: principal.id,
      organisation: organisation.id,
      natural_person: organisation.kind === 'person',
      standing: standing.value,
      claimed_right: right,
      in_force_tier: record.tier,
      wanted_tier: tier,
      reason,
      legal_basis: legalBasis ?? null,
      evidence: evidence ?? null,
      decision: null,
      filed_at: tx.now,
      ended_at: null,
    });
  }

  private async locked(
    tx: Transaction,
    principal: Principal,
    id: Id,
    fits: Fits,
  ): Promise<Result<{ row: ObjectionRow; record: DatasetRecord }>> {
    const seen = await this.deps.store.find(tx, id);
    if (seen === null || !seesObjection(principal, seen)) return err(refusal('not-found'));
    await tx.lock('dataset', [seen.dataset]);
    const row = await this.deps.store.find(tx, id);
    const record = await this.deps.datasets.find(tx, seen.dataset);
    if (row === null || record === null) return err(refusal('not-found'));
    const fit = fits(row);
    return fit.ok ? ok({ row, record }) : fit;
  }

  /** What an upheld objection sets going: a raise acts at once, a lowering waits, both for a second officer. */
  private async follow(
    tx: Transaction,
    principal: Principal,
    row: ObjectionRow,
    { tier }: ObjectionRuling,
    command: ObjectionCommand,
  ): Promise<Result<ObjectionDecision>> {
    const legalBasis = ('legalBasis' in command ? command.legalBasis : undefined) ?? row.legal_basis;
    const decision = { by: principal.id, reason: command.reason, legalBasis, tier, assessment: null };
    if (tier === null) return ok({ ...decision, legalBasis: command.kind === 'uphold' ? legalBasis : null });
    const proposal = {
      tier,
      reason: command.reason,
      ...(legalBasis === null ? {} : { legalBasis }),
      objection: { id: row.id, by: row.objector },
    };
    const proposed = await this.deps.service.proposeTier(tx, principal, row.dataset, proposal, () => ok(undefined));
    return proposed.ok ? ok({ ...decision, assessment: proposed.value.id }) : proposed;
  }

  private async end(
    tx: Transaction,
    principal: Principal,
    row: ObjectionRow,
    state: 'upheld' | 'rejected' | 'withdrawn',
    decision: ObjectionDecision,
  ): Promise<Result<ObjectionRow>> {
    const ended = await this.deps.store.update(tx, { ...row, state, open_key: null, decision, ended_at: tx.now });
    const { reason: _, by: __, ...said } = decision;
    tell(tx, `objection.${state}`, ended, principal, said);
    if ((await this.deps.store.openOn(tx, [row.dataset])).length > 0) return ok(ended);
    const record = await this.deps.datasets.find(tx, row.dataset);
    if (record === null) return ok(ended);
    await this.mark(tx, principal, record, false);
    await this.deps.reviews.objectionsEnded(tx, record, actorOf(principal));
    return ok(ended);
  }

  /** Says on the record that its tier is disputed, or no longer. */
  private async mark(tx: Transaction, principal: Principal, record: DatasetRecord, disputed: boolean): Promise<void> {
    if (isNoticed(record, NOTICE) === disputed) return;
    await this.deps.datasets.update(
      tx,
      disputed ? noticed(record, { code: NOTICE, text: DISPUTED, at: tx.now }) : unnoticed(record, NOTICE),
    );
    const { id, publisher } = record;
    const data = { publisher, notice: NOTICE, stands: disputed };
    tx.append({ event: 'dataset.changed', subject: { kind: 'dataset', id }, actor: actorOf(principal), data });
  }
}

const DISPUTED = {
  zh: '对本数据集的开放类型有异议，正在办理；办结前现行类型不变。',
  en: 'Somebody objected to the tier of this dataset. Until that is decided, the tier stays as it is.',
};

export const caseOf = (row: ObjectionRow) => ({
  state: row.state,
  standing: row.standing,
  by: { id: row.objector, organisation: row.organisation },
  wanted: row.wanted_tier,
});

/** The log tells what happened; what people wrote stands in the row only. */
function tell(
  tx: Transaction,
  event: string,
  { id, dataset, standing }: ObjectionRow,
  principal: Principal,
  data: Readonly<Record<string, unknown>>,
): void {
  const subject = { kind: 'objection', id };
  tx.append({ event, subject, actor: actorOf(principal), data: { dataset, standing, ...data } }, [subject]);
}
