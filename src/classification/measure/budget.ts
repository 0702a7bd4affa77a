import { type NotAssessed, notAssessed } from '../domain/risk/risk.js';

/** Says whether the time for a measurement is spent; asked between questions. */
export interface Budget {
  readonly spent: () => boolean;
}

/** A budget of so many milliseconds from now; `now` is a clock in milliseconds. */
export function budgetOf(milliseconds: number, now: () => number = () => performance.now()): Budget {
  const end = now() + milliseconds;
  return { spent: () => now() >= end };
}

/** Names of the errors with which a table ends a question. */
const ENDINGS: Readonly<Record<string, NotAssessed['reason']>> = { TimeUp: 'time-up', AbortError: 'cancelled' };

function reasonOf(error: unknown): NotAssessed['reason'] | null {
  if (!(error instanceof Error)) return null;
  return ENDINGS[error.name] ?? (/out of memory/i.test(error.message) ? 'out-of-memory' : null);
}

/** Asks, unless the budget is spent; an ending of the table becomes the reason why there is no figure. */
export async function within<Answer>(budget: Budget, ask: () => Promise<Answer>): Promise<Answer | NotAssessed> {
  if (budget.spent()) return notAssessed('time-up');
  try {
    return await ask();
  } catch (error) {
    const reason = reasonOf(error);
    if (reason === null) throw error;
    return notAssessed(reason);
  }
}

/** True for what `within` gives in place of an answer. */
export const isMissing = (answer: unknown): answer is NotAssessed =>
  typeof answer === 'object' && answer !== null && 'status' in answer && answer.status === 'not-assessed';
