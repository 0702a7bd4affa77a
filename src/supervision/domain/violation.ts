import type { Id } from '../../kernel/ids.js';
import type { Day, Instant } from '../../kernel/time.js';
import type { Step, ViolationKind } from './ladder.js';

/**
 * `reported`: the organisation is asked to be heard. `heard`: it replied. `warned`: a warning runs until its cure date.
 * `cured`, `dismissed`, `sanctioned`: decided.
 */
export const VIOLATION_STATES = ['reported', 'heard', 'warned', 'cured', 'dismissed', 'sanctioned'] as const;
export type ViolationState = (typeof VIOLATION_STATES)[number];

/** States in which the violation stands: it counts towards a repetition. */
export const UPHELD: readonly ViolationState[] = ['warned', 'cured', 'sanctioned'];

export interface Exhibit {
  readonly reference: string;
  readonly issuer: string | null;
}

/** Who acted, for whom. */
export interface Person {
  readonly person: Id;
  readonly organisation: Id | null;
}

/** What is held against an organisation, under one grant or in all it does. */
export interface Accusation {
  readonly kind: ViolationKind;
  readonly organisation: Id;
  /** The grant it concerns, with its dataset and holder; null where it concerns the organisation as a whole. */
  readonly grant: Id | null;
  readonly dataset: Id | null;
  readonly holder: Id | null;
  readonly description: string;
  readonly evidence: readonly Exhibit[];
  readonly reportedBy: Person;
  /** The last day on which the organisation is heard before a decision. */
  readonly hearingUntil: Day;
}

export interface Reply {
  readonly at: Instant;
  readonly text: string;
}

export interface Ruling {
  readonly step: Step | 'dismissed' | 'cured';
  readonly reason: string;
  /** Null where time decided. */
  readonly by: Id | null;
  readonly at: Instant;
  readonly sanction: Id | null;
}

export interface Violation extends Accusation {
  readonly id: Id;
  readonly state: ViolationState;
  readonly reportedAt: Instant;
  readonly replies: readonly Reply[];
  /** Newest last: a warning, then what followed it. */
  readonly rulings: readonly Ruling[];
  /** The last day for the cure, while a warning runs. */
  readonly cureBy: Day | null;
  /** That day has passed, and a person decides what follows. */
  readonly cureMissed?: true;
}

interface Data {
  readonly 'violation.reported': Accusation;
  readonly 'violation.answered': { readonly text: string };
  readonly 'violation.dismissed': { readonly reason: string; readonly by: Id };
  readonly 'violation.sanctioned': {
    readonly step: Step;
    readonly reason: string;
    readonly by: Id;
    readonly sanction: Id;
    readonly cureBy: Day | null;
  };
  readonly 'violation.cured': { readonly reason: string; readonly by: Id };
  /** The cure date of the warning passed, and nothing follows by itself. */
  readonly 'violation.cure-missed': { readonly cureBy: Day };
  /** The cure date of the warning passed. */
  readonly 'violation.escalated': { readonly step: Step; readonly reason: string; readonly sanction: Id };
}

export type ViolationEventName = keyof Data;
export type ViolationEvent = {
  [Name in ViolationEventName]: { readonly event: Name; readonly at: Instant; readonly data: Data[Name] };
}[ViolationEventName];

export const violationEvent = <Name extends ViolationEventName>(
  event: Name,
  at: Instant,
  data: Data[Name],
): ViolationEvent => ({ event, at, data }) as ViolationEvent;

/** The violation after an event. Only `violation.reported` makes one. */
export function evolve(id: Id, before: Violation | null, event: ViolationEvent): Violation {
  const { at } = event;
  if (event.event === 'violation.reported')
    return { id, ...event.data, state: 'reported', reportedAt: at, replies: [], rulings: [], cureBy: null };
  if (before === null) throw new Error(`${event.event} without a violation`);
  return { ...before, ...changeOf(before, event) };
}

function changeOf(
  before: Violation,
  event: Exclude<ViolationEvent, { event: 'violation.reported' }>,
): Partial<Violation> {
  const { at } = event;
  const ruled = (ruling: Omit<Ruling, 'at'>): Pick<Violation, 'rulings'> => ({
    rulings: [...before.rulings, { ...ruling, at }],
  });
  switch (event.event) {
    case 'violation.answered': {
      const state = before.state === 'reported' ? 'heard' : before.state;
      return { state, replies: [...before.replies, { at, text: event.data.text }] };
    }
    case 'violation.dismissed':
      return { state: 'dismissed', ...ruled({ step: 'dismissed', sanction: null, ...event.data }) };
    case 'violation.cured':
      return { state: 'cured', cureBy: null, ...ruled({ step: 'cured', sanction: null, ...event.data }) };
    case 'violation.sanctioned': {
      const { cureBy, ...ruling } = event.data;
      return { state: ruling.step === 'warning' ? 'warned' : 'sanctioned', cureBy, ...ruled(ruling) };
    }
    case 'violation.cure-missed':
      return { cureMissed: true };
    case 'violation.escalated':
      return { state: 'sanctioned', cureBy: null, ...ruled({ by: null, ...event.data }) };
    default:
      return event satisfies never;
  }
}
