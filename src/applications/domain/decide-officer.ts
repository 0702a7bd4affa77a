import { type Refusal, refusal } from '../../kernel/refusal.js';
import { err, type Result } from '../../kernel/result.js';
import { dayOf } from '../../kernel/time.js';
import type { AgreementVersion, Application, Outcome } from './application.js';
import { end, pause, pausesOf, start } from './deadlines.js';
import type { ApplicationEvent, RulingData } from './events.js';
import { endAll } from './evolve.js';
import type { Facts, Rules, Seat } from './facts.js';
import { free, type Handler, type Handlers, told } from './handler.js';
import { outcomesOf, rulingBar, termsOf } from './rulings.js';
import { deskAt, exclusionOf, isApplicantView } from './separation.js';
import { stageNow } from './workflow.js';

const requestCorrection: Handler<'request-correction'> = {
  bar: ({ clock }, state) =>
    pausesOf(state.deadlines, 'correction') < clock.table.pauses.correction.max
      ? null
      : refusal('correction-spent', 'Correction was asked for before; all defects are named at once.'),
  decide: ({ clock }, state, { defects }, facts) => {
    const today = dayOf(facts.now);
    const deadlines = [...pause(clock, state.deadlines, 'correction', today), start(clock, 'correction', today)];
    return told(facts, 'application.correction-requested', { stage: stageNow(state), defects, deadlines });
  },
};

const accept: Handler<'accept'> = {
  bar: free,
  decide: ({ clock }, state, _body, facts) => {
    const today = dayOf(facts.now);
    const ended = end(state.deadlines, ['acceptance'], today);
    const runs = ended.some(({ kind, ended: on }) => kind === 'decision' && on === null);
    const deadlines = runs ? ended : [...ended, start(clock, 'decision', today)];
    return told(facts, 'application.accepted', { stage: stageNow(state), deadlines });
  },
};

const claim: Handler<'claim'> = {
  bar: (_rules, state, { caller }) =>
    state.assignee === caller.id ? refusal('already-claimed', 'You have claimed the case already.') : null,
  decide: (_rules, state, _body, facts) => told(facts, 'application.claimed', { stage: stageNow(state) }),
};

const unclaimed = (state: Application, { caller }: Facts): Refusal | null =>
  state.assignee === caller.id ? null : refusal('not-claimed', 'Claim the case first.');

const release: Handler<'release'> = {
  bar: (_rules, state, facts) => unclaimed(state, facts),
  decide: (_rules, state, _body, facts) => told(facts, 'application.released', { stage: stageNow(state) }),
};

/** Who else may take the case at its stage. */
export function successors(rules: Rules, state: Application, facts: Facts): readonly Seat[] {
  const stage = stageNow(state);
  const { seats } = deskAt(rules, state, stage, facts);
  return seats.filter((seat) => seat.person !== state.assignee && exclusionOf(state, stage, seat, facts) === null);
}

const reassign: Handler<'reassign'> = {
  bar: (rules, state, facts) =>
    unclaimed(state, facts) ??
    (successors(rules, state, facts).length > 0 ? null : refusal('no-successor', 'Nobody else may take the case.')),
  decide: (rules, state, { to }, facts) => {
    if (!successors(rules, state, facts).some(({ person }) => person === to)) {
      const detail = 'This person may not take the case.';
      return err(refusal('no-successor', detail, { errors: [{ pointer: '/to', code: 'no-successor', detail }] }));
    }
    return told(facts, 'application.reassigned', { stage: stageNow(state), to });
  },
};

const declareConflict: Handler<'declare-conflict'> = {
  bar: (_rules, state, { caller }) =>
    state.conflicts.includes(caller.id) ? refusal('declared-conflict', 'You have declared a conflict already.') : null,
  decide: (_rules, _state, { text }, facts) => told(facts, 'application.conflict-declared', { text }),
};

