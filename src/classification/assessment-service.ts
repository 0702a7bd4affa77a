import { type DatasetRecord, factsOf, lacksCondition, tierNoted } from '../catalogue/index.js';
import type { Id, Ids } from '../kernel/ids.js';
import { accountsOf, type Actor, actorOf, type Principal } from '../kernel/principal.js';
import { type Refusal, refusal } from '../kernel/refusal.js';
import { err, ok, type Result } from '../kernel/result.js';
import { stricter, strictness, type Tier } from '../kernel/tier.js';
import type { Transaction } from '../persistence/index.js';
import type { AssessmentRow, AssessmentStore, Evidence } from './assessment-store.js';
import { atTier, placed } from './dataset-facts.js';
import type { DatasetPort } from './dataset-port.js';
import { type AssessmentCommand, decideAssessment, type Ruling } from './domain/assessment.js';
import { broughtBy, carries } from './domain/evidence-carriers.js';
import { groundsOf, type Held, itemTiersAt } from './domain/hold.js';
import { heldOf, previousOf, rowOf, type Run, type TierJudgeOfPacks } from './tier-judge.js';

export interface TierProposal {
  readonly tier: Tier;
  readonly reason?: string;
  readonly legalBasis?: string;
  /** What it rests on: a letter, a contract, a place where it can be seen. */
  readonly evidence?: string;
  /** The upheld objection that it comes of. */
  readonly objection?: { readonly id: Id; readonly by: Id };
}

/** At most this many assessments are confirmed by one act. */
export const GROUP_LIMIT = 500;

const stricterThan = (a: Tier, b: Tier): boolean => strictness(a) > strictness(b);

/** Stewards see and propose for their own body; officers for every body of the catalogue. */
export const maySee = (principal: Principal, publisher: string): boolean =>
  principal.roles.some((role) => role === 'officer' || role === 'auditor' || role === 'admin') ||
  principal.organisation?.id === publisher;

/** Assessments as acts of people: submit evidence, propose a tier, decide. One transaction each, the dataset locked first. */
export class AssessmentService {
  constructor(
    private readonly store: AssessmentStore,
    private readonly datasets: DatasetPort,
    private readonly judge: TierJudgeOfPacks,
    private readonly ids: Ids,
  ) {}

  /**
   * Assesses a dataset anew with evidence of a person. Raising acts at once; a milder verdict than the tier in force
   * becomes a proposal that another person decides on. `id`: of the assessment, where it was promised before.
   */
  async submit(
    tx: Transaction,
    principal: Principal,
    dataset: string,
    submitted: Evidence,
    id: string = this.ids.next(),
  ): Promise<Result<AssessmentRow>> {
    const found = await this.locked(tx, principal, dataset);
    if (!found.ok) return found;
    const { record, current } = found.value;
    const kept = withoutContent(current?.evidence, submitted);
    const by = broughtBy(current?.evidence?.broughtBy, submitted, kept, principal.id);
    const evidence = { ...kept, ...placed(submitted, record), broughtBy: by };
    const run = this.judge.run(factsOf(record), evidence, record.conditions.length);
    if (run === null) return err(refusal('state-secret'));
    if (stricterThan(record.tier, run.verdict.tier))
      return this.propose(tx, principal, record, run, { tier: run.verdict.tier }, id);
    const held = heldOf(run, previousOf(current));
    const status = held.tier === record.tier ? held.status : 'pending-review';
    return this.raise(tx, principal, record, run, current, { ...held, status }, null, id);
  }

  /** A steward proposes a tier: a stricter one acts at once and waits for confirmation, a milder one only waits. */
  async proposeTier(
    tx: Transaction,
    principal: Principal,
    dataset: string,
    proposal: TierProposal,
    fits: (record: DatasetRecord) => Result<void>,
  ): Promise<Result<AssessmentRow>> {
    const found = await this.locked(tx, principal, dataset);
    if (!found.ok) return found;
    const { record, current } = found.value;
    const fit = fits(record);
    if (!fit.ok) return fit;
    if (record.tier === proposal.tier && record.tierStatus !== 'pending-review') return err(refusal('tier-unchanged'));
    const run = this.judge.run(factsOf(record), current?.evidence ?? null, record.conditions.length);
    if (run === null) return err(refusal('state-secret'));
    if (stricterThan(record.tier, proposal.tier)) {
      const argued = [proposal.reason, proposal.legalBasis].every((text) => (text?.trim() ?? '') !== '');
      return argued
        ? this.propose(tx, principal, record, run, proposal)
        : err(refusal('lowering-needs-reason', `from ${record.tier} to ${proposal.tier}`));
    }
    const tier = stricter(proposal.tier, run.verdict.tier);
    const held: Held = { tier, status: 'pending-review', proposed: proposal.tier };
    return this.raise(tx, principal, record, run, current, held, proposal);
  }

