import { staleEtag } from '../kernel/etag.js';
import type { Id, Ids } from '../kernel/ids.js';
import { type Actor, actorOf, type Principal, SYSTEM } from '../kernel/principal.js';
import { type Refusal, refusal } from '../kernel/refusal.js';
import { err, ok, type Result } from '../kernel/result.js';
import { addDays, dayOf, startOfDay } from '../kernel/time.js';
import type { Reader, Transaction, UnitOfWork } from '../persistence/index.js';
import type { DemandSight, DemandStore, StoredDemand } from './demand-store.js';
import {
  type Answer,
  answerBar,
  answered,
  type Demand,
  demandEvent,
  type DemandEvent,
  type DemandRules,
  evolve,
  overdue,
  termOf,
} from './domain/demand.js';
import { sightOf } from './sight.js';
import type { SupervisionSurroundings, WorkingDays } from './supervision-ports.js';

/** A demand as somebody makes it: for a dataset that is not open, or of a body for data that is not listed. */
export interface DemandRequest {
  readonly dataset: Id | null;
  readonly holder: Id | null;
  readonly title: string;
  readonly description: string;
}

export interface DemandDeps {
  readonly rules: DemandRules;
  readonly calendar: WorkingDays;
  readonly store: DemandStore;
  readonly ids: Ids;
  readonly surroundings: SupervisionSurroundings;
}

const CHUNK = 100;
const DAY_SECONDS = 86_400;

/** Demands for data that is not listed or not open: made by anyone, answered by the holder's steward within a time. */
export class DemandService {
  constructor(readonly deps: DemandDeps) {}

  async make(tx: Transaction, principal: Principal, request: DemandRequest): Promise<Result<StoredDemand>> {
    const visitor = principal.kind === 'anonymous';
    const { rules, calendar, ids, store } = this.deps;
    const target = await this.targetOf(tx, principal, request);
    if (!target.ok) return target;
    const today = dayOf(tx.now);
    if (visitor && (await store.ofVisitors(tx, startOfDay(today))) >= rules.visitors) return err(tooMany(tx.now));
    const body = principal.organisation?.kind === 'public-body' ? ({ body: true } as const) : {};
    const event = demandEvent('demand.made', tx.now, {
      title: request.title,
      description: request.description,
      ...target.value,
      person: visitor ? null : principal.id,
      organisation: principal.organisation?.id ?? null,
      ...body,
      due: calendar.after(today, termOf(rules, { ...target.value, ...body }).limit),
    });
    const demand = evolve(ids.next(), null, event);
    await store.insert(tx, demand);
    tell(tx, demand, event, actorOf(principal));
    return ok({ demand, version: 1 });
  }

  async answer(
    tx: Transaction,
    principal: Principal,
    id: Id,
    ifMatch: number | null,
    answer: Answer,
  ): Promise<Result<StoredDemand>> {
    const before = await this.deps.store.find(tx, id);
    if (before === null || !seesDemand(principal, before.demand)) return err(refusal('not-found'));
    await tx.lock('demand', [id]);
    const stored = await this.deps.store.find(tx, id);
    if (stored === null) return err(refusal('not-found'));
    if (ifMatch !== null && ifMatch !== stored.version) return err(staleEtag(stored.version));
    const there = answer.dataset === null ? null : await this.deps.surroundings.openness(tx, answer.dataset);
    const event = answered(stored.demand, callerOf(principal), answer, tx.now, there?.standing === 'open');
    return event.ok ? ok(await this.write(tx, stored, event.value, actorOf(principal))) : event;
  }

  /** Tells once of each demand whose due day has passed. Returns how many. */
  async letTimeAct(unit: UnitOfWork): Promise<number> {
    for (let total = 0; ; ) {
      const done = await unit.run(async (tx) => ok(await this.tellOverdue(tx)));
      if (!done.ok) throw new Error(`time was refused: ${done.error.code}`);
      total += done.value;
      if (done.value === 0) return total;
    }
  }

  allowed = (principal: Principal, demand: Demand): string[] =>
    answerBar(demand, callerOf(principal)) === null ? ['answer'] : [];

  private async tellOverdue(tx: Transaction): Promise<number> {
    const due = [...(await this.deps.store.due(tx, dayOf(tx.now), CHUNK))].sort();
    await tx.lock('demand', due);
    let told = 0;
    for (const id of due) {
      const stored = await this.deps.store.find(tx, id);
      const event = stored === null ? null : overdue(stored.demand, tx.now);
      if (stored === null || event === null) continue;
      await this.write(tx, stored, event, SYSTEM);
      told += 1;
    }
    return told;
  }

  private async write(tx: Transaction, before: StoredDemand, event: DemandEvent, actor: Actor): Promise<StoredDemand> {
    const after = await this.deps.store.update(tx, before, evolve(before.demand.id, before.demand, event));
    tell(tx, after.demand, event, actor);
    return after;
  }

  /** Of whom the data is asked; a dataset that the caller cannot see does not exist for them. */
  private async targetOf(
    reader: Reader,
    principal: Principal,
    { dataset, holder }: DemandRequest,
  ): Promise<Result<{ dataset: Id | null; holder: Id }>> {
    const own = principal.organisation?.id ?? null;
    if (dataset !== null) {
      const found = await this.deps.surroundings.openness(reader, dataset);
      if (found === null || found.standing === 'hidden')
        return fault('unknown-dataset', '/dataset', 'There is no such dataset.');
      if (found.holder === own) return fault('own-data', '/dataset', 'Your organisation holds this data itself.');
      if (found.standing === 'closed') return ok({ dataset, holder: found.holder });
      const link = `/api/datasets/${dataset}`;
      return err(refusal('data-is-there', `It can be used: ${link}`, { extra: { link } }));
    }
    if (holder === null || !(await this.deps.surroundings.isHolder(reader, holder)))
      return fault('unknown-organisation', '/holder', 'There is no public body of this id.');
    return holder === own
      ? fault('own-data', '/holder', 'Your organisation holds its data itself.')
      : ok({ dataset: null, holder });
  }
}

const callerOf = ({ id, organisation, roles }: Principal) => ({
  person: id,
  organisation: organisation?.id ?? null,
  roles,
});

/** Everyone sees what was answered; before that, who asked, who is asked, and those who oversee. */
export const demandSightOf = (principal: Principal): DemandSight =>
  sightOf(principal)?.everything === true
    ? { everything: true }
    : { everything: false, organisation: principal.organisation?.id ?? null };

/** Whether the caller stands close to it: its words and who asked are for them only. */
export function isParty(principal: Principal, { organisation, holder }: Demand): boolean {
  const own = principal.organisation?.id;
  return sightOf(principal)?.everything === true || (own !== undefined && (own === organisation || own === holder));
}

export const seesDemand = (principal: Principal, demand: Demand): boolean =>
  demand.state !== 'waiting' || isParty(principal, demand);

const tooMany = (now: number): Refusal => {
  const midnight = startOfDay(addDays(dayOf(now), 1));
  const retryAfterSeconds = Math.min(DAY_SECONDS, Math.ceil((midnight - now) / 1000));
  return refusal('too-many-demands', undefined, { retryAfterSeconds });
};

const fault = (code: 'unknown-dataset' | 'unknown-organisation' | 'own-data', pointer: string, detail: string) =>
  err(refusal(code, detail, { errors: [{ code, pointer, detail }] }));

function tell(tx: Transaction, { id, holder, dataset }: Demand, { event, data }: DemandEvent, actor: Actor): void {
  tx.append({ event, subject: { kind: 'demand', id }, actor, data: { holder, dataset, ...data } });
}
