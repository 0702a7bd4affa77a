import { type Overturning, overturnedBy, PROCEEDING_KINDS, type ProceedingKind } from '../../kernel/proceeding.js';
import { type Refusal, refusal } from '../../kernel/refusal.js';
import { err, type Result } from '../../kernel/result.js';
import { type Day, dayOf } from '../../kernel/time.js';
import type { Application, Proceeding } from './application.js';
import type { Facts, Rules } from './facts.js';
import { type Handler, type Handlers, told } from './handler.js';
import { exclusionOf, seatOf } from './separation.js';

/** The proceeding of a kind that has not ended; there is one at a time. */
const openOf = ({ proceedings = [] }: Application, kind: ProceedingKind): Proceeding | undefined =>
  proceedings.find((one) => one.kind === kind && one.ended === null);

/** How a proceeding ended that leaves nothing of the refusal that stands; null where none did. */
export function overturned({ state, proceedings = [] }: Application): Overturning | null {
  if (state !== 'refused') return null;
  return overturnedBy(proceedings.flatMap(({ ended, earlier }) => (earlier || ended === null ? [] : [ended])));
}

/** The day of the ruling that stands: its clock ended then, and what has none was ruled on at once. Null without one. */
function ruledOn({ outcomes, deadlines, submittedAt, createdAt }: Application): Day | null {
  if (outcomes.length === 0) return null;
  const clock = deadlines.filter(({ kind }) => kind === 'decision').at(-1);
  return clock?.ended ?? dayOf(submittedAt ?? createdAt);
}

/**
 * Nothing is ruled by it, so that whoever ruled may record it; nobody of the applicant's side may, and nobody who
 * declared a conflict.
 */
function recorderBar(rules: Rules, state: Application, facts: Facts): Refusal | null {
  const seat = seatOf(rules, state, 'authority', facts, facts.caller.id);
  if (seat === undefined) return refusal('command-not-yours', 'The authority records it; you have no post there.');
  const why = exclusionOf(state, 'authority', seat, facts);
  return why === null || why === 'same-person-twice' ? null : refusal(why);
}

/** A day between the one before which nothing can have happened and today. */
function dayFault(pointer: '/filedOn' | '/on', day: Day, from: Day, facts: Facts): Refusal | null {
  const today = dayOf(facts.now);
  if (day >= from && day <= today) return null;
  const code = 'proceeding-day';
  const detail = `It lies between ${from} and ${today}.`;
  return refusal(code, detail, { errors: [{ pointer, code, detail }] });
}

function kindFault(code: 'proceeding-open' | 'no-open-proceeding', kind: ProceedingKind): Result<never> {
  const detail = code === 'proceeding-open' ? `A ${kind} is open.` : `No ${kind} is open.`;
  return err(refusal(code, detail, { errors: [{ pointer: '/kind', code, detail }] }));
}

const NO_RULING = 'Nobody has ruled, or the refusal was opened again.';

const recordProceeding: Handler<'record-proceeding'> = {
  bar: (rules, state, facts) => {
    const stopped = recorderBar(rules, state, facts);
    if (stopped !== null) return stopped;
    if (ruledOn(state) === null) return refusal('no-ruling', NO_RULING);
    const full = PROCEEDING_KINDS.every((kind) => openOf(state, kind) !== undefined);
    return full ? refusal('proceeding-open', 'One of each kind is open.') : null;
  },
  decide: (_rules, state, { kind, forum, filedOn, reference }, facts) => {
    const ruled = ruledOn(state);
    if (ruled === null) return err(refusal('no-ruling', NO_RULING));
    if (openOf(state, kind) !== undefined) return kindFault('proceeding-open', kind);
    const fault = dayFault('/filedOn', filedOn, ruled, facts);
    return fault === null
      ? told(facts, 'application.proceeding-recorded', { kind, forum, filedOn, reference })
      : err(fault);
  },
};

/** Nothing follows of itself: a refusal that was changed or annulled is opened again by `decide-appeal`. */
const recordProceedingOutcome: Handler<'record-proceeding-outcome'> = {
  bar: (rules, state, facts) => {
    const stopped = recorderBar(rules, state, facts);
    if (stopped !== null) return stopped;
    const some = PROCEEDING_KINDS.some((kind) => openOf(state, kind) !== undefined);
    return some ? null : refusal('no-open-proceeding', 'None is open.');
  },
  decide: (_rules, state, { kind, outcome, on, text }, facts) => {
    const open = openOf(state, kind);
    if (open === undefined) return kindFault('no-open-proceeding', kind);
    const fault = dayFault('/on', on, open.filedOn, facts);
    return fault === null ? told(facts, 'application.proceeding-ended', { kind, outcome, on, text }) : err(fault);
  },
};

export const proceedingHandlers = {
  'record-proceeding': recordProceeding,
  'record-proceeding-outcome': recordProceedingOutcome,
} satisfies Partial<Handlers>;
