import { etagOf } from '../kernel/etag.js';
import type { Id } from '../kernel/ids.js';
import type { Principal } from '../kernel/principal.js';
import { dayOf, isoOf } from '../kernel/time.js';
import type { Reader } from '../persistence/index.js';
import { type DemandService, isParty } from './demand-service.js';
import type { StoredDemand } from './demand-store.js';
import { type Demand, termOf } from './domain/demand.js';

/** Demands as one caller sees them. Datasets are named as far as everyone may know of them. */
export async function demandViews(
  service: DemandService,
  reader: Reader,
  principal: Principal,
  listed: readonly StoredDemand[],
) {
  const { surroundings } = service.deps;
  const all = listed.map(({ demand }) => demand);
  const names = await surroundings.names(
    reader,
    distinct(all.map(({ dataset }) => dataset)),
    distinct(all.map(({ holder }) => holder)),
  );
  return listed.map(({ demand, version }) => {
    const party = isParty(principal, demand);
    return {
      id: demand.id,
      state: demand.state,
      title: demand.title,
      description: party ? demand.description : null,
      organisation: party ? demand.organisation : null,
      dataset: demand.dataset,
      datasetTitle: names.get(demand.dataset ?? '') ?? null,
      holder: demand.holder,
      holderName: names.get(demand.holder) ?? null,
      askedAt: isoOf(demand.askedAt),
      deadline: deadlineOf(service, demand, reader.now),
      answers: demand.answers.map((answer) => answerOf(service, answer)),
      allowedCommands: service.allowed(principal, demand),
      etag: etagOf(version),
    };
  });
}

function deadlineOf({ deps: { rules } }: DemandService, demand: Demand, now: number) {
  const { state, due } = demand;
  const { limit, source, verified } = termOf(rules, demand);
  return { due, workingDays: limit, source, verified, overdue: state === 'waiting' && dayOf(now) > due };
}

function answerOf({ deps: { rules } }: DemandService, { by: _by, at, ...answer }: Demand['answers'][number]) {
  const reasonText = answer.reason === null ? null : rules.refusals[answer.reason].text;
  return { ...answer, reasonText, at: isoOf(at) };
}

const distinct = (ids: readonly (Id | null)[]): Id[] => [...new Set(ids.filter((id) => id !== null))];
