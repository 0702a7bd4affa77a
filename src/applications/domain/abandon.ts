import { type Instant, dayOf } from '../../kernel/time.js';
import type { Application } from './application.js';
import { isOverdue } from './deadlines.js';
import type { ApplicationEvent } from './events.js';
import { endAll } from './evolve.js';

/** A correction that was not made in time ends the application; nobody gives this command, time does. */
export function abandonment(state: Application, now: Instant): ApplicationEvent[] {
  const correction = state.deadlines.find(({ kind, ended }) => kind === 'correction' && ended === null);
  if (state.state !== 'needs-correction' || correction === undefined || !isOverdue(correction, dayOf(now))) return [];
  return [{ event: 'application.abandoned', by: 'system', at: now, data: { deadlines: endAll(state, now) } }];
}
