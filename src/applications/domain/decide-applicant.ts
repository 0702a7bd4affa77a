import { type Refusal, refusal } from '../../kernel/refusal.js';
import { err, ok } from '../../kernel/result.js';
import { dayOf } from '../../kernel/time.js';
import type { Application } from './application.js';
import { approvedAtOnce } from './at-once.js';
import { end, firstStep, resume, start } from './deadlines.js';
import { copyOf, submissionFaults } from './draft.js';
import { endAll } from './evolve.js';
import { free, type Handler, type Handlers, suspended, told } from './handler.js';
import { entryOf, successionBar } from './succession.js';

/** The number of a submission is taken by the service inside the transaction and put in by `numbered`. */
export const UNNUMBERED = '';

const submit: Handler<'submit'> = {
  bar: (_rules, state, facts) => suspended(facts) ?? successionBar(state, facts) ?? submissionFaults(state, facts),
  decide: (rules, state, _body, facts) => {
    const { clock } = rules;
    const today = dayOf(facts.now);
    if (state.number === null) {
      const entry = entryOf(rules, state, facts);
      if (entry === 'approved') return approvedAtOnce(state, UNNUMBERED, facts);
      const enters =
        entry === 'submitted' ? {} : ({ enters: entry === 'in-review/holder' ? 'holder' : 'authority' } as const);
      const deadlines = [start(clock, entry === 'submitted' ? firstStep(clock.table) : 'decision', today)];
      return told(facts, 'application.submitted', { number: UNNUMBERED, deadlines, ...enters });
    }
    const deadlines = end(resume(clock, state.deadlines, 'correction', today), ['correction'], today);
    return told(facts, 'application.corrected', { deadlines });
  },
};

const withdraw: Handler<'withdraw'> = {
  bar: free,
  decide: (_rules, state, { reason }, facts) =>
    told(facts, 'application.withdrawn', {
      ...(reason === undefined ? {} : { reason }),
      deadlines: endAll(state, facts.now),
    }),
};

const openQuestion = (state: Application) => state.questions.find(({ answered }) => !answered);

/** Answers the oldest open question. */
const answer: Handler<'answer'> = {
  bar: (_rules, state) =>
    openQuestion(state) === undefined ? refusal('no-open-question', 'No question waits for an answer.') : null,
  decide: (_rules, state, { text }, facts) => {
    const question = openQuestion(state);
    if (question === undefined) return err(refusal('no-open-question'));
    return told(facts, 'application.answered', { question: question.number, text });
  },
};

/** The copy is an application of its own: it leaves no event here, the service makes it from `copyOf`. */
const copyAsNew: Handler<'copy-as-new'> = {
  bar: (_rules, state, facts) => {
    const copy = copyOf(state, facts);
    return suspended(facts) ?? (copy.ok ? null : copy.error);
  },
  decide: () => ok([]),
};

/** Members may be people of the applicant only; the service has looked up who it is. */
const addMember: Handler<'add-member'> = {
  bar: free,
  decide: (_rules, { request }, { subject }, facts) => {
    if (request.members.includes(subject))
      return err(memberFault('already-member', 'This person is a member already.'));
    const own = facts.newMember?.id === subject && facts.newMember.organisation === facts.applicant.id;
    if (!own) return err(memberFault('unknown-member', 'There is no such person at the applicant.'));
    return told(facts, 'application.member-added', { subject });
  },
};

const removeMember: Handler<'remove-member'> = {
  bar: (_rules, { request }) =>
    request.members.length === 0 ? refusal('not-a-member', 'The application names no members.') : null,
  decide: (_rules, { request }, { subject }, facts) =>
    request.members.includes(subject)
      ? told(facts, 'application.member-removed', { subject })
      : err(memberFault('not-a-member', 'This person is not a member.')),
};

const memberFault = (code: 'already-member' | 'unknown-member' | 'not-a-member', detail: string): Refusal =>
  refusal(code, detail, { errors: [{ pointer: '/subject', code, detail }] });

export const applicantHandlers = {
  'add-member': addMember,
  'remove-member': removeMember,
  submit,
  withdraw,
  answer,
  'copy-as-new': copyAsNew,
} satisfies Partial<Handlers>;
