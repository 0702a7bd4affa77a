import { type Instant, dayOf } from '../../kernel/time.js';
import type { Application } from './application.js';
import { type Clockwork, type Deadline, isOverdue, reckon } from './deadlines.js';
import type { ApplicationEvent } from './events.js';
import { endAll } from './evolve.js';

/** A correction that was not made in time ends the application; nobody gives this command, time does. */
export function abandonment(state: Application, now: Instant): ApplicationEvent[] {
  const correction = state.deadlines.find(({ kind, ended }) => kind === 'correction' && ended === null);
  if (state.state !== 'needs-correction' || correction === undefined || !isOverdue(correction, dayOf(now))) return [];
  return [{ event: 'application.abandoned', by: 'system', at: now, data: { deadlines: endAll(state, now) } }];
}

const sameDay = (a: Deadline, b: Deadline): boolean => a.due === b.due && a.provisional === b.provisional;

/** Counts the open deadlines again on the calendar as it is published now; no event where nothing moves. */
export function calendarApplied({ calendar }: Clockwork, state: Application, now: Instant): ApplicationEvent[] {
  const deadlines = state.deadlines.map((one) => (one.ended === null ? reckon(one, calendar) : one));
  const moved = deadlines.some((one, at) => !sameDay(one, state.deadlines[at] ?? one));
  if (!moved) return [];
  return [
    { event: 'application.calendar-applied', by: 'system', at: now, data: { calendar: calendar.name, deadlines } },
  ];
}
