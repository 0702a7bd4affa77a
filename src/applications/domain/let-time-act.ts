import { addDays, type Day, dayOf, type Instant } from '../../kernel/time.js';
import type { Application } from './application.js';
import { type Clockwork, type Deadline, isOverdue, isUntold, openPause, reckon, resume } from './deadlines.js';
import type { ApplicationEvent, DataOf, EventName } from './events.js';
import { endAll, evolve } from './evolve.js';

/** Nobody gives these commands: time does. */
const byTime = <Name extends EventName>(now: Instant, event: Name, data: DataOf<Name>): ApplicationEvent =>
  ({ event, by: 'system', at: now, data }) as unknown as ApplicationEvent;

/**
 * What happens because a day has passed: an unanswered correction ends the application; a third party's silence gives
 * the case back to the body, which decides; a due day that nobody met is told, once.
 */
export function timeActs(clock: Clockwork, state: Application, now: Instant): readonly ApplicationEvent[] {
  const ended = abandonment(state, now);
  if (ended.length > 0) return ended;
  const lapsed = consultationLapsed(clock, state, now);
  const next = lapsed.reduce((before, event) => evolve(state.id, before, event), state);
  return [...lapsed, ...overdue(next, now)];
}

/** A correction that was not made in time ends the application. */
function abandonment(state: Application, now: Instant): ApplicationEvent[] {
  const correction = state.deadlines.find(({ kind, ended }) => kind === 'correction' && ended === null);
  if (state.state !== 'needs-correction' || correction === undefined || !isOverdue(correction, dayOf(now))) return [];
  return [byTime(now, 'application.abandoned', { deadlines: endAll(state, now) })];
}

function consultationLapsed(clock: Clockwork, state: Application, now: Instant): ApplicationEvent[] {
  const until = consultedUntil(state);
  if (until === null || until >= dayOf(now)) return [];
  const deadlines = resume(clock, state.deadlines, 'consultation', dayOf(now));
  return [byTime(now, 'application.consultation-lapsed', { stage: state.stage ?? 'holder', deadlines })];
}

const consultedUntil = ({ state, deadlines }: Application): Day | null => {
  if (state !== 'consulting') return null;
  return deadlines.flatMap((one) => openPause(one, 'consultation')?.until ?? [])[0] ?? null;
};

function overdue(state: Application, now: Instant): ApplicationEvent[] {
  let { deadlines } = state;
  return state.deadlines.flatMap((passed) => {
    if (!isUntold(passed, dayOf(now))) return [];
    deadlines = deadlines.map((one) => (one === passed ? { ...one, told: one.due } : one));
    return [byTime(now, 'application.overdue', { kind: passed.kind, due: passed.due, deadlines })];
  });
}

/** The first day on which time does something to this case by itself; null where it never will. */
export function actsOn(state: Application): Day | null {
  const running = state.deadlines.filter(
    (one) => one.ended === null && openPause(one) === undefined && one.told !== one.due,
  );
  const last = [consultedUntil(state), ...running.map(({ due }) => due)].filter((day) => day !== null).sort()[0];
  return last === undefined ? null : addDays(last, 1);
}

const sameDay = (a: Deadline, b: Deadline): boolean => a.due === b.due && a.provisional === b.provisional;

/** Counts the open deadlines again on the calendar as it is published now; no event where nothing moves. */
export function calendarApplied({ calendar }: Clockwork, state: Application, now: Instant): ApplicationEvent[] {
  const deadlines = state.deadlines.map((one) => (one.ended === null ? reckon(one, calendar) : one));
  const moved = deadlines.some((one, at) => !sameDay(one, state.deadlines[at] ?? one));
  return moved ? [byTime(now, 'application.calendar-applied', { calendar: calendar.name, deadlines })] : [];
}
