import { type Refusal, refusal } from '../../kernel/refusal.js';
import { err, ok, type Result } from '../../kernel/result.js';
import { dayOf } from '../../kernel/time.js';
import type { Acceptance, AgreementVersion, Application, Outcome } from './application.js';
import type { BodyOf } from './commands.js';
import type { ApplicationEvent } from './events.js';
import type { Facts } from './facts.js';
import { event, type Handler, type Handlers, suspended, told } from './handler.js';
import { approvalBar } from './rulings.js';
import { successionBar } from './succession.js';

const PDF = 'application/pdf';

/** Whether the version in force has still to be accepted by a case that is concluded. */
export const isSuperseded = ({ state, accepted }: Application, { agreement }: Facts): boolean =>
  agreement !== null && (accepted === null ? state === 'concluded' : accepted.version !== agreement.version);

/** What the signatory accepted and the holder has yet to counter-sign; null where nothing waits for the holder. */
export function awaitingHolder(state: Application, facts: Facts): Acceptance | null {
  const { accepted } = state;
  if (accepted?.execution === undefined || accepted.counterSigned !== undefined) return null;
  return ['approved', 'partly-approved', 'concluded'].includes(state.state) && !isSuperseded(state, facts)
    ? accepted
    : null;
}

const approvedOf = ({ outcomes }: Application): Outcome[] => outcomes.filter(({ ruling }) => ruling !== 'refused');
const isFirst = ({ state }: Application): boolean => state !== 'concluded';

/**
 * The approved datasets a signature covers: at first those that may be granted now; when a later version is accepted,
 * all that were, for what holds a grant for a time does not end it.
 */
const covered = (state: Application, facts: Facts): Outcome[] =>
  approvedOf(state).filter(
    (outcome) =>
      (!isFirst(state) || approvalBar(state, outcome, facts) === null) && outcome.period.to >= dayOf(facts.now),
  );

/** What stands against either signature. */
function signatureBar(state: Application, facts: Facts): Refusal | null {
  const stopped = suspended(facts) ?? (isFirst(state) ? successionBar(state, facts) : null);
  if (stopped !== null) return stopped;
  if (covered(state, facts).length > 0) return null;
  const bars = approvedOf(state).map((outcome) => approvalBar(state, outcome, facts));
  return bars.find((one) => one !== null) ?? refusal('period-over', 'The period of every approved dataset is over.');
}

function acceptanceBar(state: Application, facts: Facts): Refusal | null {
  if (facts.agreement === null) return refusal('agreement-missing', 'The holder has published no agreement.');
  if (state.accepted !== null && !isSuperseded(state, facts))
    return refusal('already-accepted', `Version ${state.accepted.version} is in force and was accepted.`);
  return signatureBar(state, facts);
}

type Named = BodyOf<'counter-sign'>;
function otherThan({ version, hash }: AgreementVersion, named: Named): Refusal | null {
  if (version === named.version && hash === named.hash) return null;
  const detail = `Version ${version} of the agreement is in force.`;
  return refusal('agreement-changed', detail, { extra: { agreement: { version, hash } } });
}

/** A sealed document is a PDF of the applicant's own, given where the template asks for one and nowhere else. */
function documentFault(asked: boolean, named: string | undefined, { document }: Facts): Refusal | null {
  if (!asked && named === undefined) return null;
  if (asked && named !== undefined && document?.id === named && document.type === PDF) return null;
  const detail = asked
    ? 'Name one PDF among the documents of your organisation: the agreement, sealed.'
    : 'The agreement is concluded without a sealed document.';
  const code = 'sealed-document';
  return refusal(code, detail, { errors: [{ pointer: '/document', code, detail }] });
}

/** The events that conclude it: the case ends where it was signed for the first time. */
function concluding(state: Application, signed: ApplicationEvent, facts: Facts): Result<readonly ApplicationEvent[]> {
  if (!isFirst(state)) return ok([signed]);
  const outcome = state.state === 'approved' ? 'approved' : 'partly-approved';
  return ok([signed, event(facts, 'application.concluded', { outcome })]);
}

const acceptAgreement: Handler<'accept-agreement'> = {
  bar: (_rules, state, facts) => acceptanceBar(state, facts),
  decide: (_rules, state, body, facts) => {
    const { agreement } = facts;
    if (agreement === null) return err(refusal('agreement-missing'));
    const { execution } = agreement;
    const fault = otherThan(agreement, body) ?? documentFault(execution === 'sealed-document', body.document, facts);
    if (fault !== null) return err(fault);
    const signature = { ...agreement, applicant: state.applicant, datasets: covered(state, facts) };
    const handedIn = body.document === undefined ? {} : { document: body.document };
    const accepted = event(facts, 'application.agreement-accepted', { ...signature, ...handedIn });
    return execution === undefined ? concluding(state, accepted, facts) : ok([accepted]);
  },
};

const NONE_WAITS = 'No accepted agreement waits for the holder.';

/** The holder signs the version and hash that the signatory accepted; what cannot be granted any more is left out. */
const counterSign: Handler<'counter-sign'> = {
  bar: (_rules, state, facts) =>
    awaitingHolder(state, facts) === null ? refusal('no-counter-signature', NONE_WAITS) : signatureBar(state, facts),
  decide: (_rules, state, body, facts) => {
    const accepted = awaitingHolder(state, facts);
    if (accepted === null) return err(refusal('no-counter-signature', NONE_WAITS));
    const fault = otherThan(accepted, body);
    if (fault !== null) return err(fault);
    const { template, version, hash } = accepted;
    const data = { template, version, hash, applicant: state.applicant, datasets: covered(state, facts) };
    return concluding(state, event(facts, 'application.agreement-counter-signed', data), facts);
  },
};

/** Back to the signatory, who accepts again: the seal is missing, or it is not the text that was approved. */
const returnAgreement: Handler<'return-agreement'> = {
  bar: (_rules, state, facts) =>
    awaitingHolder(state, facts) === null ? refusal('no-counter-signature', NONE_WAITS) : null,
  decide: (_rules, _state, { reason }, facts) => told(facts, 'application.agreement-returned', { reason }),
};

export const agreementHandlers = {
  'accept-agreement': acceptAgreement,
  'counter-sign': counterSign,
  'return-agreement': returnAgreement,
} satisfies Partial<Handlers>;
