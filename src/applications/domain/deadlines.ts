import type { Text } from '../../kernel/text.js';
import { addDays, type Day } from '../../kernel/time.js';
import type { Calendar, DayKind } from './calendar.js';

export const DEADLINE_KINDS = ['acceptance', 'correction', 'decision'] as const;
export type DeadlineKind = (typeof DEADLINE_KINDS)[number];
export type PauseKind = 'correction' | 'consultation';

interface Sourced {
  /** Working days. */
  readonly limit: number;
  readonly source: Text;
  /** Whether the number was read in the text it is taken from. */
  readonly verified: boolean;
}

/** The deadline table of a rule pack (`policies/packs/<pack>/<version>/deadlines.yaml`). */
export interface DeadlineTable {
  readonly pack: string;
  readonly version: number;
  readonly table: string;
  readonly calendar: string;
  /** Without acceptance, the clock of the decision runs from receipt. */
  readonly steps: Readonly<Record<Exclude<DeadlineKind, 'acceptance'>, Sourced> & { acceptance?: Sourced }>;
  readonly extension: Sourced & { readonly of: DeadlineKind; readonly max: number };
  readonly pauses: Readonly<
    Record<
      PauseKind,
      Sourced & {
        readonly stops: readonly DeadlineKind[];
        readonly max: number;
        /** What it stopped counts anew from its end; absent where it goes on. */
        readonly restarts?: boolean;
      }
    >
  >;
}

/** The clock stands on the days after `from` up to and including `to`, or, while it is open, `until`. */
export interface Pause {
  readonly kind: PauseKind;
  readonly from: Day;
  /** Working days it may last. */
  readonly limit: number;
  /** Last day of the pause at the latest: then the clock runs by itself. */
  readonly until: Day;
  readonly to: Day | null;
}

/**
 * A deadline as an event stamped it. `due` moves only by an event (a pause begun or ended, a calendar published):
 * a calendar file laid on disk moves nothing by itself.
 */
export interface Deadline {
  readonly kind: DeadlineKind;
  /** The day of receipt; counting begins on the day after. */
  readonly start: Day;
  readonly limit: number;
  /** Times it was extended; `limit` includes them. */
  readonly extensions: number;
  readonly due: Day;
  /** The count runs into a year whose arrangement is not published. */
  readonly provisional: boolean;
  readonly pauses: readonly Pause[];
  /** The day the step was done; null while it is open. */
  readonly ended: Day | null;
  /** The due day whose passing has been told; null while none has. */
  readonly told: Day | null;
  readonly pack: string;
  readonly source: Text;
  readonly verified: boolean;
}

/** What the clock is made of: the table and the calendar it counts on. */
export interface Clockwork {
  readonly table: DeadlineTable;
  readonly calendar: Calendar;
}

/** One line of the day ledger: counted or not, and why. */
export interface LedgerDay {
  readonly day: Day;
  readonly counted: boolean;
  readonly why: DayKind | `paused-${PauseKind}`;
}

/** No pause or limit of a pack reaches this many days; a count beyond it is a fault of the data. */
const HORIZON = 2_000;

const pausing = (pauses: readonly Pause[], day: Day): Pause | undefined =>
  pauses.find((pause) => day > pause.from && day <= (pause.to ?? pause.until));

const ledgerDay = (deadline: Pick<Deadline, 'pauses'>, calendar: Calendar, day: Day): LedgerDay => {
  const pause = pausing(deadline.pauses, day);
  if (pause !== undefined) return { day, counted: false, why: `paused-${pause.kind}` };
  return { day, counted: calendar.isWorking(day), why: calendar.kindOf(day) };
};

/** Every day from the day after receipt to the due day, counted or not, and why. */
export function ledgerOf(deadline: Deadline, calendar: Calendar): LedgerDay[] {
  const days: LedgerDay[] = [];
  for (let day = addDays(deadline.start, 1); day <= deadline.due; day = addDays(day, 1)) {
    days.push(ledgerDay(deadline, calendar, day));
  }
  return days;
}

const reckonPause = (pause: Pause, calendar: Calendar): Pause =>
  pause.to === null ? { ...pause, until: calendar.after(pause.from, pause.limit) } : pause;

/** Recomputes the ends of open pauses, `due` and `provisional` from start, limits and calendar. */
export function reckon(given: Deadline, calendar: Calendar): Deadline {
  const deadline = { ...given, pauses: given.pauses.map((one) => reckonPause(one, calendar)) };
  let day = deadline.start;
  let provisional = false;
  for (let counted = 0, steps = 0; counted < deadline.limit; steps++) {
    if (steps > HORIZON) throw new Error(`deadline ${deadline.kind} from ${deadline.start} finds no end`);
    day = addDays(day, 1);
    if (!calendar.isPublished(day)) provisional = true;
    if (ledgerDay(deadline, calendar, day).counted) counted++;
  }
  return { ...deadline, due: day, provisional };
}

/** The step that a submission waits for first. */
export const firstStep = ({ steps }: DeadlineTable): DeadlineKind =>
  steps.acceptance === undefined ? 'decision' : 'acceptance';

