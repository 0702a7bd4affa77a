import { matchVersion, notFound } from '../http/index.js';
import type { Id, Ids } from '../kernel/ids.js';
import { type Actor, actorOf, type Principal } from '../kernel/principal.js';
import { type Refusal, refusal } from '../kernel/refusal.js';
import { err, ok, type Result } from '../kernel/result.js';
import type { Transaction } from '../persistence/index.js';
import type { AgreementStore } from './agreement-store.js';
import { mayCommand } from './dataset-rights.js';
import type { DatasetStore } from './dataset-store.js';
import { type ConditionKind, conditionFault } from './domain/conditions.js';
import { blankRecord, completed, contentFault, type WrittenContent } from './domain/content.js';
import { type DatasetRecord, LOCAL_SOURCE } from './domain/dataset.js';
import { factsOf, type Judgement } from './domain/facts.js';
import { type DatasetCommand, type DatasetEvent, dated, decide, evolve, tierNoted } from './domain/lifecycle.js';
import { sightOf, visibilityOf } from './domain/search/sight.js';
import { tellRest } from './hold-service.js';
import type { PublisherPort } from './publisher-port.js';
import type { TierJudge } from './tier-judge.js';

export interface DatasetServiceDeps {
  readonly ids: Ids;
  readonly store: DatasetStore;
  readonly agreements: AgreementStore;
  readonly publishers: PublisherPort;
  readonly judge: TierJudge;
  readonly kinds: ReadonlyMap<string, ConditionKind>;
}

/** Stewards' acts on local and imported records: load, decide, judge, write, tell the log. */
export class DatasetService {
  constructor(private readonly deps: DatasetServiceDeps) {}

  async create(
    tx: Transaction,
    principal: Principal,
    identifier: string,
    written: WrittenContent,
  ): Promise<Result<DatasetRecord>> {
    const publisher = principal.organisation;
    if (publisher === null) return err(refusal('forbidden'));
    await tx.lock('organisation', [publisher.id], 'share');
    const id = this.deps.ids.next();
    const taken = await this.deps.store.byIdentifier(tx, publisher.id, identifier);
    if (taken.some(({ source }) => source === LOCAL_SOURCE)) return err(IDENTIFIER_TAKEN);
    const blank = blankRecord(id, identifier, publisher.id, tx.now);
    const fault = await this.faultOf(tx, blank, written);
    if (fault !== null) return err(fault);
    const record = dated({ ...blank, ...completed(blank, written, this.newId) });
    const judged = await this.judged(tx, record);
    if (!judged.ok) return judged;
    await this.deps.store.insert(tx, [judged.value]);
    this.tell(tx, 'dataset.created', judged.value, actorOf(principal), { tier: judged.value.tier });
    return judged;
  }

  async command(
    tx: Transaction,
    principal: Principal,
    id: Id,
    ifMatch: number | null,
    given: DatasetCommand | { readonly kind: 'edit'; readonly written: Partial<WrittenContent> },
  ): Promise<Result<DatasetRecord>> {
    await tx.lock('dataset', [id]);
    const before = await this.deps.store.find(tx, id);
    if (before === null || visibilityOf(before, sightOf(principal)) === 'none') return notFound();
    if (!mayCommand(principal, before, given.kind)) return err(refusal('forbidden', 'only its publisher may do this'));
    const matched = matchVersion(ifMatch, before.version);
    if (!matched.ok) return matched;
    const fault = 'written' in given ? await this.faultOf(tx, before, given.written) : null;
    if (fault !== null) return err(fault);
    const command: DatasetCommand =
      'written' in given ? { kind: 'edit', content: completed(before, given.written, this.newId) } : given;
    const decided = decide(before, command, tx.now);
    return decided.ok ? this.apply(tx, principal, before, decided.value) : decided;
  }

  private readonly newId = (): Id => this.deps.ids.next();

  private async apply(
    tx: Transaction,
    principal: Principal,
    before: DatasetRecord,
    event: DatasetEvent,
  ): Promise<Result<DatasetRecord>> {
    const changed = evolve(before, event);
    const judged = event.event === 'dataset.changed' ? await this.judged(tx, changed) : ok(changed);
    if (!judged.ok) return judged;
    const stored = await this.deps.store.update(tx, tierNoted(before, judged.value, tx.now));
    const data =
      'reason' in event
        ? { from: before.state, reason: event.reason }
        : 'content' in event
          ? { fields: Object.keys(event.content) }
          : {};
    this.tell(tx, event.event, stored, actorOf(principal), { ...data, ...stateWhileHeld(stored) });
    tellRest(tx, before, stored, actorOf(principal));
    tellReclassified(tx, before, stored, actorOf(principal));
    return ok(stored);
  }

  private async judged(tx: Transaction, record: DatasetRecord): Promise<Result<DatasetRecord>> {
    const [judgement] = await this.deps.judge.judge(tx, [factsOf(record)]);
    if (judgement === undefined) throw new Error('the judge gave no judgement');
    return judgement.refused === undefined
      ? ok(evolve(record, { event: 'dataset.judged', judgement }))
      : err(refusal('record-refused'));
  }

  private tell(tx: Transaction, event: string, record: DatasetRecord, actor: Actor, data: object): void {
    const { id, publisher, identifier, source } = record;
    tx.append({ event, subject: { kind: 'dataset', id }, actor, data: { publisher, identifier, source, ...data } });
  }

  private async faultOf(
    tx: Transaction,
    record: DatasetRecord,
    written: Partial<WrittenContent>,
  ): Promise<Refusal | null> {
    const fault = contentFault(record, written);
    if (fault !== null) return fault;
    const { agreementTemplate, conditions = [] } = written;
    if (agreementTemplate && (await this.deps.agreements.current(tx, agreementTemplate)) === null)
      return refusal('unknown-agreement-template');
    if (conditions.length === 0) return null;
    return conditionFault(conditions, this.deps.kinds, await this.deps.publishers.applicantNames(tx));
  }
}

const IDENTIFIER_TAKEN = refusal('identifier-taken', undefined, {
  errors: [{ pointer: '/identifier', code: 'taken', detail: 'belongs to another dataset of the body' }],
});

/** What is restored or listed while something holds it is not served; whoever follows the record is told. */
const stateWhileHeld = ({ held, state }: DatasetRecord): { readonly state?: DatasetRecord['state'] } =>
  held === undefined ? {} : { state };

/** Tells downstream that a tier has changed, of opening or of sharing: live grants and open applications rest on it. */
export function tellReclassified(tx: Transaction, before: DatasetRecord, after: DatasetRecord, actor: Actor): void {
  const subject = { kind: 'dataset', id: after.id };
  const { sharingTier: to, publisher } = after;
  if (before.sharingTier !== to)
    tx.append({ event: 'dataset.sharing-changed', subject, actor, data: { from: before.sharingTier, to, publisher } });
  if (before.tier === after.tier) return;
  tx.append({
    event: 'dataset.reclassified',
    subject,
    actor,
    data: { from: before.tier, to: after.tier, status: after.tierStatus, publisher: after.publisher },
  });
}

export const refusedByJudge = (judgement: Judgement): boolean => judgement.refused !== undefined;
