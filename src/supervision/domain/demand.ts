import type { Id } from '../../kernel/ids.js';
import { type Refusal, refusal } from '../../kernel/refusal.js';
import { err, ok, type Result } from '../../kernel/result.js';
import type { Role } from '../../kernel/roles.js';
import type { Text } from '../../kernel/text.js';
import { type Day, dayOf, type Instant } from '../../kernel/time.js';

/** `planned` is an answer that may still lead on; the other three are final. */
export const DEMAND_STATES = ['waiting', 'planned', 'refused', 'there', 'opened'] as const;
export type DemandState = (typeof DEMAND_STATES)[number];
export const DEMAND_OUTCOMES = ['planned', 'refused', 'there', 'opened'] as const;
export type DemandOutcome = (typeof DEMAND_OUTCOMES)[number];

export const DEMAND_REFUSALS = [
  'personal-information',
  'secrets',
  'forbidden-by-law',
  'not-held',
  'not-digital',
  'unclear',
  'other',
] as const;
export type DemandRefusal = (typeof DEMAND_REFUSALS)[number];

/** Working days for the answer, and where the number is from. */
export interface DemandTerm {
  readonly limit: number;
  readonly source: Text;
  readonly verified: boolean;
}

/** `policies/demands.yaml`. */
export interface DemandRules extends DemandTerm {
  /** For what a public body asks for that is in no catalogue; left out: as for everyone. */
  readonly uncatalogued?: DemandTerm;
  /** Waiting demands of visitors that are taken in one day, in all. */
  readonly visitors: number;
  readonly refusals: Readonly<Record<DemandRefusal, { readonly text: Text }>>;
}

/** What is asked for, by whom, of whom. */
export interface Asked {
  readonly title: string;
  readonly description: string;
  /** The dataset that is not open; null for data that is not listed. */
  readonly dataset: Id | null;
  readonly holder: Id;
  /** Null for a visitor who did not sign in. */
  readonly person: Id | null;
  readonly organisation: Id | null;
  /** A public body asks; absent otherwise. */
  readonly body?: true;
  /** The last day for the answer. */
  readonly due: Day;
}

export interface Answer {
  readonly outcome: DemandOutcome;
  readonly text: string;
  readonly reason: DemandRefusal | null;
  /** Where the data is. */
  readonly dataset: Id | null;
  /** By when it is planned. */
  readonly plannedBy: Day | null;
}

export interface Demand extends Asked {
  readonly id: Id;
  readonly state: DemandState;
  readonly askedAt: Instant;
  readonly answers: readonly (Answer & { readonly by: Id; readonly at: Instant })[];
  /** That the due day passed without an answer was told. */
  readonly overdueTold: boolean;
}

interface Data {
  readonly 'demand.made': Asked;
  readonly 'demand.answered': Answer & { readonly by: Id };
  /** The due day passed. */
  readonly 'demand.overdue': { readonly due: Day };
}
export type DemandEvent = {
  [Name in keyof Data]: { readonly event: Name; readonly at: Instant; readonly data: Data[Name] };
}[keyof Data];
export const demandEvent = <Name extends keyof Data>(event: Name, at: Instant, data: Data[Name]): DemandEvent =>
  ({ event, at, data }) as DemandEvent;

/** The demand after an event. Only `demand.made` makes one. */
export function evolve(id: Id, before: Demand | null, event: DemandEvent): Demand {
  const { at } = event;
  if (event.event === 'demand.made')
    return { id, ...event.data, state: 'waiting', askedAt: at, answers: [], overdueTold: false };
  if (before === null) throw new Error(`${event.event} without a demand`);
  switch (event.event) {
    case 'demand.answered':
      return { ...before, state: event.data.outcome, answers: [...before.answers, { ...event.data, at }] };
    case 'demand.overdue':
      return { ...before, overdueTold: true };
    default:
      return event satisfies never;
  }
}

/** The time a demand is to be answered in. */
export const termOf = (rules: DemandRules, { body, dataset }: Pick<Asked, 'body' | 'dataset'>): DemandTerm =>
  body === true && dataset === null ? (rules.uncatalogued ?? rules) : rules;

/** Who asks or answers. */
export interface DemandCaller {
  readonly person: Id;
  readonly organisation: Id | null;
  readonly roles: readonly Role[];
}

/** Answered by the holder's steward, while it waits or is planned. */
export function answerBar(demand: Demand, { organisation, roles }: DemandCaller): Refusal | null {
  if (!roles.includes('steward') || organisation !== demand.holder) return refusal('forbidden');
  if (demand.state === 'waiting' || demand.state === 'planned') return null;
  return refusal('demand-state', `The demand is ${demand.state}; it was answered.`);
}

/** The answer, with what its outcome needs and nothing else. `open` says whether the dataset it names can be used. */
export function answered(
  demand: Demand,
  caller: DemandCaller,
  answer: Answer,
  now: Instant,
  open: boolean,
): Result<DemandEvent> {
  const stopped = answerBar(demand, caller) ?? faultOf(demand, answer, dayOf(now), open);
  return stopped === null ? ok(demandEvent('demand.answered', now, { ...answer, by: caller.person })) : err(stopped);
}

const incomplete = (pointer: string, detail: string): Refusal =>
  refusal('answer-incomplete', detail, { errors: [{ code: 'answer-incomplete', pointer, detail }] });

function faultOf(demand: Demand, answer: Answer, today: Day, open: boolean): Refusal | null {
  const { outcome, reason, dataset, plannedBy } = answer;
  if (outcome === 'planned' && demand.state === 'planned') return incomplete('/outcome', 'It is planned already.');
  if ((outcome === 'refused') !== (reason !== null))
    return incomplete('/reason', 'A refusal, and nothing else, has a coded reason.');
  const links = outcome === 'there' || outcome === 'opened';
  if (links !== (dataset !== null))
    return incomplete('/dataset', 'Data that is there or was opened, and nothing else, has a link.');
  if (links && !open) return incomplete('/dataset', 'The dataset is not listed as open or conditionally open.');
  if (plannedBy !== null && (outcome !== 'planned' || plannedBy < today))
    return incomplete('/plannedBy', 'Only a plan has a day, from today on.');
  return null;
}

/** The due day passed without an answer: told once; null where it is not so. */
export function overdue({ state, due, overdueTold }: Demand, now: Instant): DemandEvent | null {
  return state === 'waiting' && !overdueTold && dayOf(now) > due ? demandEvent('demand.overdue', now, { due }) : null;
}