export function start(clock: Clockwork, kind: DeadlineKind, today: Day): Deadline {
  const step = clock.table.steps[kind];
  if (step === undefined) throw new Error(`the table ${clock.table.table} has no step of ${kind}`);
  const { limit, source, verified } = step;
  const pack = `${clock.table.pack}/${clock.table.version}/${clock.table.table}`;
  const open = {
    kind,
    start: today,
    limit,
    extensions: 0,
    due: today,
    provisional: false,
    pauses: [],
    ended: null,
    told: null,
  };
  return reckon({ ...open, pack, source, verified }, clock.calendar);
}

const change = (
  deadlines: readonly Deadline[],
  kinds: readonly DeadlineKind[],
  with_: (open: Deadline) => Deadline,
): Deadline[] =>
  deadlines.map((deadline) => (deadline.ended === null && kinds.includes(deadline.kind) ? with_(deadline) : deadline));

/** Ends the open deadlines of these kinds: the step was done today. */
export const end = (deadlines: readonly Deadline[], kinds: readonly DeadlineKind[], today: Day): Deadline[] =>
  change(deadlines, kinds, (open) => ({ ...open, ended: today }));

/** How many pauses of the kind the case has had. */
export const pausesOf = (deadlines: readonly Deadline[], kind: PauseKind): number =>
  Math.max(0, ...deadlines.map(({ pauses }) => pauses.filter((pause) => pause.kind === kind).length));

/** Lets the clock stand from tomorrow, at the latest until the pause's own limit is full. */
export function pause(clock: Clockwork, deadlines: readonly Deadline[], kind: PauseKind, today: Day): Deadline[] {
  const { stops, limit } = clock.table.pauses[kind];
  const begun: Pause = { kind, from: today, limit, until: today, to: null };
  return change(deadlines, stops, (open) => reckon({ ...open, pauses: [...open.pauses, begun] }, clock.calendar));
}

/**
 * The other side has answered: the clock runs again from tomorrow, where the table says so as if received today. A pause
 * that ended by itself stays as it ended.
 */
export function resume(clock: Clockwork, deadlines: readonly Deadline[], kind: PauseKind, today: Day): Deadline[] {
  const close = (one: Pause): Pause =>
    one.kind !== kind || one.to !== null ? one : { ...one, to: today < one.until ? today : one.until };
  const { stops, restarts = false } = clock.table.pauses[kind];
  return change(deadlines, stops, (open) => {
    const resumed = { ...open, pauses: open.pauses.map(close) };
    return reckon(restarts ? { ...resumed, start: today } : resumed, clock.calendar);
  });
}

/** Gives the open deadline the pack's extension. */
export function extend(clock: Clockwork, deadlines: readonly Deadline[]): Deadline[] {
  const { of, limit } = clock.table.extension;
  return change(deadlines, [of], (open) =>
    reckon({ ...open, limit: open.limit + limit, extensions: open.extensions + 1 }, clock.calendar),
  );
}

/** Whether the open deadline may be extended once more. */
export const isExtensible = (clock: Clockwork, deadlines: readonly Deadline[]): boolean =>
  deadlines.some(
    ({ kind, ended, extensions }) =>
      ended === null && kind === clock.table.extension.of && extensions < clock.table.extension.max,
  );

/** The pause that nobody has ended yet, though its last day may be over. */
export const openPause = ({ pauses }: Deadline, kind?: PauseKind): Pause | undefined =>
  pauses.find((one) => one.to === null && (kind === undefined || one.kind === kind));

/** Whether its passing has yet to be told: the step is open, the clock runs, the due day is over. */
export const isUntold = (deadline: Deadline, today: Day): boolean =>
  deadline.ended === null &&
  openPause(deadline) === undefined &&
  deadline.due < today &&
  deadline.told !== deadline.due;

/** Whether the clock stands today. */
export const isPaused = (deadline: Deadline, today: Day): boolean =>
  deadline.ended === null && deadline.pauses.some(({ to, until }) => to === null && today <= until);

/** Overdue is read from the day, never stored: late when the step was done, or is still open, after the due day. */
export const isOverdue = (deadline: Deadline, today: Day): boolean => (deadline.ended ?? today) > deadline.due;

/** Working days that count after a day, up to and including another: by the calendar, and by the deadline's own pauses. */
export function countedBetween(deadline: Pick<Deadline, 'pauses'>, calendar: Calendar, after: Day, upTo: Day): number {
  let counted = 0;
  for (let day = addDays(after, 1); day <= upTo; day = addDays(day, 1)) {
    if (ledgerDay(deadline, calendar, day).counted) counted++;
  }
  return counted;
}

/** Working days counted so far, the last one being the day the step was done, or today. */
export const countedDays = (deadline: Deadline, calendar: Calendar, today: Day): number =>
  countedBetween(deadline, calendar, deadline.start, deadline.ended ?? today);

/** The due day that presses next: of the open deadlines whose clock runs. */
export const nextDue = (deadlines: readonly Deadline[], today: Day): Day | null =>
  deadlines
    .filter((one) => one.ended === null && !isPaused(one, today))
    .map(({ due }) => due)
    .sort()[0] ?? null;
