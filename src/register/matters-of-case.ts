import {
  type Application,
  type ApplicationEvent,
  type Calendar,
  countedBetween,
  countedDays,
  type Deadline,
  fold,
  isOverdue,
} from '../applications/index.js';
import type { Field } from '../kernel/fields.js';
import type { Id } from '../kernel/ids.js';
import type { OrganisationKind } from '../kernel/principal.js';
import { type Day, dayOf } from '../kernel/time.js';
import type { Appeal, Judges, Matter, MatterProceeding, StepDays } from './domain/matter.js';
import type { Ruling } from '../kernel/ruling.js';

/** What the events of a case do not say. */
export interface CaseSurroundings {
  readonly calendar: Calendar;
  readonly applicantKind: OrganisationKind;
  fieldOf(dataset: Id): Field | null;
}

const RULES = ['application.approved', 'application.partly-approved', 'application.refused'];
const ENDS = ['application.withdrawn', 'application.abandoned', 'application.closed'];

/** A round of a case: from its submission, or from the reopening of its refusal, up to what ended it. */
interface Round {
  readonly events: readonly ApplicationEvent[];
  /** The case after the last event that belongs to the round. */
  readonly state: Application;
}

/** Events up to and including the ruling of each round; those of the last round are all that are left. */
function roundsOf(id: Id, events: readonly ApplicationEvent[]): Round[] {
  const rounds: Round[] = [];
  let from = 0;
  events.forEach((event, at) => {
    if (event.event !== 'application.appeal-decided' || event.data.outcome !== 'reopened') return;
    rounds.push(roundUpTo(id, events, from, at));
    from = at + 1;
  });
  return [...rounds, roundUpTo(id, events, from, events.length)];
}

function roundUpTo(id: Id, events: readonly ApplicationEvent[], from: number, to: number): Round {
  const own = events.slice(from, to);
  const last = own.findLastIndex(({ event }) => RULES.includes(event) || ENDS.includes(event));
  return { events: own, state: fold(id, last < 0 ? events.slice(0, to) : events.slice(0, from + last + 1)) };
}

const dayOfEvent = (events: readonly ApplicationEvent[], names: readonly string[]): Day | null => {
  const found = events.find(({ event }) => names.includes(event));
  return found === undefined ? null : dayOf(found.at);
};

/** The clocks of the body in this round: acceptance runs in the first one only, each round has a decision of its own. */
function clocksOf(
  { deadlines }: Application,
  round: number,
): { acceptance: Deadline | null; decision: Deadline | null } {
  const acceptance = round === 1 ? (deadlines.find(({ kind }) => kind === 'acceptance') ?? null) : null;
  return { acceptance, decision: deadlines.filter(({ kind }) => kind === 'decision').at(round - 1) ?? null };
}

function stepsOf({ events, state }: Round, round: number, calendar: Calendar, ruledOn: Day): StepDays {
  const { acceptance, decision } = clocksOf(state, round);
  const advisedOn = dayOfEvent(events, ['application.advised']);
  const counted = (after: Day | undefined, upTo: Day): number | null =>
    decision === null || after === undefined ? null : countedBetween(decision, calendar, after, upTo);
  return {
    acceptance: acceptance === null ? null : countedDays(acceptance, calendar, ruledOn),
    holder: advisedOn === null ? null : counted(decision?.start, advisedOn),
    authority: counted(advisedOn ?? decision?.start, ruledOn),
  };
}

function appealOf(events: readonly ApplicationEvent[], reopening: ApplicationEvent | undefined): Appeal | null {
  const asked = events.find(({ event }) => event === 'application.appealed');
  if (asked === undefined) return null;
  const decided =
    events.find((one) => one.event === 'application.appeal-decided') ??
    (reopening?.event === 'application.appeal-decided' ? reopening : undefined);
  const outcome = decided?.event === 'application.appeal-decided' ? decided.data.outcome : null;
  return { askedOn: dayOf(asked.at), outcome, decidedOn: decided === undefined ? null : dayOf(decided.at) };
}

