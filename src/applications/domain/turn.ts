import type { Day, Instant } from '../../kernel/time.js';
import { dayOf } from '../../kernel/time.js';
import type { Application, Turn } from './application.js';
import { type Deadline, nextDue } from './deadlines.js';
import { awaitingHolder, isSuperseded } from './decide-agreement.js';
import { awaitsReview } from './decide-appeal.js';
import type { Facts, Rules } from './facts.js';
import { deskAt } from './separation.js';
import { stageOf } from './workflow.js';

const TERMINAL = new Set(['concluded', 'refused', 'withdrawn', 'abandoned', 'closed']);

const signing = ({ applicant }: Application, person: boolean): Turn => ({
  role: person ? 'citizen' : 'signatory',
  organisation: applicant,
});

/** Who has the ball; null when the case has ended. */
export function waitingFor(rules: Rules, state: Application, facts: Facts): Turn | null {
  if (awaitsReview(state)) return deskAt(rules, state, 'authority', facts).turn;
  const person = facts.applicant.kind === 'person';
  if (awaitingHolder(state, facts) !== null) return deskAt(rules, state, 'holder', facts).turn;
  if (state.state === 'concluded' && isSuperseded(state, facts)) return signing(state, person);
  if (TERMINAL.has(state.state)) return null;
  if (state.state === 'draft' || state.state === 'needs-correction') {
    return { role: person ? 'citizen' : 'handler', organisation: state.applicant };
  }
  const stage = stageOf(state);
  if (stage === null) return signing(state, person);
  return deskAt(rules, state, stage, facts).turn;
}

/** What the applicant is handed at submission: what happens next, who has the ball, by when. */
export interface Receipt {
  readonly number: string;
  readonly receivedAt: Instant;
  readonly next: Deadline['kind'] | 'agreement' | null;
  readonly waitingFor: Turn | null;
  readonly due: Day | null;
}

export function receiptOf(rules: Rules, state: Application, facts: Facts): Receipt | null {
  if (state.number === null || state.submittedAt === null) return null;
  const due = nextDue(state.deadlines, dayOf(facts.now));
  const running = state.deadlines.find((one) => one.ended === null && one.due === due);
  const signing = state.state === 'approved' || state.state === 'partly-approved';
  return {
    number: state.number,
    receivedAt: state.submittedAt,
    next: signing ? 'agreement' : (running?.kind ?? null),
    waitingFor: waitingFor(rules, state, facts),
    due,
  };
}

/** The application number of a year's `sequence`-th submission: `TG-2026-000001`. */
export const numberOf = (year: number, sequence: number): string => `TG-${year}-${String(sequence).padStart(6, '0')}`;