  /** An officer decides on one assessment. */
  async decide(
    tx: Transaction,
    principal: Principal,
    id: string,
    command: AssessmentCommand,
    fits: (row: AssessmentRow) => Result<void>,
  ): Promise<Result<AssessmentRow>> {
    const seen = await this.store.find(tx, id);
    if (seen === null) return err(refusal('not-found'));
    await tx.lock('dataset', [seen.dataset]);
    const row = await this.store.find(tx, id);
    if (row === null || !maySee(principal, row.publisher)) return err(refusal('not-found'));
    const fit = fits(row);
    return fit.ok ? this.rule(tx, principal, row, command, true) : fit;
  }

  /** One act confirms every waiting assessment of a group; if one cannot be confirmed, none is. */
  async confirmGroup(
    tx: Transaction,
    principal: Principal,
    group: string,
    argument: { readonly reason?: string; readonly legalBasis?: string },
    fits: (rows: readonly AssessmentRow[]) => Result<void>,
  ): Promise<Result<readonly AssessmentRow[]>> {
    const seen = await this.store.openOfGroup(tx, group, GROUP_LIMIT);
    if (seen.length === 0) return err(refusal('unknown-group'));
    await tx.lock(
      'dataset',
      seen.map((row) => row.dataset),
    );
    const rows = (await this.store.openOfGroup(tx, group, GROUP_LIMIT)).filter(({ id }) =>
      seen.some((before) => before.id === id),
    );
    const fit = fits(rows);
    if (!fit.ok) return fit;
    const confirmed: AssessmentRow[] = [];
    for (const row of rows) {
      const outcome = await this.rule(tx, principal, row, { kind: 'confirm', ...argument });
      if (!outcome.ok) return outcome;
      confirmed.push(outcome.value);
    }
    return confirmed.length === 0 ? err(refusal('unknown-group')) : ok(confirmed);
  }

  /** One act gives several records one tier; if it cannot be given to one of them, none gets it, and that one is named. */
  async overrideAll(
    tx: Transaction,
    principal: Principal,
    ids: readonly string[],
    command: Extract<AssessmentCommand, { kind: 'override' }>,
  ): Promise<Result<readonly AssessmentRow[]>> {
    const seen = await this.store.findMany(tx, ids);
    await tx.lock('dataset', [...new Set(seen.map(({ dataset }) => dataset))]);
    const rows = new Map((await this.store.findMany(tx, ids)).map((row) => [row.id, row]));
    const overridden: AssessmentRow[] = [];
    for (const [at, id] of ids.entries()) {
      const row = rows.get(id);
      const visible = row !== undefined && maySee(principal, row.publisher) ? row : null;
      const outcome = visible === null ? err(refusal('not-found')) : await this.rule(tx, principal, visible, command);
      if (!outcome.ok) return err(namedAt(at, outcome.error));
      overridden.push(outcome.value);
    }
    return ok(overridden);
  }

  private async locked(
    tx: Transaction,
    principal: Principal,
    id: string,
  ): Promise<Result<{ record: DatasetRecord; current: AssessmentRow | undefined }>> {
    await tx.lock('dataset', [id]);
    const record = await this.datasets.find(tx, id);
    if (record === null || !maySee(principal, record.publisher)) return err(refusal('not-found'));
    const [current] = await this.store.current(tx, [id]);
    return ok({ record, current });
  }

  /** A run that lowers nothing: it explains the tier from now on, and takes effect where it is stricter. */
  private async raise(
    tx: Transaction,
    principal: Principal,
    record: DatasetRecord,
    run: Run,
    current: AssessmentRow | undefined,
    held: Held,
    proposal: TierProposal | null,
    id: string = this.ids.next(),
  ): Promise<Result<AssessmentRow>> {
    const row = {
      ...rowOf(id, run, held, current, tx.now),
      ...(proposal === null ? {} : { proposal: proposedBy(principal, proposal) }),
    };
    await this.judge.replace(tx, [record.id], new Map(current === undefined ? [] : [[record.id, current]]));
    await this.store.insert(tx, [row]);
    tx.append(entry('assessment.proposed', row, actorOf(principal), {}));
    await this.take(tx, actorOf(principal), record, row, held.tier, held.status);
    return ok(row);
  }

