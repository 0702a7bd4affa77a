import { refusal } from '../../kernel/refusal.js';
import { err } from '../../kernel/result.js';
import { dayOf } from '../../kernel/time.js';
import type { Application } from './application.js';
import { start } from './deadlines.js';
import { overturned } from './decide-proceeding.js';
import { type Handler, type Handlers, told } from './handler.js';

/** A refusal whose review was asked for, or that a proceeding left nothing of: the authority has to decide. */
export const awaitsReview = (state: Application): boolean =>
  state.state === 'refused' && (state.appeal?.outcome === null || overturned(state) !== null);

const appeal: Handler<'appeal'> = {
  bar: (_rules, state) =>
    state.appeal === null ? null : refusal('already-appealed', 'A review has been asked for before.'),
  decide: (_rules, _state, { reason }, facts) => told(facts, 'application.appealed', { reason }),
};

const STANDS_NO_LONGER = 'The refusal stands no longer after a proceeding; it can be reopened only.';

/** Reopening starts the clock of the decision anew; whoever refused does not rule again. */
const decideAppeal: Handler<'decide-appeal'> = {
  bar: (_rules, state) => (awaitsReview(state) ? null : refusal('no-open-appeal', 'No review waits for its decision.')),
  decide: ({ clock }, state, { outcome, reason }, facts) => {
    const cause = overturned(state);
    if (cause !== null && outcome === 'upheld') {
      const code = 'refusal-overturned';
      const detail = STANDS_NO_LONGER;
      return err(refusal(code, detail, { errors: [{ pointer: '/outcome', code, detail }] }));
    }
    const deadlines = [...state.deadlines];
    if (outcome === 'reopened') deadlines.push(start(clock, 'decision', dayOf(facts.now)));
    const data = { outcome, reason, deadlines, ...(cause === null ? {} : { cause }) };
    return told(facts, 'application.appeal-decided', data);
  },
};

export const appealHandlers = { appeal, 'decide-appeal': decideAppeal } satisfies Partial<Handlers>;
