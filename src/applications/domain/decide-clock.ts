import { refusal } from '../../kernel/refusal.js';
import { err } from '../../kernel/result.js';
import { dayOf } from '../../kernel/time.js';
import { extend, isExtensible, pause, pausesOf, resume } from './deadlines.js';
import { free, type Handler, type Handlers, told } from './handler.js';
import { stageNow } from './workflow.js';

/** The clock stands while a third party is asked; silence does not bind, the body decides. */
const consult: Handler<'consult'> = {
  bar: ({ clock }, state) =>
    pausesOf(state.deadlines, 'consultation') < clock.table.pauses.consultation.max
      ? null
      : refusal('consultation-spent', 'A third party has been asked before.'),
  decide: ({ clock }, state, body, facts) => {
    const deadlines = pause(clock, state.deadlines, 'consultation', dayOf(facts.now));
    return told(facts, 'application.consulted', {
      stage: stageNow(state),
      with: body.with,
      text: body.question,
      deadlines,
    });
  },
};

const recordConsultation: Handler<'record-consultation'> = {
  bar: free,
  decide: ({ clock }, state, { view }, facts) => {
    const deadlines = resume(clock, state.deadlines, 'consultation', dayOf(facts.now));
    return told(facts, 'application.consultation-recorded', { stage: stageNow(state), text: view, deadlines });
  },
};

const propose: Handler<'extend'> = {
  bar: ({ clock }, state) => {
    if (state.extension !== null) return refusal('extension-proposed', 'An extension waits for its confirmation.');
    return isExtensible(clock, state.deadlines) ? null : refusal('extension-spent', 'It was extended before.');
  },
  decide: (_rules, state, { reason }, facts) =>
    told(facts, 'application.extension-proposed', { stage: stageNow(state), reason }),
};

const confirm: Handler<'confirm-extension'> = {
  bar: (_rules, { extension }, { caller }) => {
    if (extension === null) return refusal('no-extension-proposed', 'Nobody has proposed an extension.');
    return extension.by === caller.id ? refusal('second-person', 'Someone else confirms your proposal.') : null;
  },
  decide: ({ clock }, state, _body, facts) => {
    if (state.extension === null) return err(refusal('no-extension-proposed'));
    const { by: proposedBy, reason } = state.extension;
    const deadlines = extend(clock, state.deadlines);
    return told(facts, 'application.extended', { stage: stageNow(state), reason, proposedBy, deadlines });
  },
};

export const clockHandlers = {
  consult,
  'record-consultation': recordConsultation,
  extend: propose,
  'confirm-extension': confirm,
} satisfies Partial<Handlers>;