  /** A run or a wish milder than the tier in force: it waits, and changes nothing until an officer decides. */
  private async propose(
    tx: Transaction,
    principal: Principal,
    record: DatasetRecord,
    run: Run,
    proposal: TierProposal,
    id: string = this.ids.next(),
  ): Promise<Result<AssessmentRow>> {
    const held: Held = { tier: record.tier, status: 'pending-review', proposed: proposal.tier };
    const row: AssessmentRow = {
      ...rowOf(id, run, held, undefined, tx.now),
      current_key: null,
      proposal: proposedBy(principal, proposal),
    };
    await this.judge.replace(tx, [record.id], new Map());
    await this.store.insert(tx, [row]);
    tx.append(entry('assessment.proposed', row, actorOf(principal), {}));
    return ok(row);
  }

  /** `alone`: not one of many in one act, of which people are not told one by one. */
  private async rule(
    tx: Transaction,
    principal: Principal,
    row: AssessmentRow,
    command: AssessmentCommand,
    alone = false,
  ): Promise<Result<AssessmentRow>> {
    const record = await this.datasets.find(tx, row.dataset);
    if (record === null) return err(refusal('not-found'));
    const { objection, ...proposed } = row.proposal;
    const proposal = {
      ...proposed,
      tier: row.proposed_tier,
      ...(objection === undefined ? {} : { objector: objection.by }),
    };
    const actor = accountsOf(principal);
    const carrying = carries(row.evidence, { accounts: actor, name: principal.name });
    const situation = { state: row.state, proposal, inForce: record.tier, actor, carries: carrying };
    const ruling = decideAssessment(situation, command);
    if (!ruling.ok) return ruling;
    const { tier } = ruling.value;
    const lacks = alone && tier !== null && lacksCondition({ ...record, tier });
    const decided = await this.settle(tx, principal, row, ruling.value, lacks ? { lacks: 'condition' } : {});
    if (tier !== null) await this.take(tx, actorOf(principal), record, decided, tier, 'confirmed');
    return ok(decided);
  }

  private async settle(
    tx: Transaction,
    principal: Principal,
    row: AssessmentRow,
    ruling: Ruling,
    said: Readonly<Record<string, string>>,
  ): Promise<AssessmentRow> {
    const effective = ruling.tier !== null;
    const [current] = effective && row.current_key === null ? await this.store.current(tx, [row.dataset]) : [];
    if (current !== undefined) await this.store.update(tx, { ...current, current_key: null });
    const decided = await this.store.update(tx, {
      ...row,
      state: ruling.state,
      tier: ruling.tier ?? row.tier,
      open_key: null,
      current_key: effective ? row.dataset : row.current_key,
      decision: {
        by: principal.id,
        ...ruling,
        grounds: groundsOf(row.verdict),
        declared: row.verdict.declared,
        madeOn: row.id,
      },
      decided_at: tx.now,
    });
    const { state, tier, reason, legalBasis } = ruling;
    tx.append(entry(`assessment.${state}`, decided, actorOf(principal), { tier, reason, legalBasis, ...said }));
    return decided;
  }

  /** Gives the dataset its tier; an actual change of tier is an event of its own, in the same transaction. */
  private async take(
    tx: Transaction,
    actor: Actor,
    record: DatasetRecord,
    row: AssessmentRow,
    tier: Tier,
    status: DatasetRecord['tierStatus'],
  ): Promise<void> {
    const changed = atTier(record, tier, status, itemTiersAt(row.verdict, tier));
    await this.datasets.update(tx, tierNoted(record, changed, tx.now));
    tx.append({
      event: record.tier === tier ? 'dataset.changed' : 'dataset.reclassified',
      subject: { kind: 'dataset', id: record.id },
      actor,
      data: { from: record.tier, to: tier, status, assessment: row.id },
    });
  }
}

/** The refusal with the place of the record in the list that was sent. */
const namedAt = (at: number, refused: Refusal): Refusal => ({
  ...refused,
  errors: [
    ...(refused.errors ?? []),
    { pointer: `/assessments/${at}`, code: refused.code, detail: refused.detail ?? 'This one cannot be decided so.' },
  ],
});

/** Findings given by hand replace those of a file, and with them what else was said of it. */
function withoutContent(before: Evidence | null | undefined, submitted: Evidence): Evidence {
  const { content, ...rest } = before ?? {};
  return content === undefined || submitted.findings !== undefined ? rest : { ...rest, content };
}

const proposedBy = (
  principal: Principal,
  { reason, legalBasis, evidence, objection }: TierProposal,
): AssessmentRow['proposal'] => ({
  by: principal.id,
  reason: reason ?? null,
  legalBasis: legalBasis ?? null,
  ...(evidence === undefined ? {} : { evidence }),
  ...(objection === undefined ? {} : { objection }),
});

const entry = (event: string, row: AssessmentRow, actor: Actor, data: Record<string, unknown>) => ({
  event,
  subject: { kind: 'assessment', id: row.id },
  actor,
  data: { dataset: row.dataset, tier: row.tier, proposed: row.proposed_tier, replayHash: row.replay_hash, ...data },
});
