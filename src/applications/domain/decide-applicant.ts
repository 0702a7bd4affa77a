import { type Refusal, refusal } from '../../kernel/refusal.js';
import { err, ok } from '../../kernel/result.js';
import { dayOf } from '../../kernel/time.js';
import type { Application, Outcome } from './application.js';
import { approvedAtOnce } from './at-once.js';
import { end, resume, start } from './deadlines.js';
import { copyOf, submissionFaults } from './draft.js';
import { endAll } from './evolve.js';
import type { Facts } from './facts.js';
import { event, free, type Handler, type Handlers, told } from './handler.js';
import { approvalBar } from './rulings.js';
import { entryOf, successionBar } from './succession.js';

const suspended = ({ applicant }: Facts) =>
  applicant.active ? null : refusal('applicant-suspended', 'The applicant’s organisation is suspended.');

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
      const deadlines = [start(clock, entry === 'submitted' ? 'acceptance' : 'decision', today)];
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

const approvedOf = ({ outcomes }: Application): Outcome[] => outcomes.filter(({ ruling }) => ruling !== 'refused');

/** Whether a later version of the agreement is in force than the one that was accepted. */
export const isSuperseded = ({ accepted }: Application, { agreement }: Facts): boolean =>
  accepted !== null && agreement !== null && accepted.version !== agreement.version;

/**
 * The approved datasets a signature covers: at first those that may be granted now; when a later version is accepted,
 * all that were, for what holds a grant for a time does not end it.
 */
const covered = (state: Application, facts: Facts): Outcome[] =>
  approvedOf(state).filter(
    (outcome) =>
      (state.accepted !== null || approvalBar(state, outcome, facts) === null) && outcome.period.to >= dayOf(facts.now),
  );

function signingBar(state: Application, facts: Facts) {
  const stopped = suspended(facts) ?? (state.accepted === null ? successionBar(state, facts) : null);
  if (stopped !== null) return stopped;
  if (facts.agreement === null) return refusal('agreement-missing', 'The holder has published no agreement.');
  if (state.accepted !== null && !isSuperseded(state, facts))
    return refusal('already-accepted', `Version ${state.accepted.version} is in force and was accepted.`);
  if (covered(state, facts).length > 0) return null;
  const bars = approvedOf(state).map((outcome) => approvalBar(state, outcome, facts));
  return bars.find((one) => one !== null) ?? refusal('period-over', 'The period of every approved dataset is over.');
}

const acceptAgreement: Handler<'accept-agreement'> = {
  bar: (_rules, state, facts) => signingBar(state, facts),
  decide: (_rules, state, { version, hash }, facts) => {
    const { agreement } = facts;
    if (agreement === null) return err(refusal('agreement-missing'));
    if (agreement.version !== version || agreement.hash !== hash) {
      const detail = `Version ${agreement.version} of the agreement is in force.`;
      return err(
        refusal('agreement-changed', detail, {
          extra: { agreement: { version: agreement.version, hash: agreement.hash } },
        }),
      );
    }
    const data = { ...agreement, applicant: state.applicant, datasets: covered(state, facts) };
    const accepted = event(facts, 'application.agreement-accepted', data);
    if (state.state === 'concluded') return ok([accepted]);
    const outcome = state.state === 'approved' ? 'approved' : 'partly-approved';
    return ok([accepted, event(facts, 'application.concluded', { outcome })]);
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
  'accept-agreement': acceptAgreement,
  'copy-as-new': copyAsNew,
} satisfies Partial<Handlers>;
