import { matchVersion, notFound } from '../http/index.js';
import type { Id, Ids } from '../kernel/ids.js';
import { type Actor, actorOf, type Principal } from '../kernel/principal.js';
import { type Refusal, refusal } from '../kernel/refusal.js';
import { err, ok, type Result } from '../kernel/result.js';
import type { Transaction } from '../persistence/index.js';
import type { AgreementStore } from './agreement-store.js';
import type { DatasetStore } from './dataset-store.js';
import { type ConditionKind, conditionFault } from './domain/conditions.js';
import { type DatasetRecord, LOCAL_PACK, LOCAL_SOURCE } from './domain/dataset.js';
import { factsOf, type Judgement } from './domain/facts.js';
import {
  type DatasetCommand,
  type DatasetContent,
  type DatasetEvent,
  dated,
  decide,
  evolve,
} from './domain/lifecycle.js';
import { sightOf, visibilityOf } from './domain/search/sight.js';
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

/** Content as a steward writes it; ids and tiers of distributions and tiers of items are given here. */
export type WrittenContent = Omit<DatasetContent, 'items' | 'distributions'> & {
  readonly items: readonly Omit<DatasetContent['items'][number], 'tier'>[];
  readonly distributions: readonly (Omit<DatasetContent['distributions'][number], 'id' | 'tier'> & {
    readonly id?: Id;
  })[];
};

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
    if (taken.some(({ source }) => source === LOCAL_SOURCE)) return err(refusal('identifier-taken'));
    const blank = blankRecord(id, identifier, publisher.id, tx.now);
    const content = this.complete(blank, written);
    const fault = await this.faultOf(tx, content);
    if (fault !== null) return err(fault);
    const record = dated({ ...blank, ...content });
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
    const command =
      'written' in given ? { kind: 'edit' as const, content: this.complete(before, given.written) } : given;
    const fault = command.kind === 'edit' ? await this.faultOf(tx, command.content) : null;
    if (fault !== null) return err(fault);
    const decided = decide(before, command, tx.now);
    return decided.ok ? this.apply(tx, principal, before, decided.value) : decided;
  }

  private async apply(
    tx: Transaction,
    principal: Principal,
    before: DatasetRecord,
    event: DatasetEvent,
  ): Promise<Result<DatasetRecord>> {
    const changed = evolve(before, event);
    const judged = event.event === 'dataset.changed' ? await this.judged(tx, changed) : ok(changed);
    if (!judged.ok) return judged;
    const stored = await this.deps.store.update(tx, judged.value);
    const data =
      'reason' in event ? { reason: event.reason } : 'content' in event ? { fields: Object.keys(event.content) } : {};
    this.tell(tx, event.event, stored, actorOf(principal), data);
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

  /** Ids for new distributions, tiers as strict as the record until the judge has spoken. */
  private complete(record: DatasetRecord, written: Partial<WrittenContent>): Partial<DatasetContent> {
    const { items, distributions, ...rest } = written;
    const tierOf = (name: string) => record.items.find((item) => item.name === name)?.tier ?? 'open';
    const known = new Map(record.distributions.map((one) => [one.id, one]));
    return {
      ...rest,
      ...(items && { items: items.map((item) => ({ ...item, tier: tierOf(item.name) })) }),
      ...(distributions && {
        distributions: distributions.map((one) => {
          const old = one.id === undefined ? undefined : known.get(one.id);
          return { ...one, id: old?.id ?? this.deps.ids.next(), tier: old?.tier ?? 'open' };
        }),
      }),
    };
  }

  private async faultOf(tx: Transaction, content: Partial<DatasetContent>): Promise<Refusal | null> {
    const names = content.items?.map(({ name }) => name) ?? [];
    const repeated = names.findIndex((name, at) => names.indexOf(name) !== at);
    if (repeated >= 0) {
      const detail = 'has the name of an item before it';
      return refusal('repeated-item', undefined, {
        errors: [{ pointer: `/items/${repeated}/name`, code: 'repeated', detail }],
      });
    }
    if (content.agreementTemplate && (await this.deps.agreements.current(tx, content.agreementTemplate)) === null)
      return refusal('unknown-agreement-template');
    if (content.conditions === undefined || content.conditions.length === 0) return null;
    return conditionFault(content.conditions, this.deps.kinds, await this.deps.publishers.applicantNames(tx));
  }
}

/** Its own stewards; for stopping and restarting at once also the supervisor. */
function mayCommand(principal: Principal, record: DatasetRecord, kind: DatasetCommand['kind']): boolean {
  if (principal.roles.includes('steward') && principal.organisation?.id === record.publisher) return true;
  return principal.roles.includes('supervisor') && (kind === 'suspend' || kind === 'restore');
}

/** Tells downstream that a tier has changed: live grants and open applications rest on it. */
export function tellReclassified(tx: Transaction, before: DatasetRecord, after: DatasetRecord, actor: Actor): void {
  if (before.tier === after.tier) return;
  tx.append({
    event: 'dataset.reclassified',
    subject: { kind: 'dataset', id: after.id },
    actor,
    data: { from: before.tier, to: after.tier, status: after.tierStatus, publisher: after.publisher },
  });
}

export const refusedByJudge = (judgement: Judgement): boolean => judgement.refused !== undefined;

function blankRecord(id: Id, identifier: string, publisher: Id, now: number): DatasetRecord {
  return {
    id,
    version: 1,
    identifier,
    source: LOCAL_SOURCE,
    publisher,
    title: {},
    abstract: {},
    keywords: [],
    field: null,
    declaredTier: null,
    tier: 'restricted',
    tierStatus: 'pending-review',
    securityLevel: null,
    sharingTier: 'unconditional',
    sharingCondition: null,
    legalBasis: null,
    items: [],
    distributions: [],
    deliveryKinds: [],
    conditions: [],
    agreementTemplate: null,
    updateFrequency: null,
    lastUpdated: null,
    nextUpdateDue: null,
    state: 'draft',
    notices: [],
    listedWhenRestricted: false,
    nationalRegistrationCode: null,
    pack: LOCAL_PACK,
    sourceFacts: { declaredCode: null, rights: null, licence: null, kept: {}, hash: null },
    createdAt: now,
    changedAt: now,
  };
}