/** Those filed against the ruling of a round; one may end after a later round has begun. */
function proceedingsOf({ events: own }: Round, all: readonly ApplicationEvent[]): MatterProceeding[] {
  return own.flatMap((recorded): MatterProceeding[] => {
    if (recorded.event !== 'application.proceeding-recorded') return [];
    const { kind } = recorded.data;
    const ended = all
      .slice(all.indexOf(recorded))
      .find((one) => one.event === 'application.proceeding-ended' && one.data.kind === kind);
    const recordedOn = dayOf(recorded.at);
    return ended?.event === 'application.proceeding-ended'
      ? [{ kind, recordedOn, outcome: ended.data.outcome, endedOn: dayOf(ended.at) }]
      : [{ kind, recordedOn, outcome: null, endedOn: null }];
  });
}

const overdueOf = (events: readonly ApplicationEvent[]): Day | null => {
  const told = events.find((one) => one.event === 'application.overdue' && one.data.kind !== 'correction');
  return told === undefined ? null : dayOf(told.at);
};

/** Everything of a round that is the same for all its datasets. */
function common(round: Round, number: number, reopening: ApplicationEvent | undefined, around: CaseSurroundings) {
  const { state, events } = round;
  const ruledOn = dayOfEvent(events, RULES);
  const clocks = Object.values(clocksOf(state, number)).filter((clock) => clock !== null);
  const counted = (of: (clock: Deadline) => number): number => clocks.reduce((sum, clock) => sum + of(clock), 0);
  const days = (day: Day): number => counted((clock) => countedDays(clock, around.calendar, day));
  return {
    application: state.id,
    ...(state.kind === undefined ? {} : { kind: state.kind }),
    round: number,
    applicant: state.applicant,
    applicantKind: around.applicantKind,
    holder: state.holder,
    purpose: state.request.purpose.category,
    submittedOn: dayOf(state.submittedAt ?? state.createdAt),
    ruledOn,
    endedOn: ruledOn ?? dayOfEvent(events, ENDS),
    overdueOn: overdueOf(events),
    reasons: ruledOn === null ? [] : state.reasons.map(({ code }) => code),
    steps: ruledOn === null ? NO_STEPS : stepsOf(round, number, around.calendar, ruledOn),
    days: ruledOn === null ? null : days(ruledOn),
    limit: ruledOn === null ? null : counted(({ limit }) => limit),
    late: ruledOn !== null && clocks.some((clock) => isOverdue(clock, ruledOn)),
    appeal: appealOf(events, reopening),
    ...(ruledOn === null ? {} : { judges: judgesOf(events) }),
  };
}

const ADVICE = { approve: 'approved', 'approve-in-part': 'approved-in-part', refuse: 'refused' } as const;

/** Who advised last and who ruled in a round. */
function judgesOf(events: readonly ApplicationEvent[]): Judges {
  const advised = events.findLast((one) => one.event === 'application.advised');
  const ruled = events.find(({ event }) => RULES.includes(event));
  return {
    advised:
      advised?.event === 'application.advised' && advised.by !== 'system'
        ? { by: advised.by, ruling: ADVICE[advised.data.recommendation] }
        : null,
    ruledBy: ruled === undefined || ruled.by === 'system' ? null : ruled.by,
  };
}

const NO_STEPS: StepDays = { acceptance: null, holder: null, authority: null };

/** How a round ended for one dataset; one that was left out of an approval has a reason of its own. */
function endOf({ outcomes }: Application, dataset: Id): { ruling: Ruling | null; reasons?: readonly string[] } {
  const outcome = outcomes.find((one) => one.dataset === dataset);
  const reasons = outcome?.reason === undefined ? {} : { reasons: [outcome.reason.code] };
  return { ruling: outcome?.ruling ?? null, ...reasons };
}

/** What is counted of a case, from its events: one matter for each dataset and round; none before it is submitted. */
export function mattersOf(id: Id, events: readonly ApplicationEvent[], around: CaseSurroundings): Matter[] {
  if (!events.some(({ event }) => event === 'application.submitted')) return [];
  const reopenings = events.filter(
    (one) => one.event === 'application.appeal-decided' && one.data.outcome === 'reopened',
  );
  return roundsOf(id, events).flatMap((round, at) => {
    const shared = common(round, at + 1, reopenings[at], around);
    const proceedings = proceedingsOf(round, events);
    return round.state.request.datasets.map(({ dataset }) => ({
      ...shared,
      dataset,
      field: around.fieldOf(dataset),
      tier: round.state.tiers[dataset] ?? null,
      ...(proceedings.length === 0 ? {} : { proceedings }),
      ...(shared.ruledOn === null ? { ruling: null } : endOf(round.state, dataset)),
    }));
  });
}