const ask: Handler<'ask'> = {
  bar: free,
  decide: (_rules, state, { text }, facts) =>
    told(facts, 'application.asked', { stage: stageNow(state), question: state.questions.length + 1, text }),
};

const remark: Handler<'remark'> = {
  bar: free,
  decide: (_rules, state, body, facts) => {
    if (body.private && isApplicantView(state, facts)) {
      const detail = 'A remark of the applicant is read by the officers.';
      return err(
        refusal('private-remark', detail, { errors: [{ pointer: '/private', code: 'private-remark', detail }] }),
      );
    }
    return told(facts, 'application.remarked', body);
  },
};

const advise: Handler<'advise'> = {
  bar: (_rules, state, facts) => unclaimed(state, facts),
  decide: (_rules, state, body, facts) =>
    told(facts, 'application.advised', { stage: stageNow(state), ...body, next: 'authority' }),
};

function approvalBars(state: Application, facts: Facts): Refusal | null {
  if (!facts.applicant.active) return refusal('applicant-suspended', 'The applicant’s organisation is suspended.');
  if (facts.agreement === null) return refusal('agreement-missing', 'The holder has published no agreement to sign.');
  if (state.request.period.to < dayOf(facts.now))
    return refusal('period-over', `The period ended on ${state.request.period.to}.`);
  const bars = state.request.datasets.map((asked) => rulingBar(state, asked, facts));
  return bars.some((one) => one === null) ? null : (bars[0] ?? null);
}

/** What a ruling carries on to grants. */
export function rulingOf(
  state: Application,
  agreement: AgreementVersion,
  outcomes: readonly Outcome[],
  facts: Facts,
): RulingData {
  const { applicant, holder, kind, number, request } = state;
  const { purpose, delivery, period, members } = request;
  return {
    ...(kind === undefined ? {} : { kind }),
    applicant,
    holder,
    number,
    purpose: purpose.category,
    scenario: purpose.scenario,
    delivery,
    period,
    members,
    outcomes,
    datasets: outcomes
      .filter((one) => one.ruling !== 'refused')
      .map((outcome) => ({ ...outcome, terms: termsOf(state, outcome, facts) })),
    agreement,
    deadlines: endAll(state, facts.now),
    ...(state.succeeds === undefined ? {} : { succeeds: state.succeeds }),
  };
}

/** Anything narrower than asked is an approval in part. */
function approval(
  state: Application,
  outcomes: readonly Outcome[],
  reason: string | undefined,
  facts: Facts,
): Result<readonly ApplicationEvent[]> {
  if (facts.agreement === null) return err(refusal('agreement-missing'));
  const whole = outcomes.every((outcome) => outcome.ruling === 'approved');
  const data = { ...rulingOf(state, facts.agreement, outcomes, facts), ...(reason === undefined ? {} : { reason }) };
  return told(facts, whole ? 'application.approved' : 'application.partly-approved', {
    ...data,
    stage: stageNow(state),
  });
}

const approve: Handler<'approve'> = {
  bar: (_rules, state, facts) => approvalBars(state, facts),
  decide: (_rules, state, { datasets, leftOut, reason }, facts) => {
    const outcomes = outcomesOf(state, datasets, facts, leftOut);
    return outcomes.ok ? approval(state, outcomes.value, reason, facts) : outcomes;
  },
};

const refuse: Handler<'refuse'> = {
  bar: free,
  decide: (_rules, state, { reasons }, facts) =>
    told(facts, 'application.refused', { stage: stageNow(state), reasons, deadlines: endAll(state, facts.now) }),
};

const close: Handler<'close'> = {
  bar: free,
  decide: (_rules, state, { reason }, facts) =>
    told(facts, 'application.closed', { reason, deadlines: endAll(state, facts.now) }),
};

export const officerHandlers = {
  'request-correction': requestCorrection,
  accept,
  claim,
  release,
  reassign,
  'declare-conflict': declareConflict,
  ask,
  remark,
  advise,
  approve,
  refuse,
  close,
} satisfies Partial<Handlers>;
