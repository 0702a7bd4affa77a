import { refusal } from '../../kernel/refusal.js';
import { dayOf } from '../../kernel/time.js';
import { start } from './deadlines.js';
import { type Handler, type Handlers, told } from './handler.js';

const appeal: Handler<'appeal'> = {
  bar: (_rules, state) =>
    state.appeal === null ? null : refusal('already-appealed', 'A review has been asked for before.'),
  decide: (_rules, _state, { reason }, facts) => told(facts, 'application.appealed', { reason }),
};

/** Reopening starts the clock of the decision anew; whoever refused does not rule again. */
const decideAppeal: Handler<'decide-appeal'> = {
  bar: (_rules, { appeal: asked }) =>
    asked !== null && asked.outcome === null ? null : refusal('no-open-appeal', 'No review waits for its decision.'),
  decide: ({ clock }, state, { outcome, reason }, facts) => {
    const deadlines = [...state.deadlines];
    if (outcome === 'reopened') deadlines.push(start(clock, 'decision', dayOf(facts.now)));
    return told(facts, 'application.appeal-decided', { outcome, reason, deadlines });
  },
};

export const appealHandlers = { appeal, 'decide-appeal': decideAppeal } satisfies Partial<Handlers>;
